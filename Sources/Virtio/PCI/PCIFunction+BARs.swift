/// What of the common configuration belongs to the transport alone.
struct CommonSelectors {
  var deviceFeatureSelect: UInt32 = 0
  var driverFeatureSelect: UInt32 = 0
  var queueSelect: UInt16 = 0
  var configurationVector: UInt16 = DeviceQueue.noVector
}

extension PCIFunction {
  /// Reads 1, 2 or 4 bytes of a BAR; 0 where nothing answers.
  public func readBAR(_ bar: Int, at offset: Int, byteCount: Int) -> UInt32 {
    switch (bar, offset) {
    case (Self.msixBAR, pendingOffset...): return msix.readPending(at: offset - pendingOffset)
    case (Self.msixBAR, _): return msix.read(at: offset)
    case (Self.virtioBAR, Self.isrOffset):
      defer { isr = [] }
      return UInt32(isr.rawValue)
    case (Self.virtioBAR, Self.deviceOffset..<Self.notifyOffset):
      return UInt32(device.readConfiguration(at: offset - Self.deviceOffset, byteCount: byteCount))
    case (Self.virtioBAR, ..<Self.isrOffset):
      guard let register = CommonRegister(rawValue: offset), register.byteCount == byteCount else { return 0 }
      return readCommon(register)
    default: return 0
    }
  }

  /// Writes 1, 2 or 4 bytes of a BAR; ignored where nothing answers.
  public func writeBAR(_ bar: Int, at offset: Int, byteCount: Int, _ value: UInt32) {
    switch (bar, offset) {
    case (Self.msixBAR, ..<pendingOffset):
      msix.write(at: offset, value)
      sendUnmasked()
    case (Self.virtioBAR, Self.deviceOffset..<Self.notifyOffset):
      device.writeConfiguration(at: offset - Self.deviceOffset, byteCount: byteCount, UInt64(value))
    case (Self.virtioBAR, Self.notifyOffset..<Self.notifyOffset + notifyByteCount):
      notify(value)
    case (Self.virtioBAR, ..<Self.isrOffset):
      guard let register = CommonRegister(rawValue: offset), register.byteCount == byteCount else { return }
      writeCommon(register, value)
    default: break
    }
  }

  /// A notification names its queue by what is written, wherever in the structure it is written to.
  private func notify(_ value: UInt32) {
    let data = UInt16(truncatingIfNeeded: value)
    let base = device.accepted.contains(.notificationConfigData) ? profile.notificationDataBase : 0
    device.notify(Int(data &- base))
  }

  // MARK: Common configuration

  private var queue: DeviceQueue? { device.queue(Int(common.queueSelect)) }

  private func readCommon(_ register: CommonRegister) -> UInt32 {
    switch register {
    case .deviceFeatureSelect: common.deviceFeatureSelect
    case .deviceFeature: device.offered.word(common.deviceFeatureSelect)
    case .driverFeatureSelect: common.driverFeatureSelect
    case .driverFeature: device.accepted.word(common.driverFeatureSelect)
    case .configurationVector: UInt32(common.configurationVector)
    case .queueCount: UInt32(device.queues.count)
    case .status: UInt32(device.status.rawValue)
    case .configurationGeneration: device.readGeneration() & 0xff
    case .queueSelect: UInt32(common.queueSelect)
    case .queueSize: UInt32(queue?.size ?? 0)
    case .queueVector: UInt32(queue?.vector ?? DeviceQueue.noVector)
    case .queueEnable: queue?.isEnabled == true ? 1 : 0
    case .queueNotifyOffset: UInt32(queue?.index ?? 0)
    case .queueDescriptorsLow: queue?.addresses.descriptors.low ?? 0
    case .queueDescriptorsHigh: queue?.addresses.descriptors.high ?? 0
    case .queueDriverLow: queue?.addresses.driver.low ?? 0
    case .queueDriverHigh: queue?.addresses.driver.high ?? 0
    case .queueDeviceLow: queue?.addresses.device.low ?? 0
    case .queueDeviceHigh: queue?.addresses.device.high ?? 0
    case .queueNotificationData: UInt32(profile.notificationDataBase &+ common.queueSelect)
    case .queueReset: queue?.isResetting == true ? 1 : 0
    case .adminQueueIndex, .adminQueueCount: 0
    }
  }

  private func writeCommon(_ register: CommonRegister, _ value: UInt32) {
    switch register {
    case .deviceFeatureSelect: common.deviceFeatureSelect = value
    case .driverFeatureSelect: common.driverFeatureSelect = value
    case .driverFeature: device.writeFeatures(word: common.driverFeatureSelect, value)
    case .configurationVector: common.configurationVector = mapped(value)
    case .status: device.writeStatus(UInt8(truncatingIfNeeded: value))
    case .queueSelect: common.queueSelect = UInt16(truncatingIfNeeded: value)
    case .queueSize: queue?.configure { $0.size = Int(value) }
    case .queueVector: queue?.vector = mapped(value)
    case .queueEnable: if value == 1 { queue?.enable() }
    case .queueDescriptorsLow: queue?.configure { $0.addresses.descriptors.low = value }
    case .queueDescriptorsHigh: queue?.configure { $0.addresses.descriptors.high = value }
    case .queueDriverLow: queue?.configure { $0.addresses.driver.low = value }
    case .queueDriverHigh: queue?.configure { $0.addresses.driver.high = value }
    case .queueDeviceLow: queue?.configure { $0.addresses.device.low = value }
    case .queueDeviceHigh: queue?.configure { $0.addresses.device.high = value }
    case .queueReset: if value == 1, let queue { device.reset(queue) }
    default: break
    }
  }

  /// The vector that an event gets for the asking: NO_VECTOR where it cannot be had.
  private func mapped(_ value: UInt32) -> UInt16 {
    let vector = UInt16(truncatingIfNeeded: value)
    return vector < msix.entries.count && profile.mapsVector(vector) ? vector : DeviceQueue.noVector
  }
}

/// The bus's path to a BAR: all ones, and nothing written, while memory space is off.
public final class PCIWindow: RegisterWindow {
  private let function: PCIFunction
  private let bar: Int

  public init(_ function: PCIFunction, bar: Int) {
    self.function = function
    self.bar = bar
  }

  public func read(at offset: Int, byteCount: Int) -> UInt32 {
    function.isMemoryEnabled ? function.readBAR(bar, at: offset, byteCount: byteCount) : .max
  }

  public func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    if function.isMemoryEnabled { function.writeBAR(bar, at: offset, byteCount: byteCount, value) }
  }
}
