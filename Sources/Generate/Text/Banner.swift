import Model
import Wire

/// What every generated file says in its first lines.
enum Banner {
  /// What a file has that may be replaced.
  static let mark = "Generated; do not edit. Made by: ipsec-la generate"

  static func text(_ layout: Layout) -> String {
    "\(layout.title). \(layout.summary)\n\nGenerated; do not edit. Made by: \(command(layout))"
  }

  static func text(_ interface: Interface) -> String {
    "\(interface.title): \(interface.name) \(interface.version).\n\n\(mark)"
  }

  /// The command that makes the files again.
  static func command(_ layout: Layout) -> String {
    let device = layout.identity.ownDeviceID == nil ? "" : " --device-id \(layout.identity.deviceID)"
    return "ipsec-la generate --spec-version \(layout.version)\(device)"
  }
}
