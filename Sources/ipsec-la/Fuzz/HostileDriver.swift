#if !LIBFUZZER
  import Virtio
#endif

/// Writes rings that are good enough to be looked at, and bad enough to do harm.
///
/// Memory is three regions, two adjacent and one behind a gap, each between pages that fault.
struct HostileDriver {
  static let queues: UInt64 = 0x1000
  static let tables: UInt64 = 0x4000
  static let pages: [UInt64] = [0x0000, 0x8000, 0x2_0000]
  static let pageByteCount = 0x8000

  let memory: GuestMemory
  private let format: RingFormat
  private let size: Int
  private let addresses: QueueAddresses
  private var availableIndex: UInt16 = 0

  init(_ format: RingFormat, size: Int, _ addresses: QueueAddresses) throws {
    self.format = format
    self.size = size
    self.addresses = addresses
    memory = try GuestMemory(regions: Self.pages.map { try MemoryRegion(at: $0, byteCount: Self.pageByteCount) })
  }

  /// An address that is likely to matter: in the ring, a table, a buffer, at a border, or nowhere.
  func place(_ input: inout FuzzInput) -> UInt64 {
    switch input.below(8) {
    case 0: Self.queues + UInt64(input.below(size) * 16 + input.below(2) * 8)
    case 1: addresses.driver + UInt64(input.below(8))
    case 2: Self.tables + UInt64(input.below(64) * 8)
    case 3: input.pick([0x7ff8, 0xfff8, 0x1_0000, 0x1_fff8, 0x2_7ff0, .max - 8, 0])
    case 4: input.word()
    default: 0x6000 + UInt64(input.below(256)) * 16
    }
  }

  /// The queue starts anew.
  mutating func restart() { availableIndex = 0 }

  /// Makes something available to a device that stands where `state` says.
  mutating func offer(_ state: RingState, _ input: inout FuzzInput) throws {
    for _ in 0..<input.below(4) {
      let flags = UInt16(input.pick([0, 1, 1, 1, 2, 3, 4, 5, 6]))
      try write(flags, link: UInt16(input.below(size + 2)), at: Self.tables + UInt64(input.below(16) * 16), &input)
    }
    switch format {
    case .split: try offerSplit(&input)
    case .packed: try offerPacked(state, &input)
    }
  }

  // MARK: Split

  /// Writes a few descriptors, and makes any of them a head.
  private mutating func offerSplit(_ input: inout FuzzInput) throws {
    for _ in 0..<1 + input.below(4) {
      let flags = UInt16(input.pick([0, 1, 1, 1, 2, 3, 4, 5, 6]))
      try write(flags, link: UInt16(input.below(size + 2)), at: Self.queues + UInt64(input.below(size) * 16), &input)
    }
    let slot = UInt64(Int(availableIndex) % size * 2)
    try memory.write(UInt16(input.below(size + (input.oneIn(16) ? 2 : 0))), address: addresses.driver + 4 + slot)
    availableIndex &+= 1
    if input.oneIn(64) { availableIndex = UInt16(truncatingIfNeeded: input.word()) }
    try memory.write(availableIndex, address: addresses.driver + 2)
  }

  // MARK: Packed

  /// Writes a few lists from where the device looks next, as far as there is room, mostly with the flags that make
  /// them available; now and then a descriptor anywhere.
  private func offerPacked(_ state: RingState, _ input: inout FuzzInput) throws {
    var (slot, wrap) = (Int(state.nextAvailable), state.availableWrap)
    let taken = slot - Int(state.nextUsed) + (wrap == state.usedWrap ? 0 : size)
    var free = input.oneIn(200) ? size : size - taken
    for _ in 0..<1 + input.below(3) where free > 0 {
      let count = 1 + input.below(min(free, 4))
      let id = UInt16(input.below(size))
      let readableCount = input.below(count + 1)
      for index in 0..<count {
        var flags: UInt16 = index < readableCount ? 0 : 2
        if index < count - 1 { flags |= 1 }
        if count == 1 && input.oneIn(3) { flags |= 4 }
        if input.oneIn(128) { flags ^= UInt16(input.pick([1, 2, 4, 0x80, 0x8000])) }
        try write(flags ^ (wrap ? 0x0080 : 0x8000), link: id, at: Self.queues + UInt64(slot * 16), &input)
        slot += 1
        if slot == size { (slot, wrap) = (0, !wrap) }
      }
      free -= count
    }
    guard input.oneIn(64) else { return }
    let flags = UInt16(truncatingIfNeeded: input.word())
    try write(flags, link: UInt16(input.below(size + 2)), at: Self.queues + UInt64(input.below(size) * 16), &input)
  }

  // MARK: Descriptors

  /// Writes a descriptor whose buffer is anywhere; now and then of any flags.
  private func write(_ flags: UInt16, link: UInt16, at address: UInt64, _ input: inout FuzzInput) throws {
    let flags = input.oneIn(200) ? UInt16(truncatingIfNeeded: input.word()) : flags
    let isTable = flags & 4 != 0
    let target = isTable ? Self.tables : input.oneIn(4) ? place(&input) : 0x6000 + UInt64(input.below(256)) * 16
    let units = isTable ? 1 + input.below(4) : input.below(64)
    let count = UInt32(truncatingIfNeeded: input.oneIn(16) ? input.word() : UInt64(units * (isTable ? 16 : 4)))
    try memory.write(target, address: address)
    try memory.write(count, address: address + 8)
    try memory.write(format == .split ? flags : link, address: address + 12)
    try memory.write(format == .split ? link : flags, address: address + 14)
  }
}
