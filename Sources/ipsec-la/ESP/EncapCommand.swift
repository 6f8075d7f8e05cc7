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

  func run() throws {
    let file = try options.file()
    let bundle = OutboundBundle(
      try file.outbound(named: association).map { entry in
        var entry = entry
        if let tfc { entry.parameters.tfcLength = tfc }
        return try file.make(entry) { parameters, state throws(ParameterError) in
          try OutboundAssociation(parameters, state: state)
        }
      })
    try options.run { packet in
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
  }
}
