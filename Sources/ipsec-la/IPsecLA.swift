import ArgumentParser
@preconcurrency import Foundation

@main
struct IPsecLA: ParsableCommand {
  /// The program's; those of the interface are in `Spec.all`.
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "ipsec-la",
    abstract: "The virtio-ipsec-la device: its definition, and what is made from it.",
    discussion: """
      The interface of the device is written down once, in Swift. From there come the C headers that kernel and QEMU \
      builds take, the reference that a person reads, and the simulation of the device.
      """,
    version: "ipsec-la \(version), of virtio-ipsec-la \(KnownVersions.names)",
    subcommands: [
      GenerateCommand.self, LintCommand.self, ShowCommand.self, DiffCommand.self, ESPCommand.self,
      SimulateCommand.self, PlatformCommand.self, TreeCommand.self, ServeCommand.self, Bench.self, Fuzz.self,
    ])

  /// Runs the command; an error is one line, and bad usage, a bad file or output that is lost exits with 2.
  static func main() {
    var status = runToStatus()
    let hasFlushed = fflush(nil) == 0
    // A buffer that was full on the way has failed long since.
    if !hasFlushed || ferror(stdout) != 0 {
      report("error: standard output: \(String(cString: strerror(errno)))")
      status = 2
    }
    Foundation.exit(status)
  }

  private static func runToStatus() -> Int32 {
    do {
      var command = try parseAsRoot()
      try command.run()
      return 0
    } catch let error as CommandError {
      report("error: \(error)")
      return 2
    } catch {
      let (code, message) = (exitCode(for: error), fullMessage(for: error))
      if code == .success { print(message) } else if !message.isEmpty { report(message) }
      return code == .validationFailure ? 2 : code.rawValue
    }
  }

  private static func report(_ line: String) {
    FileHandle.standardError.write(Data("\(line)\n".utf8))
  }
}
