/// Where things stand in a packed virtqueue of `size` descriptors.
///
///     descriptor ring           PackedDescriptor[size], aligned to 16
///     driver event suppression  PackedEvent, aligned to 4
///     device event suppression  the same
struct PackedLayout {
  let size: Int

  /// Offset of a slot in the ring.
  @inline(__always) func slot(_ slot: Int) -> Int { slot &* PackedDescriptor.byteCount }

  /// Size of the descriptor ring in bytes.
  var descriptorByteCount: Int { slot(size) }

  /// The three areas.
  ///
  /// - Throws: `VirtioError.badQueueSize` unless 1 to 32768, and what `RingArea` throws.
  static func areas(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses
  ) throws(VirtioError) -> (descriptors: RingArea, driver: RingArea, device: RingArea) {
    guard (1...maximumQueueSize).contains(size) else { throw .badQueueSize(size) }
    let layout = PackedLayout(size: size)
    let descriptors = try RingArea(
      in: memory, at: addresses.descriptors, byteCount: layout.descriptorByteCount, alignment: 16)
    let driver = try RingArea(in: memory, at: addresses.driver, byteCount: PackedEvent.byteCount, alignment: 4)
    let device = try RingArea(in: memory, at: addresses.device, byteCount: PackedEvent.byteCount, alignment: 4)
    guard !descriptors.overlaps(driver), !descriptors.overlaps(device), !driver.overlaps(device) else {
      throw .overlappingRings
    }
    return (descriptors, driver, device)
  }
}
