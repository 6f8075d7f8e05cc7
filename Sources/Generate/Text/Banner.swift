import Model

/// What every generated file says in its first lines.
enum Banner {
  static func text(_ layout: Layout) -> String {
    "\(layout.title). \(layout.summary)\n\nGenerated; do not edit. Made by: \(command(layout))"
  }

  /// The command that makes the files again.
  static func command(_ layout: Layout) -> String {
    let device = layout.identity.ownDeviceID == nil ? "" : " --device-id \(layout.identity.deviceID)"
    return "ipsec-la generate --spec-version \(layout.version)\(device)"
  }
}
