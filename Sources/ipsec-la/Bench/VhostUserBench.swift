import ArgumentParser
import Foundation
import VhostUser

/// `ipsec-la bench vhost-user`: a served device against the bare engine, in one run.
struct VhostUserBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vhost-user",
    abstract: "A device behind its socket, from a driver's ring to its answers, against the bare ESP engine.",
    discussion: """
      Engine and device get the same packets in turn, in an IPv4 in IPv4 tunnel, batches of 32. The device is in a \
      thread of its own; the driver shares memory with it, and has a batch on its way while it fills the next. \
      Time is real time, and the engine's that of its processor: driver and device need a processor each. Printed are \
      medians; `above` is what the device takes beyond the engine; a ratio, engine to device, is the median of the \
      rounds' ratios.

      A batch goes as 32 chains of a packet each, or as few chains of several packets (F_MULTI_PACKET): their headers \
      stand together, and so do their completions; each packet, and each result, is a buffer of its own. Packets \
      `stay` where they are, as the engine's do, or the driver writes each `anew`, and reads each result: then all of \
      it goes from one processor's cache to the other's, which the engine's packets never leave. Then two queue pairs \
      of one device, and one each of two devices. All pairs of a device are served by one thread, so that \
      a second pair adds no speed; a second device does. The driver is one thread more: where there is no processor \
      left for it, it sleeps until it is interrupted instead of looking at the rings. The last column is the speed \
      beside the suite's first row. On a machine that has other work, the numbers say little.

      Then the time of a single request, from before the driver fills the ring to after it has the answer: in \
      busy-poll mode both sides look at memory, in event mode both sleep.
      """)

  @Option(help: "How many rounds.")
  var rounds = 101

  @Option(help: "Batches of 32 packets a round.")
  var batches = 64

  @Option(help: "Length of the packets.")
  var bytes = 1420

  @Option(parsing: .upToNextOption, help: BenchSuite.help)
  var suites = BenchSuite.mandatory

  func validate() throws {
    try Bench.check(rounds: rounds)
    guard (1...1_000_000).contains(batches) else {
      throw ValidationError("--batches \(batches): a round has 1 to 1000000 batches.")
    }
    guard (20...9000).contains(bytes) else { throw ValidationError("--bytes: a packet has 20 to 9000 bytes here.") }
  }

  func run() throws {
    #if DEBUG
      print("This is not a release build: its numbers say nothing about speed. Use -c release.")
    #endif
    let processors = ProcessInfo.processInfo.activeProcessorCount
    print("ns a packet of \(bytes) bytes, medians of \(rounds) rounds; \(processors) processors\n")
    print("\(BenchSuite.heading)  devices  pairs  threads  packets  a chain  engine  served   above  ratio  speed")
    for suite in suites { try compare(suite, processors) }
    print("\nµs a single request of \(suites[0].rawValue): mode, median, 99 of 100\n")
    for (name, mode) in [("busy-poll", Server.Mode.busyPoll), ("event", .event)] {
      let device = try ServedTunnel(mode, suites[0], bytes: bytes)
      defer { device.end() }
      try show(name, device)
    }
  }

  private func compare(_ suite: BenchSuite, _ processors: Int) throws {
    let shapes: [(devices: Int, pairs: Int, perChain: Int, isFresh: Bool)] = [
      (1, 1, 32, false), (1, 1, 8, false), (1, 1, 1, false), (1, 1, 32, true), (1, 1, 8, true), (1, 1, 1, true),
      (1, 2, 32, false), (2, 1, 32, false),
    ]
    var first: Double?
    for shape in shapes {
      let devices = try (0..<shape.devices).map {
        try ServedTunnel(
          .busyPoll, suite, bytes: bytes, pairs: shape.pairs, packetsPerChain: shape.perChain,
          isFresh: shape.isFresh, number: $0, isSleeping: shape.devices + 1 > processors)
      }
      defer { for device in devices { device.end() } }
      let times = try measure(suite, devices, pairs: shape.pairs)
      first = first ?? times.served
      print(
        String(
          format: "%@  %7d  %5d  %7d  %@  %7d  %6.1f  %6.1f  %6.1f  %5.2f  %5.2f", suite.column, shape.devices,
          shape.pairs, shape.devices + 1, shape.isFresh ? "   anew" : "   stay", shape.perChain, times.engine,
          times.served, times.above, times.ratio, (first ?? 0) / times.served))
    }
  }

  /// Nanoseconds a packet, and the ratio.
  private func measure(
    _ suite: BenchSuite, _ devices: [ServedTunnel], pairs: Int
  ) throws -> (engine: Double, served: Double, above: Double, ratio: Double) {
    let engine = try OneByOne(suite.parameters)
    let input = Batch(bytes: bytes, count: ServedTunnel.batch)
    let packets = Double(batches * ServedTunnel.batch)
    var times: [(engine: Double, served: Double)] = []
    for round in 0..<rounds + 10 {
      var bare = 0.0
      for _ in 0..<batches {
        let start = threadTime()
        try engine.encapsulate(input)
        bare += threadTime() - start
        try engine.decapsulate(input)
      }
      let start = realTime()
      try devices.encapsulate(batches: batches)
      let served = realTime() - start
      if round >= 10 { times.append((bare / packets, served / packets / Double(devices.count * pairs))) }
    }
    for device in devices { try device.verify(batches: batches) }
    return (
      median(times.map(\.engine)), median(times.map(\.served)), median(times.map { $0.served - $0.engine }),
      median(times.map { $0.engine / $0.served })
    )
  }

  private func show(_ mode: String, _ device: ServedTunnel) throws {
    let times = try (0..<2000).map { _ in try device.encapsulateOne() }.sorted()
    let name = mode.padding(toLength: 9, withPad: " ", startingAt: 0)
    print(name, String(format: "%6.1f  %6.1f", median(times) / 1000, times[times.count * 99 / 100] / 1000))
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
}

/// Real time, in nanoseconds.
func realTime() -> Double { Double(DispatchTime.now().uptimeNanoseconds) }
