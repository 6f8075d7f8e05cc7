import ArgumentParser
import Device
import Foundation
import Spec

/// `ipsec-la fuzz device`: random control and data messages.
struct DeviceFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "device",
    abstract: "Messages that obey the grammar, and such as nearly do, for all versions.",
    discussion: """
      Each run has a device of its own: a version, features, quirks and limits, SAs, and then commands and packets in \
      chains cut anywhere, resets, and states saved and restored. Each access of the device to guest memory is \
      watched: it touches rings and buffers that are its own, and never claims to have written more than it has. A \
      failure stops the program and prints the seed of its run, which --seed with --runs 1 plays again.
      """)

  @Option(help: "How long to go on, in seconds: more than 0, and at most a year.")
  var seconds = 10.0

  @Option(help: "The first seed; each run takes the next.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at most.")
  var runs: UInt64?

  /// From this many runs on, one that did nothing of a kind has shown nothing.
  private static let enoughRuns = 100

  func validate() throws {
    guard runs != 0 else { throw ValidationError("--runs 0: no run shows nothing.") }
    guard seconds > 0, seconds <= 365 * 86400 else {
      throw ValidationError("--seconds \(seconds): a time is more than 0 seconds, and at most a year.")
    }
  }

  func run() throws {
    let progress = FuzzProgress(firstSeed: seed, seconds: seconds)
    var tallies: [String: DeviceFuzzer.Tally] = [:]
    var done: UInt64 = 0
    while done < runs ?? .max && !progress.isOver {
      progress.begin(done)
      var fuzzer = try DeviceFuzzer(FuzzInput(seed: seed &+ done))
      try fuzzer.run(steps: 100)
      tallies["\(fuzzer.version)", default: DeviceFuzzer.Tally()] += fuzzer.tally
      done += 1
    }
    progress.end()
    print("\(done) runs from seed \(seed)")
    for (version, tally) in tallies.sorted(by: { $0.key < $1.key }) { print("version \(version): \(tally)") }
    guard done >= Self.enoughRuns else { return }
    guard tallies.count == Spec.all.count, tallies.values.allSatisfy(\.isComplete) else {
      throw CommandError("fuzz device: a part of it did nothing, and so shows nothing")
    }
  }
}
