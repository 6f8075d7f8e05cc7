import ArgumentParser
import Foundation

/// `ipsec-la fuzz`: random input against what must never fall over.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Feed random input to what must never crash, hang or overreach.",
    subcommands: [ESPFuzz.self, VirtioFuzz.self])
}

/// `ipsec-la fuzz virtio`: random rings.
struct VirtioFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtio",
    abstract: "Random virtqueues: descriptors, tables and indices, changed while they are read.",
    discussion: """
      A failure stops the program and prints the seed of its run, which --seed with --runs 1 plays again.
      """)

  @Option(help: "How long to go on, in seconds: more than 0, and at most a year.")
  var seconds = 10.0

  @Option(help: "The first seed; each run takes the next.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at most.")
  var runs: UInt64 = .max

  func validate() throws {
    guard seconds > 0, seconds <= 365 * 86400 else {
      throw ValidationError("--seconds \(seconds): a time is more than 0 seconds, and at most a year.")
    }
  }

  func run() throws {
    let progress = FuzzProgress(firstSeed: seed, seconds: seconds)
    var (done, chains, faults, used): (UInt64, Int, Int, Int) = (0, 0, 0, 0)
    while done < runs && !progress.isOver {
      progress.begin(done)
      var fuzzer = try RingFuzzer(FuzzInput(seed: seed &+ done))
      try fuzzer.run(steps: 200)
      (done, chains, faults) = (done + 1, chains + fuzzer.chains, faults + fuzzer.faults)
      used += fuzzer.elementsChecked
    }
    progress.end()
    print("\(done) runs from seed \(seed): \(chains) chains served, \(faults) refused, \(used) used elements checked")
  }
}
