/// A driver's ring whose format is known at run time: one predictable branch a call.
public struct AnyDriverRing: DriverRing, ~Copyable {
  // Exactly one of the two is there, and is used where it stands: in an optional or an enumeration, much that is asked
  // of a ring would copy the whole of it.
  private let split: UnsafeMutablePointer<SplitDriverRing>?
  private let packed: UnsafeMutablePointer<PackedDriverRing>?

  /// Makes the ring empty; its memory may hold anything.
  ///
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    _ format: RingFormat, in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions
  ) throws(VirtioError) {
    switch format {
    case .split:
      let ring = try SplitDriverRing(in: memory, size: size, at: addresses, options: options)
      (split, packed) = (.allocate(capacity: 1), nil)
      split!.initialize(to: ring)
    case .packed:
      let ring = try PackedDriverRing(in: memory, size: size, at: addresses, options: options)
      (split, packed) = (nil, .allocate(capacity: 1))
      packed!.initialize(to: ring)
    }
  }

  deinit {
    split?.deinitialize(count: 1)
    split?.deallocate()
    packed?.deinitialize(count: 1)
    packed?.deallocate()
  }

  public mutating func add(
    _ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64? = nil
  ) throws(VirtioError) {
    if let split {
      try split.pointee.add(buffers, readableCount: readableCount, token: token, table: table)
    } else {
      try packed!.pointee.add(buffers, readableCount: readableCount, token: token, table: table)
    }
  }

  public mutating func publish() -> Bool {
    if let split { split.pointee.publish() } else { packed!.pointee.publish() }
  }

  public mutating func reap() throws(VirtioError) -> Completion? {
    if let split { try split.pointee.reap() } else { try packed!.pointee.reap() }
  }

  public mutating func enableInterrupts() -> Bool {
    if let split { split.pointee.enableInterrupts() } else { packed!.pointee.enableInterrupts() }
  }

  public mutating func disableInterrupts() {
    if let split { split.pointee.disableInterrupts() } else { packed!.pointee.disableInterrupts() }
  }

  public var notificationPosition: UInt16 {
    if let split { split.pointee.notificationPosition } else { packed!.pointee.notificationPosition }
  }

  public var freeCount: Int { if let split { split.pointee.freeCount } else { packed!.pointee.freeCount } }
}
