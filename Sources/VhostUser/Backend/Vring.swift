import Virtio

/// What the front end has said of one ring.
final class Vring {
  let index: Int
  /// Entries; nil until it is said.
  var size: Int?
  /// In the front end's address space; nil until they are said.
  var addresses: QueueAddresses?
  /// Where the device goes on when the ring runs; where it is while it does is the queue's to say.
  var position = RingState()
  /// The front end has given the ring a way to kick, or none at all: it may run.
  var isStarted = false
  var isEnabled = false
  /// What the guest kicks, an eventfd or a pipe; nil where the ring is to be looked at without.
  var kick: FileDescriptor? { didSet { isKickedByPipe = kick?.isPipe ?? false } }
  private(set) var isKickedByPipe = false
  /// An eventfd that interrupts the guest.
  var call: FileDescriptor?
  /// An eventfd that tells the front end of an error.
  var error: FileDescriptor?

  init(index: Int) { self.index = index }

  /// As it is after a reset; interrupts stay.
  func reset() {
    (size, addresses, position) = (nil, nil, RingState())
    (isStarted, isEnabled) = (false, false)
  }
}

/// A position as it travels: for a split ring, the next available entry; for a packed ring, slot and wrap counter of
/// the next available descriptor in the low half and of the next used one in the high half.
extension RingState {
  init(_ number: UInt32, _ format: RingFormat) {
    self.init()
    switch format {
    case .split:
      nextAvailable = UInt16(truncatingIfNeeded: number)
      nextUsed = nextAvailable
    case .packed:
      (nextAvailable, availableWrap) = (UInt16(number & 0x7fff), number >> 15 & 1 == 1)
      (nextUsed, usedWrap) = (UInt16(number >> 16 & 0x7fff), number >> 31 == 1)
    }
  }

  func number(_ format: RingFormat) -> UInt32 {
    switch format {
    case .split: UInt32(nextAvailable)
    case .packed:
      UInt32(nextAvailable) | (availableWrap ? 1 << 15 : 0) | UInt32(nextUsed) << 16 | (usedWrap ? 1 << 31 : 0)
    }
  }

  /// Whether a ring that stands here has not been used since it was made.
  var isFresh: Bool { self == RingState() }
}
