import Model

/// What a careful receiver looks for in a structure.
struct StructureCheck {
  let index: LayoutIndex
  let bigEndianGuest: Bool
  /// Whether to look at what is reserved.
  private let isStrict: Bool

  /// - Parameter isStrict: whether to look at what is reserved; nil for what the layout's own rules say.
  init(_ index: LayoutIndex, bigEndianGuest: Bool, isStrict: Bool? = nil) {
    self.index = index
    self.bigEndianGuest = bigEndianGuest
    self.isStrict = isStrict ?? index.checksReserved
  }

  /// The first reserved byte or bit that is not zero, where the interface has them checked.
  func reserved(_ structure: Layout.Structure, _ bytes: [UInt8], at start: Int) -> String? {
    guard isStrict else { return nil }
    for field in structure.fields {
      switch field.type {
      case .reserved:
        if let used = (start + field.offset..<start + field.end).first(where: { bytes[$0] != 0 }) {
          return "checks \(structure.name).\(field.name) and finds \(hex(UInt64(bytes[used]), width: 1)) at \(used)"
        }
      case .bits(let name):
        let mask = index.bitLayouts[name]?.unused ?? 0
        let value = field.value(in: bytes[start...], bigEndianGuest: bigEndianGuest)
        if value & mask != 0 {
          return """
            checks the reserved bits of \(structure.name).\(field.name) and finds \(hex(value, width: field.width)) at \
            \(start + field.offset)
            """
        }
      case .number, .code, .structure: break
      }
    }
    return nil
  }

  /// The first code that stands for nothing.
  func unknown(_ structure: Layout.Structure, _ bytes: [UInt8], at start: Int) -> String? {
    for field in structure.fields {
      if let text = unknown(field, of: structure.name, bytes, at: start) { return text }
    }
    return nil
  }

  /// What is wrong with the code in a field.
  func unknown(_ field: Layout.Field, of structure: String, _ bytes: [UInt8], at start: Int) -> String? {
    guard let codes = field.enumeration.flatMap({ index.codes[$0] }) else { return nil }
    let value = field.value(in: bytes[start...], bigEndianGuest: bigEndianGuest)
    return codes.contains(value) ? nil : "does not know \(value) in \(structure).\(field.name)"
  }

  /// What is wrong with a number in a field of a request.
  static func beyond(_ field: Layout.Field, _ value: UInt64) -> String? {
    if value < field.range.least { return "wants at least \(field.range.least)" }
    return value > field.range.most ? "wants at most \(field.range.most)" : nil
  }
}

extension Layout.Field {
  /// Whether a byte of the field is not zero.
  func isSet(in bytes: [UInt8], at start: Int) -> Bool {
    bytes[start + offset..<start + end].contains { $0 != 0 }
  }

  /// Its bytes and where they stand, for a counter-example: `0800 at 2`.
  func shown(in bytes: [UInt8]) -> String {
    let content = bytes[offset..<offset + width].map { hex(UInt64($0), width: 1) }.joined()
    return "\(content) at \(offset)"
  }

  /// The name of the field's bit layout.
  var bits: String? { if case .bits(let name) = type { name } else { nil } }

  /// The name of the field's enumeration.
  var enumeration: String? { if case .code(let name) = type { name } else { nil } }
}

extension Layout.BitLayout {
  /// The range of that name, if it is in use.
  func used(_ name: String) -> Layout.BitRange? { ranges.first { $0.name == name && !$0.isReserved } }

  /// Bits that are to be zero: the reserved ones, and those that nothing describes.
  var unused: UInt64 {
    let all: UInt64 = width >= 8 ? .max : (1 << UInt64(8 * width)) - 1
    return all & ~ranges.filter { !$0.isReserved }.reduce(0) { $0 | $1.mask }
  }
}

/// A number in hexadecimal with as many digits as `width` bytes have, or as few as it needs for 0.
func hex(_ value: UInt64, width: Int) -> String {
  let digits = String(value, radix: 16)
  return String(repeating: "0", count: max(0, 2 * width - digits.count)) + digits
}
