import Model

/// The names that C code gives to the parts of a layout.
///
/// With a namespace, every name carries the version, so that one C file can include several versions.
struct CNames {
  let layout: Layout
  let isNamespaced: Bool
  /// Limits of parts that C calls by name.
  let limits: [PartLimit]

  init(_ layout: Layout, namespaced: Bool = false) {
    self.layout = layout
    isNamespaced = namespaced
    limits = layout.partLimits
  }

  private var tag: String { "v" + layout.version.map { $0 == "." ? "_" : String($0) }.joined() }

  /// `virtio_ipsec` or `virtio_ipsec_v2_0`.
  var prefix: String { isNamespaced ? "\(layout.prefix)_\(tag)" : layout.prefix }

  /// A function, type or file: `virtio_ipsec_NAME`.
  func name(_ name: String) -> String { "\(prefix)_\(name)" }

  /// A structure with its keyword.
  func structure(_ name: String) -> String { "struct \(self.name(name))" }

  /// A macro given without its prefix.
  func macro(_ name: String) -> String { "\(prefix)_\(name)".uppercased() }

  /// The macro of a register's offset.
  func register(_ register: Layout.Register) -> String { macro("CFG_\(register.name)") }

  /// The macro of a range of bits, which `_SHIFT` and `_MASK` follow where it has more than one.
  func bits(_ bits: Layout.BitRange, of layout: Layout.BitLayout) -> String { macro("\(layout.name)_\(bits.name)") }

  /// The macro of a queue's index, or of a limit of the queues.
  func queue(_ name: String) -> String { macro("VQ_\(name)") }

  /// The limit of a part: by its name where it has one.
  func limit(_ part: String, _ bytes: Int) -> String {
    limits.first { $0.part == part && $0.bytes == bytes }.map { macro($0.macro) } ?? "\(bytes)"
  }

  /// The device ID's in virtio_ids.h.
  var deviceID: String { "VIRTIO_ID_" + prefix.uppercased().replacing("VIRTIO_", with: "") }

  /// A macro given with its published name, whose letters stay as they are.
  func published(_ name: String) -> String {
    guard isNamespaced, name.hasPrefix(layout.macroPrefix) else { return name }
    return prefix.uppercased() + "_" + name.dropFirst(layout.macroPrefix.count)
  }

  /// The type of a field's elements.
  func type(of field: Layout.Field) -> String {
    if case .structure(let name) = field.type { return structure(name) }
    if field.width == 1 { return "__u8" }
    return switch field.order {
    case .little: "__le\(8 * field.width)"
    case .big: "__be\(8 * field.width)"
    case .guest: "__virtio\(8 * field.width)"
    }
  }
}
