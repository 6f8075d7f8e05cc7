/// Where things stand in a split virtqueue of `size` entries.
///
///     descriptor table  SplitDescriptor[size], aligned to 16
///     available ring    SplitRingHeader, le16[size], used_event; aligned to 2
///     used ring         SplitRingHeader, SplitUsedElement[size], avail_event; aligned to 4
struct SplitLayout {
  let size: Int

  /// Entry number of a free-running index.
  @inline(__always) func slot(_ index: UInt16) -> Int { Int(index) & (size - 1) }

  @inline(__always) func available(_ index: UInt16) -> Int { SplitRingHeader.byteCount + 2 * slot(index) }
  var usedEvent: Int { SplitRingHeader.byteCount + 2 * size }
  @inline(__always) func used(_ index: UInt16) -> Int {
    SplitRingHeader.byteCount + SplitUsedElement.byteCount * slot(index)
  }
  var availableEvent: Int { SplitRingHeader.byteCount + SplitUsedElement.byteCount * size }

  /// Sizes of the three areas in bytes.
  var descriptorByteCount: Int { SplitDescriptor.byteCount * size }
  var availableByteCount: Int { usedEvent + 2 }
  var usedByteCount: Int { availableEvent + 2 }

  /// The three areas.
  ///
  /// - Throws: `VirtioError.badQueueSize` unless a power of two up to 32768, and what `RingArea` throws.
  static func areas(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses
  ) throws(VirtioError) -> (descriptors: RingArea, available: RingArea, used: RingArea) {
    guard (1...maximumQueueSize).contains(size), size & (size - 1) == 0 else { throw .badQueueSize(size) }
    let layout = SplitLayout(size: size)
    let descriptors = try RingArea(
      in: memory, at: addresses.descriptors, byteCount: layout.descriptorByteCount, alignment: 16)
    let available = try RingArea(in: memory, at: addresses.driver, byteCount: layout.availableByteCount, alignment: 2)
    let used = try RingArea(in: memory, at: addresses.device, byteCount: layout.usedByteCount, alignment: 4)
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
