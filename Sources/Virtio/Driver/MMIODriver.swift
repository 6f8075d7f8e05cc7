import Wire

/// The MMIO transport as the driver uses it (VIRTIO 1.4, MMIO-specific Initialization And Device Operation).
public final class MMIODriver: DriverTransport {
  private let window: any RegisterWindow
  public let deviceID: UInt16
  /// Size in bytes of the window, from the device tree.
  private let byteCount: Int

  public var carried: FeatureSet { FeatureSet.mmio }

  /// Identifies the device; nil for a placeholder without one (device ID 0), which is no error.
  ///
  /// - Throws: `VirtioError.badDevice` for a wrong magic value or version.
  public init?(_ window: any RegisterWindow, byteCount: Int = 0x200) throws(VirtioError) {
    guard window.read(\MMIORegisters.magicValue) == MMIORegisters.magic else {
      throw .badDevice("no virtio MMIO magic value")
    }
    let version = window.read(\MMIORegisters.version)
    guard version == 2 else { throw .badDevice("virtio MMIO version \(version)") }
    let deviceID = window.read(\MMIORegisters.deviceID)
    if deviceID == 0 { return nil }
    self.window = window
    self.deviceID = UInt16(truncatingIfNeeded: deviceID)
    self.byteCount = byteCount
  }

  // Offsets of the registers that packets touch; looked up once.
  private let doorbell = MMIORegisters().queueNotify.offset
  private let interruptStatus = MMIORegisters().interruptStatus.offset
  private let interruptAcknowledge = MMIORegisters().interruptAcknowledge.offset

  private func read(_ register: KeyPath<MMIORegisters, Field<UInt32>>) -> UInt32 { window.read(register) }
  private func write<Value>(_ register: KeyPath<MMIORegisters, Field<Value>>, _ value: Value) {
    window.write(register, value)
  }

  // MARK: Negotiation

  public func readStatus() -> DeviceStatus { DeviceStatus(rawValue: UInt8(truncatingIfNeeded: read(\.status))) }
  public func writeStatus(_ status: DeviceStatus) { write(\.status, UInt32(status.rawValue)) }

  public func readFeatures() -> FeatureSet {
    var features: FeatureSet = []
    for word in 0..<UInt32(4) {
      write(\.deviceFeaturesSelect, word)
      features.setWord(word, read(\.deviceFeatures))
    }
    return features
  }

  public func writeFeatures(_ features: FeatureSet) {
    for word in 0..<UInt32(4) {
      write(\.driverFeaturesSelect, word)
      write(\.driverFeatures, features.word(word))
    }
  }

  // MARK: Queues

  public func maximumSize(ofQueue index: Int) -> Int {
    write(\.queueSelect, UInt32(index))
    return read(\.queueReady) == 0 ? Int(read(\.queueSizeMaximum)) : 0
  }

  public func setUpQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    write(\.queueSelect, UInt32(index))
    write(\.queueSize, UInt32(size))
    write(\.queueDescriptors, addresses.descriptors)
    write(\.queueDriver, addresses.driver)
    write(\.queueDevice, addresses.device)
    write(\.queueReady, 1)
  }

  public func enableQueues(_ indices: Range<Int>) {}

  /// Stops a queue without VIRTIO_F_RING_RESET, and waits until the device has.
  public func stopQueue(_ index: Int) throws(VirtioError) {
    write(\.queueSelect, UInt32(index))
    write(\.queueReady, 0)
    try poll("a queue to stop") { read(\.queueReady) == 0 }
  }

  public func startQueueReset(_ index: Int) {
    write(\.queueSelect, UInt32(index))
    write(\.queueReset, 1)
  }

  public func isQueueResetDone(_ index: Int) -> Bool {
    write(\.queueSelect, UInt32(index))
    return read(\.queueReset) == 0
  }

  public func notify(queue index: Int, position: UInt16?) {
    window.write(at: doorbell, byteCount: 4, UInt32(index) | UInt32(position ?? 0) << 16)
  }

  // MARK: Configuration and interrupts

  public var configurationByteCount: Int { byteCount - MMIORegisters.byteCount }
  public func readGeneration() -> UInt32 { read(\.configurationGeneration) }

  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    window.read(at: MMIORegisters.byteCount + offset, byteCount: byteCount)
  }

  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    window.write(at: MMIORegisters.byteCount + offset, byteCount: byteCount, value)
  }

  public func takeInterruptCauses() -> InterruptCauses {
    let status = window.read(at: interruptStatus, byteCount: 4)
    let causes = InterruptCauses(rawValue: UInt8(truncatingIfNeeded: status)).intersection([.queue, .configuration])
    if !causes.isEmpty { window.write(at: interruptAcknowledge, byteCount: 4, UInt32(causes.rawValue)) }
    return causes
  }
}
