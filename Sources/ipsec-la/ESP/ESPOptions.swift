import ArgumentParser
import ESP

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
        output.records.append(Record(time: record.time, frame: frame.carrying(packet[...])))
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
