/// A virtqueue as the driver uses it.
public protocol DriverRing: ~Copyable {
  /// Writes a chain into the ring: the first `readableCount` buffers are device-readable, the rest device-writable.
  ///
  /// The device sees it after `publish` at the latest.
  ///
  /// - Parameters:
  ///   - token: comes back with the completion.
  ///   - table: address of room for `16 * buffers.count` bytes, where the chain is to be an indirect one.
  /// - Throws: `VirtioError.ringFull`, `.badChainLength`, `.chainTooLarge`, `.indirectNotNegotiated`, `.outsideMemory`.
  mutating func add(_ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64?) throws(VirtioError)
  /// Shows the device what was added; true when it wants a notification.
  mutating func publish() -> Bool
  /// Takes the next used buffer; nil when there is none.
  ///
  /// - Throws: `VirtioError.badUsedElement` when the device's word cannot be true; the ring is unusable then.
  mutating func reap() throws(VirtioError) -> Completion?
  /// Asks the device for interrupts; true when used buffers wait already.
  mutating func enableInterrupts() -> Bool
  /// Asks the device for silence; it may interrupt all the same.
  mutating func disableInterrupts()
  /// Bits 16 to 31 of a notification with VIRTIO_F_NOTIFICATION_DATA: where the driver stands.
  var notificationPosition: UInt16 { get }
  /// Descriptors left.
  var freeCount: Int { get }
}

/// The most bytes of a chain, or what is wrong with it.
func checkedChain(_ buffers: Span<Buffer>, readableCount: Int, queueSize: Int) throws(VirtioError) -> Int {
  guard (1...queueSize).contains(buffers.count), (0...buffers.count).contains(readableCount) else {
    throw .badChainLength(buffers.count)
  }
  var (total, writable) = (0, 0)
  for index in buffers.indices {
    total += Int(buffers[index].byteCount)
    if index >= readableCount { writable += Int(buffers[index].byteCount) }
  }
  guard total <= Chain.byteLimit else { throw .chainTooLarge }
  return writable
}
