import ArgumentParser
import ESP

struct EncapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "encap",
    abstract: "Protect every packet of a capture.",
    discussion: ESPCommand.fileHelp)

  @OptionGroup var options: ESPOptions

  @Option(help: "Which association to use; needed when the file has several outbound ones and no bundle.")
  var association: String?

  @Option(help: ArgumentHelp("Fill packets up to this many bytes, instead of the file's length.", valueName: "length"))
  var tfc: Int?

  @Option(help: ArgumentHelp("Refuse what the path would not take, unless it may be fragmented.", valueName: "bytes"))
  var mtu: Int?

  func validate() throws {
    if let mtu, mtu < 68 { throw ValidationError("--mtu: \(mtu) is below 68, the least that RFC 791 has") }
  }

  func run() throws {
    let file = try options.file()
    let entries = try file.outbound(named: association)
    let bundle = OutboundBundle(
      try entries.map { entry in
        var entry = entry
        if let tfc { entry.parameters.tfcLength = tfc }
        // The outermost association's result is what travels.
        if let mtu, entry.name == entries.last?.name { entry.parameters.mtu = mtu }
        return try file.make(entry) { parameters, state throws(ParameterError) in
          try OutboundAssociation(parameters, state: state)
        }
      })
    try options.run(file.entries) { packet in
      var buffer = [UInt8](repeating: 0, count: bundle.headRoom + packet.count + bundle.tailRoom)
      buffer.replaceSubrange(bundle.headRoom..<bundle.headRoom + packet.count, with: packet)
      var elements = buffer.mutableSpan
      var span = elements.mutableBytes
      do throws(Refusal) {
        let outcome = try bundle.encapsulate(inPlace: &span, packet: bundle.headRoom..<bundle.headRoom + packet.count)
        return .success(Array(buffer[outcome.packet]))
      } catch {
        return .failure(error)
      }
    }
    for (entry, association) in zip(entries, bundle.associations) { warn(entry, association) }
  }

  /// Says, on standard error, with which sequence number the next run has to go on.
  private func warn(_ entry: AssociationFile.Entry, _ association: OutboundAssociation) {
    let last = association.state.sequence
    let why = entry.parameters.countsIVs ? "IVs repeat under this key" : "the receiver takes packets for replays"
    note("\(entry.name): last sequence number \(last); go on with \"sequence: \(last)\", or \(why)")
  }
}
