import ArgumentParser
import CBaseline
import ESP
import Foundation

/// `ipsec-la bench device`: the device over rings and guest memory against the bare engine, in one run.
struct DeviceBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device",
    abstract: "The functional device, from ring to ring, against the bare ESP engine.",
    discussion: """
      Each round gives the engine and the device the same 64 packets, in turn, in an IPv4 in IPv4 tunnel. The driver \
      has filled the ring before; the device takes chains from it, parses, processes, answers and uses them. The last \
      column counts the driver's work as well: to fill the ring, to notify the device, to take answers. Time is the \
      thread's processor time. Printed are medians; `above` is what the device takes beyond the engine, much the same \
      whatever protects the packets; a ratio, engine to device, is the median of the rounds' ratios, and 0.85 means \
      that the device takes a sixth or so on top of the engine's time.
      """)

  /// What a queue of 256 descriptors has room for, at three descriptors each, and a processor's own cache for.
  private static let packets = 64

  @Option(help: "How many rounds.")
  var rounds = 301

  @Option(parsing: .upToNextOption, help: "Lengths of the packets.")
  var bytes = [1420]

  @Option(parsing: .upToNextOption, help: BenchSuite.help)
  var suites = BenchSuite.mandatory

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard bytes.allSatisfy({ (20...9000).contains($0) }) else {
      throw ValidationError("--bytes: a packet has 20 to 9000 bytes here.")
    }
  }

  func run() throws {
    print("ns a packet, medians of \(rounds) rounds; allocations in a round of \(Self.packets) packets\n")
    print("\(BenchSuite.heading)  version  bytes  direction  engine  device   above  ratio  allocations  with driver")
    for suite in suites {
      for count in bytes {
        for wire in DeviceTunnel.Interface.allCases { try compare(suite, count, wire) }
      }
    }
  }

  private func compare(_ suite: BenchSuite, _ count: Int, _ wire: DeviceTunnel.Interface) throws {
    let batch = Batch(bytes: count, count: Self.packets)
    let engine = try OneByOne(suite.parameters)
    let device = try DeviceTunnel(wire, suite, bytes: count, packets: batch.count)
    var times: [(engine: (Double, Double), device: (DeviceTunnel.Times, DeviceTunnel.Times))] = []
    var allocations: UInt64 = 0
    for round in 0..<rounds + 10 {
      let start = threadTime()
      try engine.encapsulate(batch)
      let middle = threadTime()
      try engine.decapsulate(batch)
      let end = threadTime()
      let before = device.allocations
      let taken = try (device.encapsulate(), device.decapsulate())
      guard round >= 10 else { continue }
      times.append(((middle - start, end - middle), taken))
      allocations = max(allocations, device.allocations - before)
    }
    for (name, engine, device) in [
      ("encap", times.map(\.engine.0), times.map(\.device.0)), ("decap", times.map(\.engine.1), times.map(\.device.1)),
    ] {
      let ratio = median(zip(engine, device).map { $0 / $1.device })
      let above = median(zip(engine, device).map { $1.device - $0 })
      let packets = Double(batch.count)
      print(
        String(
          format: "%@  %@  %5d  %@      %6.1f  %6.1f  %6.1f  %5.2f  %11d  %11.1f", suite.column,
          wire.rawValue.padding(toLength: 7, withPad: " ", startingAt: 0), count, name, median(engine) / packets,
          median(device.map(\.device)) / packets, above / packets, ratio, allocations,
          median(device.map(\.both)) / packets))
    }
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// The processor time of this thread, in nanoseconds.
func threadTime() -> Double {
  var time = timespec()
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
  return Double(time.tv_sec) * 1e9 + Double(time.tv_nsec)
}
