import ArgumentParser
import Model
import Spec
import Wire

/// The options by which a command is told of which device it is to speak.
struct VersionSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface: \(KnownVersions.names), or all.", valueName: "version"))
  var specVersion = "all"

  @Option(parsing: .unconditional, help: DeviceID.help)
  var deviceId: DeviceID?

  /// The layouts that were asked for.
  ///
  /// - Throws: `CommandError` for an unknown version.
  func layouts() throws(CommandError) -> [Layout] {
    try KnownVersions.layouts(isAll ? nil : specVersion, deviceID: deviceId?.number)
  }

  /// Whether no version was named.
  var isAll: Bool { specVersion == "all" }

  /// The command that brings files up to date with the same selection.
  func repairingCommand(output: String) -> String {
    var words = ["ipsec-la", "generate"]
    if !isAll { words += ["--spec-version", specVersion] }
    if let deviceId { words += ["--device-id", "\(deviceId.number)"] }
    if output != "gen" { words.append("--output=\(output)".shellQuoted) }
    return words.joined(separator: " ")
  }
}

/// The options of a command that speaks of one version.
struct SingleVersionSelection: ParsableArguments {
  @Option(help: ArgumentHelp("Version of the interface: \(KnownVersions.names).", valueName: "version"))
  var specVersion = "\(Spec.all[Spec.all.count - 1].version)"

  @Option(parsing: .unconditional, help: DeviceID.help)
  var deviceId: DeviceID?

  /// The layout that was asked for.
  ///
  /// - Throws: `CommandError` for an unknown version.
  func layout() throws(CommandError) -> Layout {
    try KnownVersions.layouts(specVersion, deviceID: deviceId?.number)[0]
  }
}

/// The versions that `Spec` defines, as a user names them.
enum KnownVersions {
  static let names = Spec.all.map { "\($0.version)" }.joined(separator: ", ")

  /// The layout of one version, or of each.
  static func layouts(_ version: String?, deviceID: Int?) throws(CommandError) -> [Layout] {
    let chosen = version.map { name in Spec.all.filter { "\($0.version)" == name } } ?? Spec.all
    guard !chosen.isEmpty else {
      throw CommandError("--spec-version: there is no version '\(version ?? "")'; there are \(names)")
    }
    return chosen.map { definition in
      let layout = Layout(definition)
      return deviceID.map(layout.withDeviceID) ?? layout
    }
  }
}

/// A virtio device ID on the command line.
struct DeviceID: ExpressibleByArgument {
  static let help = ArgumentHelp(
    "Virtio device ID instead of the version's own: 1 to 65535, decimal or 0x….", valueName: "number")

  let number: Int

  init?(argument: String) {
    let digits = argument.lowercased()
    let number = digits.hasPrefix("0x") ? Int(digits.dropFirst(2), radix: 16) : Int(digits)
    guard let number, (1...0xffff).contains(number) else { return nil }
    self.number = number
  }
}
