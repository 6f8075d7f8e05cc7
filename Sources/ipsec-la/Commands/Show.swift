public import ArgumentParser
public import Generate
import Model

struct ShowCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "show",
    abstract: "Show a piece of the interface: a structure's bytes, a command's chain, the registers.",
    discussion: """
      TOPIC is one of

      \(topics)

      or the name of a structure, enumeration, bit layout, command, register, feature, constant, group or attribute \
      set, or a macro of the C header, in any case, with or without its prefix. Without TOPIC, the names of all there is are listed.

      Formats: text is aligned for a terminal of 100 columns; json is the piece as layout.json has it, under the name \
      of its kind; markdown is as in reference.md.

      Exit codes: 0 done; 2 bad usage or an unknown name.

      Examples:
        ipsec-la show
        ipsec-la show registers --spec-version 1.0
        ipsec-la show add_out_sa
        ipsec-la show VIRTIO_IPSEC_F_ESN
        ipsec-la show ctrl_hdr --format json
      """)

  private static let topics = Show.topics.map { topic in
    "  \(topic.name)" + String(repeating: " ", count: 14 - topic.name.count) + topic.summary
  }.joined(separator: "\n")

  @Argument(help: ArgumentHelp("What to show.", valueName: "topic"))
  var topic: String?

  @OptionGroup var selection: SingleVersionSelection

  @Option(help: "How to write it.")
  var format = Show.Format.text

  func run() throws {
    let layout = try selection.layout()
    do throws(UnknownName) {
      print(try Show.text(layout, topic, as: format), terminator: "")
    } catch {
      throw CommandError("show: \(error)")
    }
  }
}

extension Show.Format: ExpressibleByArgument {}
