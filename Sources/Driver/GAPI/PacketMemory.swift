/// The kernel's memory for packets of applications and their results: what came back is used again, and not given to
/// the kernel before nobody has the accelerator open (`struct kmem_cache`).
final class PacketMemory {
  private let kernel: Kernel
  private let owner: String
  /// What nobody uses, by the power of two of its bytes.
  @exclusivity(unchecked) private var idle = InlineArray<32, Stack> { _ in Stack() }
  /// What was given back last, and is in the processor's cache.
  @exclusivity(unchecked) private var recent: (order: Int, address: UInt64)?

  init(_ kernel: Kernel, for owner: String) {
    self.kernel = kernel
    self.owner = owner
  }

  /// - Throws: `DriverError`, ENOMEM.
  func take(_ byteCount: Int) throws(DriverError) -> UInt64 {
    let order = Self.order(byteCount)
    if let recent, recent.order == order {
      self.recent = nil
      return recent.address
    }
    if let address = idle[order].pop() { return address }
    return try kernel.allocate(1 << order, for: owner)
  }

  func giveBack(_ address: UInt64, _ byteCount: Int) {
    if let recent { idle[recent.order].push(recent.address) }
    recent = (Self.order(byteCount), address)
  }

  /// Gives the kernel back what nobody uses.
  func shrink() {
    if let recent = recent.take() { kernel.free(recent.address) }
    for order in idle.indices {
      while let address = idle[order].pop() { kernel.free(address) }
    }
  }

  private static func order(_ byteCount: Int) -> Int { Int.bitWidth - (byteCount - 1).leadingZeroBitCount }
}

/// Addresses, the last in front.
private struct Stack: ~Copyable {
  private var room = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 16)
  private var count = 0

  deinit { room.deallocate() }

  mutating func push(_ address: UInt64) {
    if count == room.count { grow() }
    room[count] = address
    count += 1
  }

  mutating func pop() -> UInt64? {
    guard count > 0 else { return nil }
    count -= 1
    return room[count]
  }

  private mutating func grow() {
    let larger = UnsafeMutableBufferPointer<UInt64>.allocate(capacity: 2 * room.count)
    _ = larger.update(fromContentsOf: room)
    room.deallocate()
    room = larger
  }
}
