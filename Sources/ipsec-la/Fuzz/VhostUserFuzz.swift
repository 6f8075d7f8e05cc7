import ArgumentParser
import Foundation
import VhostUser

/// `ipsec-la fuzz vhost-user`: a front end that says what it likes.
struct VhostUserFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "vhost-user",
    abstract: "Messages of a front end in any order, right, nearly right and wrong, over a socket and in pieces.",
    discussion: """
      Each run has a device and connections to it, one after the other: requests with values that are true, at the \
      edge or random, with as many file descriptors as they should have or not, of kinds that they should be or not; \
      rings that hold anything; states that were cut or changed; and connections that end at any byte. Then a server \
      has several front ends of this kind at a time, which send pieces of any size, ask without taking answers, kick, \
      and come back with what was left. Afterwards every file descriptor is closed, and a front end that behaves is \
      served. A failure stops the program and prints the seed of its run, which --seed with --runs 1 plays again.
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
    Server.prepareProcess()
    let progress = FuzzProgress(firstSeed: seed, seconds: seconds)
    var tally = VhostUserFuzzer.Tally()
    var served = ServerFuzzer.Tally()
    var done: UInt64 = 0
    while done < runs ?? .max && !progress.isOver {
      progress.begin(done)
      var fuzzer = try VhostUserFuzzer(FuzzInput(seed: seed &+ done))
      try fuzzer.run(steps: 200)
      tally += fuzzer.tally
      var server = ServerFuzzer(FuzzInput(seed: seed &+ done))
      try server.run(steps: 400)
      served += server.tally
      done += 1
    }
    progress.end()
    print("\(done) runs from seed \(seed)\nback end: \(tally)\nserver: \(served)")
    if done >= Self.enoughRuns, !tally.isComplete || !served.isComplete {
      throw CommandError("fuzz vhost-user: a part of it did nothing, and so shows nothing")
    }
  }
}
