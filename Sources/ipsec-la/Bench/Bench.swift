import ArgumentParser

/// `ipsec-la bench`: speed as ratios to C baselines measured in the same run.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure speed against C baselines in the same run.",
    subcommands: [
      DeviceBench.self, DriverBench.self, ESPBench.self, SimulateBench.self, VhostUserBench.self, VirtioBench.self,
      WireBench.self,
    ])

  /// - Throws: `ValidationError` for a number of rounds with which nothing, or not in a lifetime, would be measured.
  static func check(rounds: Int) throws {
    guard (1...1_000_000).contains(rounds) else {
      throw ValidationError("--rounds \(rounds): a benchmark has 1 to 1000000 rounds.")
    }
  }
}
