import ArgumentParser
import Foundation
import VhostUser

/// `ipsec-la bench vhost-user`: a served device against the bare engine, in one run.
struct VhostUserBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vhost-user",
    abstract: "A device behind its socket, from a driver's ring to its answers, against the bare ESP engine.",
    discussion: """
      Engine and device get the same packets in turn: AES-128-GCM, IPv4 in IPv4 tunnel, batches of 32. The device is \
      in a thread of its own; the driver shares memory with it, and has a batch on its way while it fills the next. Time \
      is real time: the two threads need a processor each. Printed are medians; a ratio, engine to device, is the \
      median of the rounds' ratios. Then the time of a single request, from before the driver fills the ring to after \
      it has the answer: in busy-poll mode both sides look at memory, in event mode both sleep.
      """)

  @Option(help: "How many rounds.")
  var rounds = 101

  @Option(help: "Batches of 32 packets a round.")
  var batches = 64

  @Option(help: "Length of the packets.")
  var bytes = 1420

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
    let packets = Double(batches * ServedTunnel.batch)
    let engine = try OneByOne(Engine.parameters(extended: false))
    let input = Batch(bytes: bytes, count: ServedTunnel.batch)
    let device = try ServedTunnel(.busyPoll, bytes: bytes)
    var times: [(engine: Double, device: Double)] = []
    for round in 0..<rounds + 10 {
      var bare = 0.0
      for _ in 0..<batches {
        let start = realTime()
        try engine.encapsulate(input)
        bare += realTime() - start
        try engine.decapsulate(input)
      }
      let start = realTime()
      try device.encapsulate(batches: batches)
      if round >= 10 { times.append((bare, realTime() - start)) }
    }
    print("ns a packet of \(bytes) bytes, medians of \(rounds) rounds, one queue pair\n")
    print("engine  device  ratio")
    print(
      String(
        format: "%6.1f  %6.1f  %5.2f", median(times.map(\.engine)) / packets, median(times.map(\.device)) / packets,
        median(times.map { $0.engine / $0.device })))
    print("\nµs a single request: mode, median, 99 of 100\n")
    try show("busy-poll", device)
    device.end()
    let sleeping = try ServedTunnel(.event, bytes: bytes)
    try show("event", sleeping)
    sleeping.end()
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
