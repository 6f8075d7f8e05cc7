import ArgumentParser
import ESP

/// `ipsec-la esp`: captures through the engine.
struct ESPCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "esp",
    abstract: "Protect or unwrap the packets of a capture file.",
    subcommands: [EncapCommand.self, DecapCommand.self])

  /// What the help says about association files.
  static let fileHelp = """
    Associations are read from YAML, or from the output of `ip xfrm state`:

      associations:
        - name: left-to-right
          direction: out           # out | in
          spi: 0x1000
          protocol: esp            # esp | ah | wesp; default esp
          mode: tunnel             # tunnel | transport
          source: 192.0.2.1        # tunnel endpoints; in transport mode the
          destination: 192.0.2.2   # destination selects the SA; default any
          aead: { algorithm: aes-gcm-16, key: "0x…", salt: "0x…" }
          # or encryption, default null, and authentication, default none:
          # encryption: { algorithm: aes-cbc, key: "0x…" }
          # authentication: { algorithm: hmac-sha256-128, key: "0x…" }
          # the rest is optional, with these defaults:
          esn: false
          sequence: 0              # last used (out) or highest seen (in)
          replay-window: 64        # 0 turns the check off
          tfc: { length: 0 }       # in transport mode both sides need it
          dscp: copy               # copy | clear | {set: N}
          df: copy                 # copy | clear | set
          ecn: true
          # and by default none of these:
          udp-encapsulation: { source-port: 4500, destination-port: 4500 }
          lifetime: { soft-bytes: N, hard-bytes: N,
                      soft-packets: N, hard-packets: N }
      bundle: [inner, outer]       # SAs to nest, by name; default none

    A key without a salt carries the salt at its end, as the RFCs append it.
    aead: \(CombinedAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))
    encryption: \(EncryptionAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))
    authentication: \(AuthenticationAlgorithm.allCases.map(\.rawValue).joined(separator: ", "))
    """
}
