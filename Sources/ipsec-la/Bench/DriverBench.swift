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
      Each round gives the engine and the driver the same 64 packets to encapsulate, in turn, in an IPv4 in IPv4 \
      tunnel, version 2.0 over MMIO. `driver` submits requests whose packets lie in the kernel's memory; `g-api` \
      packets of an application's, which are copied there, and their results back. `one` waits for each packet before \
      it submits the next, looking into the ring; `batch` submits 64 and waits for all, interrupts included. In both, \
      driver and device take turns on one thread, so that their times add up. In `batch, own thread` they do not: the \
      device is behind a vhost-user socket in a thread of its own, as asynchronous calls are made for, and while it \
      has one batch the application fills the next. The one looks at the rings all the time, the other for \
      interrupts: they need a processor each, and on a machine with other work the row says little. DMA mappings are \
      counted and not checked, as in a kernel without CONFIG_DMA_API_DEBUG. Time is the thread's \
      processor time, with two threads real time, and takes in everything from the request to its completion: \
      mapping, rings, registers, interrupts, and the device, whose share, measured in rounds of its own, is printed \
      beside. Printed are medians; `above` is what all of that takes beyond the engine, much the same whatever \
      protects the packets; a ratio, engine to whole, is the median of the rounds' ratios.

      Then a driver is loaded for a device with 64 queue pairs and 64 CPUs, again and again.
      """)

  /// What a processor's own cache has room for.
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
    let heading = "bytes  through  way                engine   whole  of it device   above  ratio  target  allocations"
    print(BenchSuite.heading, heading, separator: "  ")
    for suite in suites {
      for count in bytes { try compare(suite, count) }
    }
    try probe()
  }

  /// Batches of a round in which they overlap.
  private static let overlappingBatches = 16

  private func compare(_ suite: BenchSuite, _ count: Int) throws {
    let driver = try DriverTunnel(suite, bytes: count, packets: Self.packets)
    try compare(suite, count, "driver ", driver)
    let application = try LookAsideTunnel(suite, bytes: count, packets: Self.packets)
    try compare(suite, count, "g-api  ", application)
    let asynchronous = try LookAsideTunnel(suite, bytes: count, packets: Self.packets, isServed: true)
    defer { asynchronous.platform.end() }
    try compare(suite, count, "g-api    batch, own thread", target: 0.85, batches: Self.overlappingBatches, realTime) {
      try asynchronous.overlapping(batches: Self.overlappingBatches)
    }
  }

  private func compare(_ suite: BenchSuite, _ count: Int, _ name: String, _ contender: some PlatformTunnel) throws {
    let device = { way in try (0..<21).map { _ in try contender.platform.deviceTime(way) } }
    for (wayName, target, way) in [("one", 0.70, contender.oneByOne), ("batch", 0.85, contender.batch)] {
      try compare(suite, count, "\(name)  \(pad(wayName, 17))", target: target, threadTime, way) { try device(way) }
    }
  }

  private func pad(_ text: String, _ width: Int) -> String {
    text.padding(toLength: width, withPad: " ", startingAt: 0)
  }

  /// - Parameters:
  ///   - batches: how many batches `way` processes.
  ///   - clock: the time that `way` takes.
  ///   - device: times that the device takes of `way`, where that is known.
  private func compare(
    _ suite: BenchSuite, _ count: Int, _ name: String, target: Double, batches: Int = 1, _ clock: () -> Double,
    _ way: () throws -> Void, device: () throws -> [Double] = { [] }
  ) throws {
    let batch = Batch(bytes: count, count: Self.packets)
    let engine = try OneByOne(suite.parameters)
    var times: [(engine: Double, whole: Double)] = []
    var allocations: UInt64 = 0
    for round in 0..<rounds + 10 {
      let start = threadTime()
      try engine.encapsulate(batch)
      let middle = threadTime()
      try engine.decapsulate(batch)
      let before = esp_allocations()
      let begin = clock()
      try way()
      let end = clock()
      let after = esp_allocations()
      guard round >= 10 else { continue }
      times.append((middle - start, (end - begin) / Double(batches)))
      allocations = max(allocations, after - before)
    }
    let packets = Double(batch.count), deviceTimes = try device()
    let share = deviceTimes.isEmpty ? "-" : String(format: "%.1f", median(deviceTimes) / packets)
    print(
      String(
        format: "%@  %5d  %@  %6.1f  %6.1f  %@  %6.1f  %5.2f  %6.2f  %11d", suite.column, count, name,
        median(times.map(\.engine)) / packets, median(times.map(\.whole)) / packets,
        String(repeating: " ", count: 12 - share.count) + share, median(times.map { $0.whole - $0.engine }) / packets,
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
