/// One virtqueue of a driver.
public final class DriverQueue {
  public let index: Int
  /// Size in entries.
  public let size: Int
  // Accesses do not overlap, and are not checked for it: what they call on the way, nothing but an observer of memory,
  // must not come back to the queue.
  @exclusivity(unchecked) private var ring: AnyDriverRing
  private let transport: any DriverTransport
  private let sendsPosition: Bool
  /// The device is suspended, or was reset: nothing may be made available.
  @exclusivity(unchecked) public internal(set) var isStopped = false

  init(index: Int, size: Int, ring: consuming AnyDriverRing, transport: any DriverTransport, sendsPosition: Bool) {
    self.index = index
    self.size = size
    self.ring = ring
    self.transport = transport
    self.sendsPosition = sendsPosition
  }

  /// Writes a chain into the ring: the first `readableCount` buffers are device-readable, the rest device-writable.
  ///
  /// - Parameters:
  ///   - token: comes back with the completion.
  ///   - table: address of room for `16 * buffers.count` bytes, where the chain is to be an indirect one.
  /// - Throws: `VirtioError`; `.ringFull` also while the queue is stopped.
  public func add(
    _ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64? = nil
  ) throws(VirtioError) {
    guard !isStopped else { throw .ringFull }
    try ring.add(buffers, readableCount: readableCount, token: token, table: table)
  }

  /// Shows the device what was added, and notifies it if it wants that; whether it was notified.
  @discardableResult
  public func kick() -> Bool {
    guard !isStopped, ring.publish() else { return false }
    transport.notify(queue: index, position: sendsPosition ? ring.notificationPosition : nil)
    return true
  }

  /// Takes the next used buffer; nil when there is none.
  ///
  /// - Throws: `VirtioError.badUsedElement`.
  public func reap() throws(VirtioError) -> Completion? { try ring.reap() }

  /// Asks the device for interrupts; true when used buffers wait already.
  public func enableInterrupts() -> Bool { ring.enableInterrupts() }
  /// Asks the device for silence.
  public func disableInterrupts() { ring.disableInterrupts() }
  /// Descriptors left.
  public var freeCount: Int { ring.freeCount }
}
