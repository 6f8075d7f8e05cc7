import Wire

/// The MSI-X table with its masks and pending bits (PCI Local Bus 3.0, 6.8.2).
struct MSIX: Codable {
  struct Entry: Equatable, Codable {
    var address: UInt64 = 0
    var data: UInt32 = 0
    var isMasked = true
  }

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

  /// The entry that an access touches, and where within.
  private func place(of offset: Int, _ byteCount: Int) -> (entry: Int, access: RegisterAccess)? {
    let (entry, rest) = offset.quotientAndRemainder(dividingBy: MSIXEntry.byteCount)
    return entries.indices.contains(entry) ? (entry, RegisterAccess(offset: rest, byteCount: byteCount)) : nil
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    guard let (index, access) = place(of: offset, byteCount) else { return 0 }
    let register = MSIXEntry()
    switch access {
    case register.address.low: return entries[index].address.low
    case register.address.high: return entries[index].address.high
    case register.data: return entries[index].data
    case register.control: return entries[index].isMasked ? 1 : 0
    default: return 0
    }
  }

  mutating func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    guard let (index, access) = place(of: offset, byteCount) else { return }
    let register = MSIXEntry()
    switch access {
    case register.address.low: entries[index].address.low = value & ~3
    case register.address.high: entries[index].address.high = value
    case register.data: entries[index].data = value
    case register.control: entries[index].isMasked = value & 1 == 1
    default: break
    }
  }

  /// What was held back is forgotten.
  mutating func clearPending() {
    for index in pending.indices { pending[index] = false }
  }

  /// 32 pending bits, from bit 8 * `offset` on; like the table, they answer to aligned 32-bit accesses only.
  func readPending(at offset: Int, byteCount: Int) -> UInt32 {
    guard byteCount == 4, offset % 4 == 0 else { return 0 }
    return (0..<32).reduce(0) { bits, bit in
      let index = offset * 8 + bit
      return pending.indices.contains(index) && pending[index] ? bits | 1 << UInt32(bit) : bits
    }
  }

  /// Takes over table and pending bits; whether the sizes agree.
  mutating func restore(_ saved: Self) -> Bool {
    guard saved.entries.count == entries.count, saved.pending.count == pending.count else { return false }
    (entries, pending) = (saved.entries, saved.pending)
    return true
  }
}
