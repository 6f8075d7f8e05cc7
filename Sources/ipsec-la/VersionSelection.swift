import ArgumentParser
import Model
import Spec
import Wire

/// The options by which a command is told of which device it is to speak.
struct VersionSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface: \(KnownVersions.names), or all.", valueName: "version"))
  var specVersion = "all"

  @Option(help: ArgumentHelp("Virtio device ID instead of the version's own.", valueName: "number"))
  var deviceId: Int?

  /// The layouts that were asked for.
  ///
  /// - Throws: `CommandError` for an unknown version or an impossible device ID.
  func layouts() throws(CommandError) -> [Layout] {
    try KnownVersions.layouts(specVersion == "all" ? nil : specVersion, deviceID: deviceId)
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

/// The options of a command that speaks of one version.
struct SingleVersionSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface: \(KnownVersions.names).", valueName: "version"))
  var specVersion = "\(Spec.all[Spec.all.count - 1].version)"

  @Option(help: ArgumentHelp("Virtio device ID instead of the version's own.", valueName: "number"))
  var deviceId: Int?

  /// The layout that was asked for.
  ///
  /// - Throws: `CommandError` for an unknown version or an impossible device ID.
  func layout() throws(CommandError) -> Layout {
    try KnownVersions.layouts(specVersion, deviceID: deviceId)[0]
  }
}

/// The versions that `Spec` defines, as a user names them.
private enum KnownVersions {
  static let names = Spec.all.map { "\($0.version)" }.joined(separator: ", ")

  /// The layout of one version, or of each.
  static func layouts(_ version: String?, deviceID: Int?) throws(CommandError) -> [Layout] {
    let chosen = version.map { name in Spec.all.filter { "\($0.version)" == name } } ?? Spec.all
    guard !chosen.isEmpty else {
      throw CommandError("--spec-version: there is no version '\(version ?? "")'; there are \(names)")
    }
    if let deviceID, !(1...0xffff).contains(deviceID) {
      throw CommandError("--device-id: \(deviceID) is not between 1 and 65535")
    }
    return chosen.map { definition in
      var layout = Layout(definition)
      if let deviceID {
        layout.identity.deviceID = deviceID
        // What is known to be wrong with the version's own ID says nothing about another.
        layout.errata.removeAll { $0.place == "identity" }
      }
      return layout
    }
  }
}
