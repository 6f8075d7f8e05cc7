import Model

/// Fills structures as a sender may: reserved bytes as its version's rules have them, something else behind.
struct StructureFiller {
  let index: LayoutIndex
  /// Whether to write small numbers that a person can follow, and zeros behind.
  let isPlain: Bool
  /// The bits to set of an integer that has them; nil for all.
  let only: String?
  let bigEndianGuest: Bool
  private var plain: UInt64 = 0

  init(index: LayoutIndex, isPlain: Bool, only: String?, bigEndianGuest: Bool) {
    self.index = index
    self.isPlain = isPlain
    self.only = only
    self.bigEndianGuest = bigEndianGuest
  }

  mutating func filled(_ structure: Layout.Structure, room: Int, _ random: inout SplitMix) -> [UInt8] {
    var bytes = (0..<room).map { _ in isPlain ? 0 : UInt8.random(in: 1...255, using: &random) }
    for field in structure.fields {
      for element in 0..<(field.count ?? 1) {
        let value = value(of: field, &random)
        field.set(value, in: &bytes, at: 0, element: element, bigEndianGuest: bigEndianGuest)
      }
    }
    return bytes
  }

  private mutating func value(of field: Layout.Field, _ random: inout SplitMix) -> UInt64 {
    let any = any(.max >> UInt64(64 - 8 * min(8, field.width)), &random)
    switch field.type {
    case .reserved: return index.checksReserved || isPlain ? 0 : any
    case .number, .structure: return any
    case .code(let name):
      let codes = (index.codes[name] ?? []).filter { $0 != 0 }.sorted()
      return (isPlain ? codes.last : codes.randomElement(using: &random)) ?? any
    case .bits(let name):
      if let range = only.flatMap({ index.bitLayouts[name]?.used($0) }) { return range.mask }
      let unused = index.bitLayouts[name]?.unused ?? 0
      if isPlain { return ~unused & (.max >> UInt64(64 - 8 * min(8, field.width))) }
      return index.checksReserved ? any & ~unused : any
    }
  }

  /// A number from 1 up to the largest.
  private mutating func any(_ largest: UInt64, _ random: inout SplitMix) -> UInt64 {
    guard isPlain else { return UInt64.random(in: 1...largest, using: &random) }
    plain += 1
    return 1 + plain % largest
  }
}
