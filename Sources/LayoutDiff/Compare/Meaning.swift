import Model

/// What a side makes of an integer: a number, a code, bits.
struct Meaning {
  let type: Layout.FieldType
  let index: LayoutIndex

  init(_ type: Layout.FieldType, _ index: LayoutIndex) {
    self.type = type
    self.index = index
  }

  /// What bits within an integer mean.
  init(_ range: Layout.BitRange, _ index: LayoutIndex) {
    self.init(range.enumeration.map { .code(enumeration: $0) } ?? .number, index)
  }

  /// Whether the receiver takes something that is sent for something else; a number is taken as it is.
  ///
  /// Of the same enumeration or bit layout, what differs within is found there.
  func isLost(on receiver: Meaning) -> Bool {
    switch (type, receiver.type) {
    case (.reserved, _), (.structure, _), (_, .number), (_, .reserved), (_, .structure): return false
    case (.code(let ours), .code(let theirs)):
      let values = index.codes[ours] ?? []
      return ours != theirs
        && (values.isEmpty || values.contains { index.name($0, ours) != receiver.index.name($0, theirs) })
    case (.bits(let ours), .bits(let theirs)):
      guard ours != theirs, let sent = index.bitLayouts[ours], let read = receiver.index.bitLayouts[theirs] else {
        return false
      }
      let stray = index.checksReserved ? 0 : sent.unused
      return sent.ranges.used.contains { !$0.isSame(as: read.used($0.name)) }
        || read.ranges.used.contains { sent.used($0.name) == nil && $0.mask & stray != 0 }
    case (_, .code), (_, .bits): return true
    }
  }

  /// Values that a sender may write to an integer of so many bytes, each of another meaning.
  func samples(width: Int) -> [UInt64] {
    let all = UInt64.max >> UInt64(64 - 8 * min(8, width))
    switch type {
    case .code(let name):
      let codes = (index.codes[name] ?? []).sorted()
      return codes.isEmpty ? [1, all] : codes
    case .bits(let name):
      guard let bits = index.bitLayouts[name] else { return [] }
      return bits.ranges.used.map(\.mask) + (index.checksReserved ? [] : [bits.unused]) + [all & ~bits.unused]
    case .number, .reserved, .structure: return [1, all]
    }
  }

  /// What the receiver takes a value for that is meant as something else; nil if it understands.
  func misunderstanding(of value: UInt64, by receiver: Meaning) -> (meant: String, taken: String)? {
    let (meant, taken) = (text(value), receiver.text(value))
    switch (type, receiver.type) {
    case (.code(let ours), .code(let theirs)): return ours == theirs || meant == taken ? nil : (meant, taken)
    case (.bits(let ours), .bits(let theirs)): return ours == theirs || meant == taken ? nil : (meant, taken)
    case (_, .code), (_, .bits): return (meant, taken)
    case (_, .number), (_, .reserved), (_, .structure): return nil
    }
  }

  /// A value in the side's own words.
  private func text(_ value: UInt64) -> String {
    switch type {
    case .number, .reserved, .structure: return "the number \(value)"
    case .code(let name): return index.name(value, name) ?? "\(value), which it does not know"
    case .bits(let name):
      let set = (index.bitLayouts[name]?.ranges.used ?? []).filter { $0.mask & value != 0 }
      return set.isEmpty
        ? "no bits that it knows"
        : set.map { "\($0.name) \((value & $0.mask) >> UInt64($0.low))" }.sorted().joined(separator: ", ")
    }
  }
}

extension Layout.BitRange {
  /// Whether another range of the same name is in the same place.
  fileprivate func isSame(as other: Layout.BitRange?) -> Bool { low == other?.low && width == other?.width }
}
