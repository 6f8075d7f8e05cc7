/// The kernel's memory for packets of applications and their results: what came back is used again, and not given to
/// the kernel before nobody has the accelerator open (`struct kmem_cache`).
final class PacketMemory {
  private let kernel: Kernel
  private let owner: String
  /// What nobody uses, by the power of two of its bytes.
  @exclusivity(unchecked) private var idle: [[UInt64]] = Array(repeating: [], count: 32)
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
    if let address = idle[order].popLast() { return address }
    return try kernel.allocate(1 << order, for: owner)
  }

  func giveBack(_ address: UInt64, _ byteCount: Int) {
    if let recent { idle[recent.order].append(recent.address) }
    recent = (Self.order(byteCount), address)
  }

  /// Gives the kernel back what nobody uses.
  func shrink() {
    if let recent = recent.take() { kernel.free(recent.address) }
    for order in idle.indices {
      for address in idle[order] { kernel.free(address) }
      idle[order] = []
    }
  }

  private static func order(_ byteCount: Int) -> Int { Int.bitWidth - (byteCount - 1).leadingZeroBitCount }
}
