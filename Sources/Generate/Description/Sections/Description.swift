import Model

/// What there is to say about a layout, piece by piece; the reference has all of them, `show` the one asked for.
struct Description {
  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  var identity: [Block] {
    let identity = layout.identity
    return [
      .table(
        Table(
          ["what", .number("value"), "meaning"],
          [
            ["version", layout.version, "Version of the interface."],
            ["version register", identity.versionRegister.hex(8), "The version as `major << 24 | minor`."],
            ["virtio device ID", "\(identity.deviceID)", "Device type in virtio's numbering."],
            ["PCI vendor ID", identity.pciVendor.hex(4), "Vendor of every virtio device."],
            [
              "PCI device ID", identity.pciDevice?.hex(4) ?? "none",
              "\(identity.pciBase.hex(4).asCode) plus the virtio device ID, up to 63.",
            ],
          ]))
    ]
  }

  /// Where the values of a field are explained.
  func pointer(to type: Layout.FieldType) -> String {
    switch type {
    case .number, .reserved: ""
    case .code(let name): " Values: \(name.asCode)."
    case .bits(let name): " Bits: \(name.asCode)."
    case .structure(let name): " Fields: \(name.asCode)."
    }
  }

  /// A C name without the device's prefix.
  func short(_ name: String) -> String { layout.short(name) }
}

extension Layout.Order {
  /// The integer's type in virtio's words.
  func type(width: Int) -> String {
    guard width > 1 else { return "u8" }
    return switch self {
    case .little: "le\(8 * width)"
    case .big: "be\(8 * width)"
    case .guest: "virtio\(8 * width)"
    }
  }
}

extension Int {
  /// The number of bytes, in words.
  var asBytes: String { self == 1 ? "1 byte" : "\(self) bytes" }
}
