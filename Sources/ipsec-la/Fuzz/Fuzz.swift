import ArgumentParser
import Foundation

/// `ipsec-la fuzz`: random input against what must never fall over.
struct Fuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Feed random input to what must never crash, hang or overreach.",
    subcommands: [VirtioFuzz.self])
}

/// `ipsec-la fuzz virtio`: random rings.
struct VirtioFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "virtio",
    abstract: "Random virtqueues: descriptors, tables and indices, changed while they are read.",
    discussion: "A failure stops the program. Its seed is the last one printed; --runs 1 plays that one again.")

  @Option(help: "How long to go on, in seconds.")
  var seconds = 10.0

  @Option(help: "The first seed; each run takes the next.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at most.")
  var runs: UInt64 = .max

  func run() throws {
    let end = Date().addingTimeInterval(seconds)
    var (done, chains, faults): (UInt64, Int, Int) = (0, 0, 0)
    while done < runs && Date() < end {
      if done % 1000 == 0 { try FileHandle.standardError.write(contentsOf: Data("seed \(seed &+ done)\n".utf8)) }
      var fuzzer = try RingFuzzer(FuzzInput(seed: seed &+ done))
      try fuzzer.run(steps: 200)
      (done, chains, faults) = (done + 1, chains + fuzzer.chains, faults + fuzzer.faults)
    }
    print("\(done) runs from seed \(seed): \(chains) chains served, \(faults) refused")
  }
}
