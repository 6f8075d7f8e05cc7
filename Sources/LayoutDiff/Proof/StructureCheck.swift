import Model

/// What a careful receiver looks for in a structure, and how two sides' fields compare.
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
          return
            "checks the reserved bits of \(structure.name).\(field.name) and finds \(hex(value, width: field.width))"
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

  /// The first field whose value does not arrive.
  static func difference(
    sent: Layout.Structure, by sender: (index: LayoutIndex, name: String), at sentStart: Int,
    read: Layout.Structure, by receiver: (index: LayoutIndex, name: String), at readStart: Int,
    in bytes: [UInt8], bigEndianGuest: Bool, only name: String? = nil, bits: String? = nil
  ) -> String? {
    for field in sent.fields where field.type != .reserved && (name == nil || name == field.name) {
      guard let other = read.field(field.name), other.type != .reserved else { continue }
      guard readStart + other.end <= bytes.count else {
        return
          "\(sender.name) writes \(field.name) at \(sentStart + field.offset), "
          + "\(receiver.name) reads it at \(readStart + other.offset), beyond the end"
      }
      let written = values(of: field, bytes, sentStart, bigEndianGuest)
      let found = values(of: other, bytes, readStart, bigEndianGuest)
      if let text = bitDifference(field, other, written[0], found[0], sender, receiver, only: bits) { return text }
      if bits != nil || (field.bits != nil && field.bits == other.bits) { continue }
      if written != found {
        let position = zip(written, found).enumerated().first { $1.0 != $1.1 }?.offset ?? 0
        let element = field.count == nil ? "" : "[\(position)]"
        let taken =
          written.count == found.count
          ? hex(found[position], width: 0)
          : "\(found.count * other.width) bytes instead of \(written.count * field.width)"
        let guest = bigEndianGuest && field.order != other.order ? " (big-endian guest)" : ""
        return """
          \(sender.name) writes \(field.name)\(element) at \(sentStart + field.offset + position * field.width), \
          \(receiver.name) reads it at \(readStart + other.offset + position * other.width): \
          \(hex(written[min(position, written.count - 1)], width: field.width)) → \
          \(taken)\(guest)
          """
      }
    }
    return nil
  }

  /// The first field in use that only one side has, unless reserved bytes that the receiver checks are there.
  static func unshared(
    sent: Layout.Structure, by sender: (index: LayoutIndex, name: String), at sentStart: Int,
    read: Layout.Structure, by receiver: (index: LayoutIndex, name: String), at readStart: Int,
    in bytes: [UInt8], bigEndianGuest: Bool, only name: String? = nil
  ) -> String? {
    for field in sent.fields where !field.isReserved && (name == nil || name == field.name) {
      let isChecked = receiver.index.checksReserved && read.covers(field, with: \.isReserved)
      guard read.used(field.name) == nil, !isChecked,
        field.isSet(in: bytes, at: sentStart)
      else { continue }
      let value = field.value(in: bytes[sentStart...], bigEndianGuest: bigEndianGuest)
      return """
        \(sender.name) writes \(field.name) at \(sentStart + field.offset), \(receiver.name) does not read it: \
        \(hex(value, width: field.width)) is lost
        """
    }
    for field in read.fields where !field.isReserved && (name == nil || name == field.name) {
      guard sent.used(field.name) == nil, readStart + field.end <= bytes.count,
        field.isSet(in: bytes, at: readStart)
      else { continue }
      let value = field.value(in: bytes[readStart...], bigEndianGuest: bigEndianGuest)
      return """
        \(sender.name) does not write \(field.name), \(receiver.name) reads it at \(readStart + field.offset): \
        \(hex(value, width: field.width)) out of something else
        """
    }
    return nil
  }

  private static func values(of field: Layout.Field, _ bytes: [UInt8], _ start: Int, _ bigEndianGuest: Bool) -> [UInt64]
  {
    (0..<(field.count ?? 1)).map { field.value(in: bytes[start...], element: $0, bigEndianGuest: bigEndianGuest) }
  }

  /// Bits that both sides describe and that do not arrive.
  private static func bitDifference(
    _ field: Layout.Field, _ other: Layout.Field, _ written: UInt64, _ found: UInt64,
    _ sender: (index: LayoutIndex, name: String), _ receiver: (index: LayoutIndex, name: String), only name: String?
  ) -> String? {
    guard let ours = field.bits.flatMap({ sender.index.bitLayouts[$0] }),
      let theirs = other.bits.flatMap({ receiver.index.bitLayouts[$0] })
    else { return nil }
    for range in ours.ranges where !range.isReserved && (name == nil || name == range.name) {
      guard let match = theirs.used(range.name) else { continue }
      let sent = (written & range.mask) >> UInt64(range.low)
      let read = (found & match.mask) >> UInt64(match.low)
      if sent != read {
        return """
          \(sender.name) writes \(field.name).\(range.name) in bits \(range.low)+\(range.width), \
          \(receiver.name) reads it in bits \(match.low)+\(match.width): \(hex(sent, width: 0)) → \(hex(read, width: 0))
          """
      }
    }
    return nil
  }
}

extension Layout.Field {
  /// Whether a byte of the field is not zero.
  func isSet(in bytes: [UInt8], at start: Int) -> Bool {
    bytes[start + offset..<start + end].contains { $0 != 0 }
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
