/// A driver's ring whose format is known at run time: one predictable branch a call.
public struct AnyDriverRing: DriverRing, ~Copyable {
  // Exactly one of the two is there. Not an enumeration: its payload can only be changed by moving it out and back.
  private var split: SplitDriverRing?
  private var packed: PackedDriverRing?

  /// Makes the ring empty; its memory may hold anything.
  ///
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    _ format: RingFormat, in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions
  ) throws(VirtioError) {
    switch format {
    case .split:
      split = try SplitDriverRing(in: memory, size: size, at: addresses, options: options)
      packed = nil
    case .packed:
      split = nil
      packed = try PackedDriverRing(in: memory, size: size, at: addresses, options: options)
    }
  }

  public mutating func add(
    _ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64? = nil
  ) throws(VirtioError) {
    if split != nil {
      try split!.add(buffers, readableCount: readableCount, token: token, table: table)
    } else {
      try packed!.add(buffers, readableCount: readableCount, token: token, table: table)
    }
  }

  public mutating func publish() -> Bool {
    if split != nil { split!.publish() } else { packed!.publish() }
  }

  public mutating func reap() throws(VirtioError) -> Completion? {
    if split != nil { try split!.reap() } else { try packed!.reap() }
  }

  public mutating func enableInterrupts() -> Bool {
    if split != nil { split!.enableInterrupts() } else { packed!.enableInterrupts() }
  }

  public mutating func disableInterrupts() {
    if split != nil { split!.disableInterrupts() } else { packed!.disableInterrupts() }
  }

  public var notificationPosition: UInt16 {
    split.borrow { $0.notificationPosition } ?? packed.borrow { $0.notificationPosition }!
  }

  public var freeCount: Int { split.borrow { $0.freeCount } ?? packed.borrow { $0.freeCount }! }
}
