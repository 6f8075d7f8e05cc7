import Model

/// The structures that a part can refer to, as they were read.
struct ReadScope {
  private struct Binding {
    let bytes: ArraySlice<UInt8>
    let bigEndianGuest: Bool
  }

  private var bindings: [String: Binding] = [:]
  private var repetitions: [String: [Int: [String: Binding]]] = [:]

  mutating func bind(_ structure: String, _ bytes: ArraySlice<UInt8>, bigEndianGuest: Bool) {
    bindings[structure] = Binding(bytes: bytes, bigEndianGuest: bigEndianGuest)
  }

  func entering(_ repetition: String, _ turn: Int) -> ReadScope {
    var inner = self
    inner.bindings.merge(repetitions[repetition]?[turn] ?? [:]) { $1 }
    return inner
  }

  mutating func leave(_ repetition: String, _ turn: Int, _ inner: ReadScope) {
    repetitions[repetition, default: [:]][turn] = inner.bindings
  }

  /// The value behind a reference; 0 where there is none.
  func value(_ reference: Layout.Reference, _ index: LayoutIndex) -> UInt64 {
    guard let binding = bindings[reference.structure],
      let field = index.structures[reference.structure]?.field(reference.field), field.end <= binding.bytes.count
    else { return 0 }
    let value = field.value(in: binding.bytes, bigEndianGuest: binding.bigEndianGuest)
    guard let name = reference.bits else { return value }
    guard case .bits(let layout) = field.type,
      let bits = index.bitLayouts[layout]?.ranges.first(where: { $0.name == name })
    else { return 0 }
    return (value & bits.mask) >> UInt64(bits.low)
  }
}
