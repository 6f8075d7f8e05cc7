import CycleModel
import Simulation

/// What the help says about scenarios and profiles.
enum ScenarioHelp {
  static let text = """
    A scenario is a YAML file:

    \(example.indented)

    A flow has a size or a pcap (its packets, over and over); with a rate its packets come evenly, with burst so many \
    together, with random as a Poisson process has them. Without one they come as the ring takes them. With \
    packets-per-chain, a chain comes when the last of its packets does, from where its latency counts: what the others \
    have waited for it is in no number. replayed and forged are of inbound flows: packets that the device has let \
    through come again, and packets of which a bit is changed, from the SPI on.

    Faults strike at a time or a cycle, or with a chance at each opportunity, which is named last. Of those of a kind \
    that overlap, the last to end counts:

    \(faults.indented)

    Expectations compare (>= <= = > <) a number of the run, or say that there is none of it:

    \(measures.indented)

    A percentile is a time that was measured, at most 3.2 % above the exact one; where all times near it are the same, \
    it is exact.

    What a mode does not have is not judged; an expectation of which there is nothing to measure fails. Functional \
    mode has neither times nor faults. A checkpoint is what a run has come to, and not what it is in: --resume runs \
    the scenario again up to there, which takes as long as it took, and fails unless it comes to the same.

    No file of a run can be -: the summary is what standard output has.

    Exit codes: 0, every expectation that could be judged held; 1, one did not; 2, bad usage, or a file could not be \
    read or written.
    """

  /// A scenario with every key.
  static let example = """
    summary: one sentence
    version: 2.0             # \(KnownVersions.names)
    mode: timed              # functional | timed | timing-only
    seed: 1
    ring: split              # split | packed (2.0)
    in-order: false          # true: F_IN_ORDER (2.0); takes the same time
    pairs: 1                 # of encap and decap queues
    features: { without: [F_TFC] }
    profile: default         # a name, a file, or { base: default, … }
    associations:            # as `ipsec-la esp encap --help` has them
      - name: tunnel
        direction: out
        spi: 0x1000
        mode: tunnel
        source: 192.0.2.1
        destination: 192.0.2.2
        aead:
          algorithm: aes-gcm-16
          key: "0x000102030405060708090a0b0c0d0e0f"
          salt: "0x10111213"
        copies: 64           # SAs like it, each with SPI and keys of its own
        lifetime: { soft-packets: 900, hard-packets: 1000 }  # or -bytes
        notify:
          every: 100 packets
          soft-lifetime: true  # unless it is false, where there is a soft limit
          hard-lifetime: true
          before-overflow: true  # or a sequence number
        # bundle: [inner]    # SAs inside of it, innermost first
    traffic:
      - association: tunnel
        packets: 10000
        size: 1420 B         # imix, { 64 B: 7, 576 B: 4 }; or pcap: in.pcap
        rate: 10 Gbit/s      # or 2 Mpacket/s
        burst: 32            # or random: true
        start: 10 us
        pair: 0
        segments: 1          # buffers that a chain has each way: 1 to 16
        packets-per-chain: 1  # of one SA; 2.0: 1 to 64
        # in-place: true     # results go where packets stand; 0.4, 2.0
        # of inbound SAs: replayed: 20 %, forged: 2 %
    churn:                   # adds and deletes SAs
      - { association: tunnel, commands: 100, every: 20 us, alive: 10 }
    faults:
      - { fault: reset, at: 500 us }
      - { fault: delayed-dma, chance: 0.1 %, for: 5 us }
    expect: [throughput >= 5 Gbit/s, faults >= 1]
    """

  /// What each fault is.
  private static var faults: String {
    table(Fault.Kind.allCases.map { ("\($0)", $0.summary) })
  }

  private static var measures: String { table(Measure.all.map { ($0.name, $0.summary) }) }

  private static func table(_ rows: [(name: String, text: String)]) -> String {
    let width = rows.map(\.name.count).max() ?? 0
    return rows.map {
      $0.name + String(repeating: " ", count: width - $0.name.count) + "  " + $0.text
    }
    .joined(separator: "\n")
  }

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

extension String {
  /// Each line two places to the right.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { $0.isEmpty ? "" : "  \($0)" }
      .joined(separator: "\n")
  }
}

extension Fault.Kind {
  /// What it does, what `for` means, and what `chance` counts.
  fileprivate var summary: String {
    switch self {
    case .delayedDMA: "An answer comes late, by for (needed). A transfer."
    case .droppedDMA: "An answer never comes (bus.timeout). A transfer."
    case .corruptedDescriptor: "A descriptor points nowhere. A request."
    case .reset: "The driver resets; starts anew after for, or at once. A request."
    case .driverStop: "The driver does not look, for for, or for ever. An interrupt."
    case .backendLoss: "No cryptography, for for, or for ever. A request."
    }
  }
}
