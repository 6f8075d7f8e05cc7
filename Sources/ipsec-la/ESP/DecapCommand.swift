import ArgumentParser
import ESP

struct DecapCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "decap",
    abstract: "Check and unwrap every packet of a capture, as often as an association is found for it.",
    discussion: ESPCommand.fileHelp)

  @OptionGroup var options: ESPOptions

  func run() throws {
    let file = try options.file()
    let receivers = Receivers(
      try file.inbound().map { entry in
        let association = try file.make(entry) { parameters, state throws(ParameterError) in
          try InboundAssociation(parameters, state: state)
        }
        return (entry.destination, association)
      })
    try options.run(file.entries) { receivers.unwrap($0) }
  }
}
