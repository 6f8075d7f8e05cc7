import ArgumentParser
import Foundation
import Virtio

/// `ipsec-la fuzz`: random input against what must never fall over.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Feed random input to what must never crash, hang or overreach.",
    subcommands: [DeviceFuzz.self, ESPFuzz.self, VhostUserFuzz.self, VirtioFuzz.self])
}

/// `ipsec-la fuzz virtio`: random rings.
struct VirtioFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtio",
    abstract: "Random virtqueues: descriptors, tables and indices, changed while they are read.",
    discussion: """
      Each run has a driver that is hostile in a ring, one that is in registers, and then a device that lies to a \
      driver. A failure stops the program and prints the seed of its run, which --seed with --runs 1 plays again.
      """)

  @Option(help: "How long to go on, in seconds: more than 0, and at most a year.")
  var seconds = 10.0

  @Option(help: "The first seed; each run takes the next.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at most.")
  var runs: UInt64?

  /// From this many runs on, one that served nothing in some format has shown nothing.
  private static let enoughRuns = 50

  func validate() throws {
    guard runs != 0 else { throw ValidationError("--runs 0: no run shows nothing.") }
    guard seconds > 0, seconds <= 365 * 86400 else {
      throw ValidationError("--seconds \(seconds): a time is more than 0 seconds, and at most a year.")
    }
  }

  func run() throws {
    let progress = FuzzProgress(firstSeed: seed, seconds: seconds)
    var (done, faults, used, laps): (UInt64, Int, Int, Int) = (0, 0, 0, 0)
    var chains: [RingFormat: Int] = [.split: 0, .packed: 0]
    var (completions, lies) = (chains, chains)
    var (live, revivals) = (0, 0)
    while done < runs ?? .max && !progress.isOver {
      progress.begin(done)
      var ring = try RingFuzzer(FuzzInput(seed: seed &+ done))
      try ring.run(steps: 200)
      chains[ring.format]! += ring.chains
      (faults, used, laps) = (faults + ring.faults, used + ring.elementsChecked, laps + ring.laps)
      var transport = try TransportFuzzer(FuzzInput(seed: seed &+ done))
      try transport.run(steps: 100)
      (live, revivals) = (live + transport.chains, revivals + transport.revivals)
      var driver = try DriverFuzzer(FuzzInput(seed: seed &+ done))
      try driver.run(steps: 200)
      completions[driver.format]! += driver.completions
      lies[driver.format]! += driver.lies
      done += 1
    }
    progress.end()
    print(
      """
      \(done) runs from seed \(seed)
      device: \(chains[.split]!) split and \(chains[.packed]!) packed chains served, \(faults) refused, \
      \(laps) times around a packed ring, \(used) used elements checked
      registers: \(live) chains taken, \(revivals) devices brought up and back
      driver: \(completions[.split]!) split and \(completions[.packed]!) packed requests came back, \
      \(lies[.split]!) and \(lies[.packed]!) lies noticed
      """)
    let isIdle = used == 0 || live == 0 || [chains, completions, lies].contains { $0.values.contains(0) }
    if done >= Self.enoughRuns, isIdle {
      throw CommandError("fuzz virtio: a part of it did nothing, and so shows nothing")
    }
  }
}
