import ArgumentParser
import CBaseline
import ESP
import Foundation

/// `ipsec-la bench driver`: driver, rings and device together against the bare engine, in one run.
struct DriverBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "driver",
    abstract: "The driver and the g-API with their device against the bare ESP engine, and a probe.",
    discussion: """
      Each round gives the engine and the driver the same 64 packets to encapsulate, in turn: AES-128-GCM, IPv4 in \
      IPv4 tunnel, version 2.0 over MMIO. `driver` submits requests whose packets lie in the kernel's memory; `g-api` \
      packets of an application's, which are copied there, and their results back. `one` waits for each packet before \
      it submits the next, looking into the ring; `batch` submits 64 and waits for all, interrupts included. DMA \
      mappings are counted and not checked, as in a kernel without CONFIG_DMA_API_DEBUG. Time is the thread's \
      processor time, and takes in everything from the request to its completion: mapping, rings, registers, \
      interrupts, and the device, whose share, measured in rounds of its own, is printed beside. Printed are medians; \
      a ratio is the median of the rounds' ratios.

      Then a driver is loaded for a device with 64 queue pairs and 64 CPUs, again and again.
      """)

  /// What a processor's own cache has room for.
  private static let packets = 64

  @Option(help: "How many rounds.")
  var rounds = 301

  @Option(parsing: .upToNextOption, help: "Lengths of the packets.")
  var bytes = [1420]

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard bytes.allSatisfy({ (20...9000).contains($0) }) else {
      throw ValidationError("--bytes: a packet has 20 to 9000 bytes here.")
    }
  }

  func run() throws {
    print("ns a packet, medians of \(rounds) rounds; allocations in a round of \(Self.packets) packets\n")
    print("bytes  through  way    engine   whole  of it device  ratio  target  allocations")
    for count in bytes {
      let driver = try DriverTunnel(bytes: count, packets: Self.packets)
      try compare(count, "driver ", driver)
      let application = try LookAsideTunnel(bytes: count, packets: Self.packets)
      try compare(count, "g-api  ", application)
    }
    try probe()
  }

  private func compare(_ count: Int, _ name: String, _ contender: some PlatformTunnel) throws {
    try compare(count, name + "  one  ", target: 0.70, contender) { try contender.oneByOne() }
    try compare(count, name + "  batch", target: 0.85, contender) { try contender.batch() }
  }

  private func compare(
    _ count: Int, _ name: String, target: Double, _ contender: some PlatformTunnel, _ way: () throws -> Void
  ) throws {
    let batch = Batch(bytes: count, count: Self.packets)
    let engine = try OneByOne(Engine.parameters(extended: false))
    var times: [(engine: Double, whole: Double)] = []
    var allocations: UInt64 = 0
    for round in 0..<rounds + 10 {
      let start = threadTime()
      try engine.encapsulate(batch)
      let middle = threadTime()
      try engine.decapsulate(batch)
      let before = esp_allocations()
      let begin = threadTime()
      try way()
      let end = threadTime()
      let after = esp_allocations()
      guard round >= 10 else { continue }
      times.append((middle - start, end - begin))
      allocations = max(allocations, after - before)
    }
    let device = try (0..<21).map { _ in try contender.platform.deviceTime(way) }
    let packets = Double(batch.count)
    print(
      String(
        format: "%5d  %@  %6.1f  %6.1f  %12.1f  %5.2f  %6.2f  %11d", count, name,
        median(times.map(\.engine)) / packets, median(times.map(\.whole)) / packets, median(device) / packets,
        median(times.map { $0.engine / $0.whole }), target, allocations))
  }

  private func probe() throws {
    let times = try (0..<21).map { _ in try DriverTunnel.probeTime(pairs: 64) }
    print(
      String(
        format: "\nprobe with 64 queue pairs: %.2f ms, median of %d (target: below 20 ms)", median(times) / 1e6,
        times.count))
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}
