import ArgumentParser

@main
struct IPsecLA: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ipsec-la",
    abstract: "The virtio-ipsec-la device: its definition, what is generated from it, and its simulation.",
    subcommands: [])
}
