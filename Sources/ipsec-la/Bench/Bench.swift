import ArgumentParser

/// `ipsec-la bench`: speed as ratios to C baselines measured in the same run.
struct Bench: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure speed against C baselines in the same run.",
    subcommands: [
      DeviceBench.self, DriverBench.self, ESPBench.self, SimulateBench.self, VhostUserBench.self, VirtioBench.self,
      WireBench.self,
    ])
}
