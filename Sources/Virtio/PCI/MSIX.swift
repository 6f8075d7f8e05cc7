/// The MSI-X table with its masks and pending bits (PCI Local Bus 3.0, 6.8.2).
///
///     table entry  address le64 @0, data le32 @8, vector control le32 @12 (bit 0: masked)
struct MSIX {
  struct Entry: Equatable {
    var address: UInt64 = 0
    var data: UInt32 = 0
    var isMasked = true
  }

  static let entryByteCount = 16

  private(set) var entries: [Entry]
  private(set) var pending: [Bool]
  var isEnabled = false
  var isFunctionMasked = false
  /// Whether the function may write to memory, which is what a message is.
  var isBusMaster = false

  init(vectors: Int) {
    entries = Array(repeating: Entry(), count: vectors)
    pending = Array(repeating: false, count: vectors)
  }

  /// Wants to send vector `index`; the message to send now, if nothing holds it back.
  mutating func raise(_ index: Int) -> Entry? {
    guard isEnabled, entries.indices.contains(index) else { return nil }
    pending[index] = !isBusMaster || isFunctionMasked || entries[index].isMasked
    return pending[index] ? nil : entries[index]
  }

  /// The messages that nothing holds back any more.
  mutating func takeUnmasked() -> [Entry] {
    guard isEnabled, isBusMaster, !isFunctionMasked else { return [] }
    var messages: [Entry] = []
    for index in entries.indices where pending[index] && !entries[index].isMasked {
      pending[index] = false
      messages.append(entries[index])
    }
    return messages
  }

  func read(at offset: Int) -> UInt32 {
    guard entries.indices.contains(offset / Self.entryByteCount) else { return 0 }
    let entry = entries[offset / Self.entryByteCount]
    switch offset % Self.entryByteCount {
    case 0: return entry.address.low
    case 4: return entry.address.high
    case 8: return entry.data
    default: return entry.isMasked ? 1 : 0
    }
  }

  mutating func write(at offset: Int, _ value: UInt32) {
    let index = offset / Self.entryByteCount
    guard entries.indices.contains(index) else { return }
    switch offset % Self.entryByteCount {
    case 0: entries[index].address.low = value & ~3
    case 4: entries[index].address.high = value
    case 8: entries[index].data = value
    default: entries[index].isMasked = value & 1 == 1
    }
  }

  /// 32 pending bits, from bit 8 * `offset` on.
  func readPending(at offset: Int) -> UInt32 {
    (0..<32).reduce(0) { bits, bit in
      let index = offset * 8 + bit
      return pending.indices.contains(index) && pending[index] ? bits | 1 << UInt32(bit) : bits
    }
  }
}
