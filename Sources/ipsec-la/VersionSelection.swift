import ArgumentParser
import Model
import Spec
import Wire

/// The options by which a command is told of which device it is to speak.
struct VersionSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface: \(names), or all.", valueName: "version"))
  var specVersion = "all"

  @Option(help: ArgumentHelp("Virtio device ID instead of the version's own.", valueName: "number"))
  var deviceId: Int?

  private static let names = Spec.all.map { "\($0.version)" }.joined(separator: ", ")

  /// The layouts that were asked for.
  ///
  /// - Throws: `CommandError.usage` for an unknown version or an impossible device ID.
  func layouts() throws(CommandError) -> [Layout] {
    let chosen = specVersion == "all" ? Spec.all : Spec.all.filter { "\($0.version)" == specVersion }
    guard !chosen.isEmpty else {
      throw .usage("--spec-version: there is no version '\(specVersion)'; there are \(Self.names)")
    }
    if let deviceId, !(1...0xffff).contains(deviceId) {
      throw .usage("--device-id: \(deviceId) is not between 1 and 65535")
    }
    return chosen.map { definition in
      var layout = Layout(definition)
      if let deviceId { layout.identity.deviceID = deviceId }
      return layout
    }
  }

  /// The command that brings files up to date with the same selection.
  func repairingCommand(output: String) -> String {
    var words = ["ipsec-la", "generate"]
    if specVersion != "all" { words += ["--spec-version", specVersion] }
    if let deviceId { words += ["--device-id", "\(deviceId)"] }
    if output != "gen" { words += ["--output", output] }
    return words.joined(separator: " ")
  }
}

/// What ends a command early, in one line.
enum CommandError: Error, CustomStringConvertible {
  /// The command line or an input is wrong.
  case usage(String)
  /// A file could not be read or written.
  case file(path: String, reason: String)

  var description: String {
    switch self {
    case .usage(let text): text
    case .file(let path, let reason): "\(path): \(reason)"
    }
  }
}
