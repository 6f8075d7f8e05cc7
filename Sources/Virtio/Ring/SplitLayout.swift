/// Where things stand in a split virtqueue of `size` entries.
///
///     descriptor table  16·size bytes, aligned to 16
///     available ring    flags @0, idx @2, ring le16[size] @4, used_event @4+2·size; aligned to 2
///     used ring         flags @0, idx @2, ring {id le32, len le32}[size] @4, avail_event @4+8·size; aligned to 4
struct SplitLayout {
  let size: Int

  /// Entry number of a free-running index.
  @inline(__always) func slot(_ index: UInt16) -> Int { Int(index) & (size - 1) }

  static let flags = 0
  static let index = 2
  @inline(__always) func available(_ index: UInt16) -> Int { 4 + 2 * slot(index) }
  var usedEvent: Int { 4 + 2 * size }
  @inline(__always) func used(_ index: UInt16) -> Int { 4 + 8 * slot(index) }
  var availableEvent: Int { 4 + 8 * size }

  /// The three areas.
  ///
  /// - Throws: `VirtioError.badQueueSize` unless a power of two up to 32768, and what `RingArea` throws.
  static func areas(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses
  ) throws(VirtioError) -> (descriptors: RingArea, available: RingArea, used: RingArea) {
    guard (1...maximumQueueSize).contains(size), size & (size - 1) == 0 else { throw .badQueueSize(size) }
    let descriptors = try RingArea(in: memory, at: addresses.descriptors, byteCount: 16 * size, alignment: 16)
    let available = try RingArea(in: memory, at: addresses.driver, byteCount: 6 + 2 * size, alignment: 2)
    let used = try RingArea(in: memory, at: addresses.device, byteCount: 6 + 8 * size, alignment: 4)
    guard !descriptors.overlaps(available), !descriptors.overlaps(used), !available.overlaps(used) else {
      throw .overlappingRings
    }
    return (descriptors, available, used)
  }
}

/// Whether an index that moves from `old` to `new` passes `event` (VIRTIO 1.4, `vring_need_event`).
@inline(__always)
func passes(event: UInt16, from old: UInt16, to new: UInt16) -> Bool {
  new &- event &- 1 < new &- old
}
