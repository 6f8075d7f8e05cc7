import ArgumentParser
import ESP
import Foundation

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

  @Argument(help: "The capture to read, raw IP or Ethernet; - for standard input.")
  var input: String

  @Argument(help: "The capture to write; - for standard output, and what is said goes to standard error.")
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
    try checkPlaces()
    let input = try Capture(reading: input)
    if let explain, !input.records.indices.contains(explain - 1) {
      throw CommandError("\(self.input): has no packet \(explain)")
    }
    var output = Capture(linkType: input.linkType)
    var summary = Summary()
    // A capture on standard output stays one: what is said goes elsewhere.
    let isPiped = Self.isStandardOutput(self.output)
    func say(_ text: String) { if isPiped { note(text) } else { print(text) } }
    for (index, record) in input.records.enumerated() {
      let isExplained = explain == index + 1
      guard let frame = Frame(record.frame, linkType: input.linkType) else {
        summary.count("not IP, left out")
        if isExplained { say("packet \(index + 1): not IP, left out") }
        continue
      }
      if isExplained { say("packet \(index + 1), in:\n\(Dissection(frame.packet, associations))") }
      switch try process(frame.packet) {
      case .success(let packet):
        if packet.isEmpty {
          summary.count("dummy, discarded")
          if isExplained { say("verdict: dummy, discarded") }
          continue
        }
        summary.count("passed")
        output.records.append(Record(time: record.time, frame: frame.carrying(packet[...])))
        if isExplained { say("out:\n\(Dissection(packet, associations))\nverdict: passed") }
      case .failure(let refusal):
        summary.count("refused: \(refusal.name)")
        if isExplained { say("verdict: refused: \(refusal)") }
      }
    }
    output.linkType = Frame.linkType(input.linkType, carrying: output.records)
    // The keys get their place last: where the packets cannot be written, they are not left behind.
    let table = try wiresharkTable.map { try WiresharkTable(associations).written(besides: $0) }
    try output.write(to: self.output)
    try table?.commit()
    if !input.records.isEmpty { say("\(summary)") }
  }

  /// Nothing is written over what is read, nor over what else is written.
  private func checkPlaces() throws {
    let read: [(path: String, role: String)] = [
      (input, "the input"), (associations, "the file with the associations"),
    ]
    try check(output, isNone: read)
    if let wiresharkTable { try check(wiresharkTable, isNone: read + [(output, "the capture to write")]) }
  }

  private func check(_ path: String, isNone others: [(path: String, role: String)]) throws {
    guard path != FilePath.standardStream else { return }
    for other in others where FilePath.isSameFile(path, other.path) {
      throw CommandError("\(path): is \(other.role) as well; name another output")
    }
  }

  private static func isStandardOutput(_ path: String) -> Bool {
    if path == FilePath.standardStream { return true }
    var (file, output) = (stat(), stat())
    guard stat(path, &file) == 0, fstat(STDOUT_FILENO, &output) == 0 else { return false }
    return file.st_dev == output.st_dev && file.st_ino == output.st_ino
  }
}
