import ArgumentParser
import Foundation

@main
struct IPsecLA: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "ipsec-la",
    abstract: "The virtio-ipsec-la device: its definition, and what is made from it.",
    discussion: """
      The interface of the device is written down once, in Swift. From there come the C headers that kernel and QEMU \
      builds take, the reference that a person reads, and the simulation of the device.
      """,
    subcommands: [
      GenerateCommand.self, LintCommand.self, ShowCommand.self, DiffCommand.self, ESPCommand.self,
      SimulateCommand.self, PlatformCommand.self, TreeCommand.self, Bench.self, Fuzz.self,
    ])

  /// Runs the command; an error is one line, and bad usage or a bad file exits with 2.
  static func main() {
    do {
      var command = try parseAsRoot()
      try command.run()
      guard fflush(nil) == 0 else { throw CommandError("standard output: \(String(cString: strerror(errno)))") }
    } catch let error as CommandError {
      FileHandle.standardError.write(Data("error: \(error)\n".utf8))
      Foundation.exit(2)
    } catch {
      let code = exitCode(for: error)
      guard code == .validationFailure else { exit(withError: error) }
      FileHandle.standardError.write(Data((fullMessage(for: error) + "\n").utf8))
      Foundation.exit(2)
    }
  }
}
