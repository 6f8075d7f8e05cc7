import Model

/// Fills structures as a sender may: reserved bytes as its version's rules have them, something else behind.
struct StructureFiller {
  let index: LayoutIndex
  /// Whether to write small numbers that a person can follow, and zeros behind.
  let isPlain: Bool
  /// The range of bits to set of an integer that has it; nil for all.
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
    let all = UInt64.max >> UInt64(64 - 8 * min(8, field.width))
    switch field.type {
    case .reserved: return index.checksReserved || isPlain ? 0 : any(all, &random)
    case .number:
      let range = field.range
      return min(range.most, max(range.least, any(max(1, range.most), &random)))
    case .structure: return any(all, &random)
    case .code(let name):
      let codes = (index.codes[name] ?? []).filter { $0 != 0 }.sorted()
      return (isPlain ? codes.last : codes.randomElement(using: &random)) ?? any(all, &random)
    case .bits(let name): return index.bitLayouts[name].map { bits(of: $0, all, &random) } ?? any(all, &random)
    }
  }

  /// Every range in use, as large as it gets or random, and what is left of the integer.
  private func bits(of layout: Layout.BitLayout, _ all: UInt64, _ random: inout SplitMix) -> UInt64 {
    if let range = only.flatMap(layout.used) { return largest(range) }
    let used = layout.ranges.used.reduce(0) { value, range in
      value | (isPlain ? largest(range) : some(range, &random))
    }
    return index.checksReserved || isPlain ? used : used | UInt64.random(in: 0...all, using: &random) & layout.unused
  }

  private func largest(_ range: Layout.BitRange) -> UInt64 {
    index.largest(range).map { $0 << UInt64(range.low) } ?? range.mask
  }

  private func some(_ range: Layout.BitRange, _ random: inout SplitMix) -> UInt64 {
    let code = range.enumeration.flatMap { index.codes[$0]?.sorted().randomElement(using: &random) }
    let any = UInt64.random(in: 0...(index.largest(range) ?? range.mask >> UInt64(range.low)), using: &random)
    return (code ?? any) << UInt64(range.low) & range.mask
  }

  /// A number from 1 up to the largest.
  private mutating func any(_ largest: UInt64, _ random: inout SplitMix) -> UInt64 {
    guard isPlain else { return UInt64.random(in: 1...largest, using: &random) }
    plain += 1
    return 1 + plain % largest
  }
}
