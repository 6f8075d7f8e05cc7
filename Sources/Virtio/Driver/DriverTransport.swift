/// A transport as the driver uses it: which registers to touch, in which order and width.
public protocol DriverTransport: AnyObject {
  /// Virtio device ID.
  var deviceID: UInt16 { get }
  /// Features for queues and negotiation that this transport can carry.
  var carried: FeatureSet { get }

  func readStatus() -> DeviceStatus
  func writeStatus(_ status: DeviceStatus)
  func readFeatures() -> FeatureSet
  /// Writes what the driver accepts; from then on queue registers that depend on it are used.
  func writeFeatures(_ features: FeatureSet)

  /// Largest size of a queue in entries; 0 for a queue that is not there, or is in use.
  func maximumSize(ofQueue index: Int) -> Int
  /// Writes a queue's registers; over MMIO, enables it, too.
  func setUpQueue(_ index: Int, size: Int, at addresses: QueueAddresses)
  /// Enables queues that are set up, as far as they are not; from here on only a reset goes back.
  func enableQueues(_ indices: Range<Int>)
  /// Asks to reset a queue; over when `isQueueResetDone`.
  func startQueueReset(_ index: Int)
  func isQueueResetDone(_ index: Int) -> Bool
  /// Notifies the device; `position` is where the driver stands, with VIRTIO_F_NOTIFICATION_DATA.
  func notify(queue index: Int, position: UInt16?)

  /// Reads 1, 2 or 4 bytes of the device-specific configuration, aligned.
  func readConfiguration(at offset: Int, byteCount: Int) -> UInt32
  /// Writes 1, 2 or 4 bytes of the device-specific configuration, aligned.
  func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32)
  /// Size in bytes of the device-specific configuration, as far as the transport tells.
  var configurationByteCount: Int { get }
  func readGeneration() -> UInt32
  /// The MSI-X vector of a queue; nil where interrupts come over a line.
  func vector(ofQueue index: Int) -> UInt16?
  /// Whether the device can be reached: one that is in another process can come back.
  var isConnected: Bool { get }
  /// What an interrupt without a vector of its own means; acknowledges it.
  func takeInterruptCauses() -> InterruptCauses
}

extension DriverTransport {
  public func vector(ofQueue index: Int) -> UInt16? { nil }
  public var isConnected: Bool { true }

  /// Writes a queue's registers, enables it last.
  public func enableQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    setUpQueue(index, size: size, at: addresses)
    enableQueues(index..<index + 1)
  }

  /// Reads fields that belong together, again and again until the device left them alone meanwhile.
  ///
  /// - Throws: `VirtioError.timeout` where the device never does.
  public func readConsistently<Value>(_ read: (Self) -> Value) throws(VirtioError) -> Value {
    try poll("a configuration that stays the same") {
      let generation = readGeneration()
      let value = read(self)
      return readGeneration() == generation ? value : nil
    }
  }

  /// Reads a 64-bit field in two halves that belong together.
  ///
  /// - Throws: `VirtioError.timeout` where the device changes them all the time.
  public func readConfiguration64(at offset: Int) throws(VirtioError) -> UInt64 {
    try readConsistently { transport in
      UInt64(transport.readConfiguration(at: offset, byteCount: 4))
        | UInt64(transport.readConfiguration(at: offset + 4, byteCount: 4)) << 32
    }
  }
}
