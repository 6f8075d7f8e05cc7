import ArgumentParser
import ESP
import Foundation

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
          tfc: { length: 0 }
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

/// What both directions have in common.
struct ESPOptions: ParsableArguments {
  @Option(name: .customLong("sa"), help: "The file with the associations.")
  var associations: String

  @Flag(help: "Admit DES, 3DES and MD5.")
  var allowLegacy = false

  @Flag(help: "Admit encryption without authentication.")
  var allowUnauthenticated = false

  @Option(help: "The sequence number last used (encap) or highest seen (decap), instead of the file's.")
  var sequence: UInt64?

  @Option(help: ArgumentHelp("Explain what happens to one packet, counted from 1.", valueName: "number"))
  var explain: Int?

  @Option(
    name: .customLong("wireshark-sa"),
    help: "Write the table (`esp_sa`) with which Wireshark decrypts; it holds the keys.")
  var wiresharkTable: String?

  @Argument(help: "The capture to read: raw IP or Ethernet.")
  var input: String

  @Argument(help: "The capture to write.")
  var output: String

  func file() throws -> AssociationFile {
    var file = try AssociationFile(
      reading: associations, allowsLegacy: allowLegacy, allowsUnauthenticated: allowUnauthenticated)
    if let sequence { for index in file.entries.indices { file.entries[index].sequence = sequence } }
    return file
  }

  /// Sends every packet of the input through `process`, writes key table and output and prints the summary.
  func run(
    _ associations: [AssociationFile.Entry], _ process: (_ packet: [UInt8]) throws -> Result<[UInt8], Refusal>
  ) throws {
    let input = try Capture(reading: input)
    guard !Capture.isSameFile(self.input, self.output) else {
      throw CommandError("\(self.output): is the input as well; name another output")
    }
    var output = Capture(linkType: input.linkType)
    var summary = Summary()
    if let wiresharkTable { try WiresharkTable(associations).write(to: wiresharkTable) }
    for (index, record) in input.records.enumerated() {
      let isExplained = explain == index + 1
      guard let frame = Frame(record.frame, linkType: input.linkType) else {
        summary.count("not IP, left out")
        if isExplained { print("packet \(index + 1): not IP, left out") }
        continue
      }
      if isExplained { print("packet \(index + 1), in:\n\(Dissection(frame.packet, associations))") }
      switch try process(frame.packet) {
      case .success(let packet):
        if packet.isEmpty {
          summary.count("dummy, discarded")
          if isExplained { print("verdict: dummy, discarded") }
          continue
        }
        summary.count("passed")
        output.records.append(
          Record(time: record.time, frame: frame.carrying(packet[...]), originalLength: packet.count))
        if isExplained { print("out:\n\(Dissection(packet, associations))\nverdict: passed") }
      case .failure(let refusal):
        summary.count("refused: \(refusal.name)")
        if isExplained { print("verdict: refused: \(refusal)") }
      }
    }
    if let explain, !input.records.indices.contains(explain - 1) {
      throw CommandError("\(self.input): has no packet \(explain)")
    }
    output.linkType = Frame.linkType(input.linkType, carrying: output.records)
    try output.write(to: self.output)
    print(summary, terminator: "")
  }
}

/// Tells a person something that is no part of the output.
func note(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }

/// How often each verdict was given.
struct Summary: CustomStringConvertible {
  private var counts: [String: Int] = [:]

  mutating func count(_ verdict: String) { counts[verdict, default: 0] += 1 }

  var description: String {
    let width = counts.values.map { String($0).count }.max() ?? 0
    return counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { verdict, count in
      String(repeating: " ", count: width - String(count).count) + "\(count)  \(verdict)\n"
    }.joined()
  }
}

extension Refusal {
  /// The description without numbers, for counting.
  var name: String {
    switch self {
    case .unsupportedOption: "option or extension header is not supported"
    case .wrongProtocol: "protocol is not the association's"
    case .unknownSPI: "no association has the SPI"
    case .late: "sequence number is below the replay window"
    case .replayed: "sequence number was received before"
    case .wrongMode: "tunnel carries no IP packet"
    case .noHeadRoom, .noTailRoom: "no room around the packet"
    case .packetTooBig: "too big and not to be fragmented"
    default: description
    }
  }
}
