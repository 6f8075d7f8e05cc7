import ArgumentParser
import Foundation

/// `ipsec-la fuzz esp`: hostile packets from both sides of an association.
struct ESPFuzz: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esp",
    abstract: "Hostile packets: malformed ones to protect, and protected ones that were tampered with or forged.",
    discussion: """
      Each run takes an association of its own, and the seed after the last one's. A failure stops the program and \
      names its seed; --seed with --runs 1 plays it again.
      """)

  @Option(help: "How long to go on, in seconds.")
  var seconds = 10.0

  @Option(help: "The first seed; each run takes the next.")
  var seed: UInt64 = 1

  @Option(help: "How many runs at most.")
  var runs: UInt64?

  func run() throws {
    let end = Date().addingTimeInterval(seconds)
    let isWatched = isatty(STDERR_FILENO) != 0
    var done: UInt64 = 0
    var tally = PacketFuzzer.Tally()
    while done < runs ?? .max && Date() < end {
      if isWatched, done % 1000 == 0 { FileHandle.standardError.write(Data("\rseed \(seed &+ done) ".utf8)) }
      CrashNote.set("seed \(seed &+ done)")
      var fuzzer = PacketFuzzer(FuzzInput(seed: seed &+ done))
      do throws(PacketFuzzer.Violation) {
        try fuzzer.run(packets: 40)
      } catch {
        throw CommandError("seed \(seed &+ done): \(error.description)")
      }
      tally += fuzzer.tally
      done += 1
    }
    if isWatched { FileHandle.standardError.write(Data("\r".utf8)) }
    print(
      "\(done) runs from seed \(seed): \(tally.sealed) packets protected, \(tally.unsealed) refused; "
        + "\(tally.opened) unwrapped, \(tally.unopened) refused for \(tally.reasons.count) reasons")
  }
}
