import Synchronization
import Wire

/// Where the device stands in a packed ring, kept in memory that outlives it: the ring itself does not tell a device
/// that comes after one that died how many slots a used descriptor stands for.
///
/// The new position is written before a used descriptor's flags, and again as the old one after them; so whoever finds
/// two positions looks at the flags to know which holds.
package struct UsedJournal {
  private let next: UnsafeMutablePointer<Atomic<UInt16>>
  private let used: UnsafeMutablePointer<Atomic<UInt16>>

  /// Size in bytes.
  package static let byteCount = 4

  /// - Parameter base: aligned to 2; what is there stays as it is.
  package init(at base: UnsafeMutableRawPointer) {
    next = base.assumingMemoryBound(to: Atomic<UInt16>.self)
    used = next + 1
  }

  /// Starts anew.
  package func reset(to position: RingState) {
    used.pointee.store(position.usedPosition.encoded, ordering: .releasing)
    next.pointee.store(position.usedPosition.encoded, ordering: .releasing)
  }

  @inline(__always)
  func begin(_ position: PackedPosition) { next.pointee.store(position.encoded, ordering: .releasing) }

  @inline(__always)
  func end(_ position: PackedPosition) { used.pointee.store(position.encoded, ordering: .releasing) }

  /// Where a device goes on after one that died: at the first descriptor that was not used.
  ///
  /// - Throws: `VirtioError` where what was kept names no slot of the ring.
  package func recover(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses
  ) throws(VirtioError) -> RingState {
    let (old, new) = (used.pointee.load(ordering: .acquiring), next.pointee.load(ordering: .acquiring))
    var position = PackedPosition(encoded: old)
    guard position.slot < size else { throw .badQueueSize(size) }
    if new != old {
      let slot = PackedLayout(size: size).slot(position.slot)
      let flags = DescriptorFlags(
        rawValue: try memory.read(
          UInt16.self, address: addresses.descriptors + UInt64(slot + PackedDescriptor().flags.offset)))
      // What is used may be available again, one turn of the ring later.
      if !position.isAvailable(flags) { position = PackedPosition(encoded: new) }
    }
    var state = RingState()
    (state.nextAvailable, state.availableWrap) = (UInt16(position.slot), position.wrap)
    (state.nextUsed, state.usedWrap) = (UInt16(position.slot), position.wrap)
    return state
  }
}

extension RingState {
  fileprivate var usedPosition: PackedPosition { PackedPosition(slot: Int(nextUsed), wrap: usedWrap) }
}

extension PackedPosition {
  fileprivate init(encoded: UInt16) { self.init(slot: Int(encoded & 0x7fff), wrap: encoded & 0x8000 != 0) }
}
