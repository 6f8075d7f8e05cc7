import CycleModel
import Simulation

/// What the help says about scenarios and profiles.
enum ScenarioHelp {
  static let text = """
    A scenario is a YAML file:

      summary: one sentence
      version: 2.0             # \(KnownVersions.names)
      mode: timed              # functional | timed | timing-only
      seed: 1
      ring: split              # split | packed (2.0)
      pairs: 1                 # of encap and decap queues
      features: { without: [F_TFC] }
      profile: default         # a name, a file, or { base: default, … }
      associations:            # as `ipsec-la esp encap --help` has them, and
        - copies: 64           # SAs like it, each with SPI and keys of its own
          notify: { every: 100 packets }
      traffic:
        - association: tunnel
          packets: 10000
          size: 1420 B         # or imix, or { 64 B: 7, 576 B: 4 }
          pcap: in.pcap        # instead of a size: its packets, over and over
          rate: 10 Gbit/s      # or 2 Mpacket/s; default: what the ring takes
          burst: 32            # packets that come together
          random: true         # as a Poisson process has them
          start: 10 us
          pair: 0
          replayed: 20 %       # inbound: sent before
          forged: 2 %          # inbound: a byte was changed
      churn:                   # adds and deletes SAs
        - { association: tunnel, commands: 100, every: 20 us, alive: 10 }
      faults:                  # \(Fault.Kind.allCases.map { "\($0)" }.joined(separator: ", "))
        - { fault: reset, at: 500 us }
        - { fault: delayed-dma, chance: 0.1 %, for: 5 us }
      expect: [throughput >= 10 Gbit/s, no packets lost]

    Expectations compare (>= <= = > <) one of: \(Measure.all.map(\.name).joined(separator: ", ")).
    What a mode does not have is not judged.

    Exit codes: 0, every expectation that could be judged held; 1, one did not; 2, bad usage, or a file could not be \
    read or written.
    """

  static func scenarios() throws -> String {
    let width = ShippedScenarios.all.map(\.name.count).max() ?? 0
    return try ShippedScenarios.all.map { name, text in
      let summary = try ScenarioYAML(path: "\(name).yaml").read(text, name: name).summary
      return name + String(repeating: " ", count: width - name.count) + "  \(summary)\n"
    }.joined()
  }

  static var profiles: String {
    let width = Preset.all.map(\.name.count).max() ?? 0
    return Preset.all.map {
      $0.name + String(repeating: " ", count: width - $0.name.count) + "  \($0.summary)\n"
    }.joined()
  }
}
