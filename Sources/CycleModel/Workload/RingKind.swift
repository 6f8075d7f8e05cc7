/// What kind of virtqueue it is, as far as time and the bus can tell.
///
/// IN_ORDER makes no difference: one used element may stand for several chains only where the device filled all the
/// room of those before the last (VIRTIO 1.4, In-order use of descriptors), which a packet seldom does.
public struct RingKind: Sendable, Hashable {
  public var isPacked: Bool
  /// Whether either side names the position at which it wants to be notified (VIRTIO_F_EVENT_IDX).
  public var hasEventIndex: Bool

  public init(isPacked: Bool = false, hasEventIndex: Bool = true) {
    self.isPacked = isPacked
    self.hasEventIndex = hasEventIndex
  }

  /// Whether a side can say by a flag that it wants silence. In a split ring with EVENT_IDX it cannot: a position
  /// stands while it works (VIRTIO 1.4, Available and Used Buffer Notification Suppression).
  var hasSilence: Bool { isPacked || !hasEventIndex }

  /// Bytes that the device reads of each chain besides its descriptors: an entry of the available ring (VIRTIO 1.4, The
  /// Virtqueue Available Ring); a packed ring has nothing but descriptors.
  var availableBytes: UInt64 { isPacked ? 0 : 2 }

  /// Bytes that the device writes to use so many chains: an element of 8 bytes for each and the index (VIRTIO 1.4, The
  /// Virtqueue Used Ring), or a descriptor each (VIRTIO 1.4, Packed Virtqueues).
  func usedBytes(_ chains: UInt64) -> UInt64 { isPacked ? chains * 16 : chains * 8 + 2 }
}
