import Wire

extension PCIFunction {
  /// Reads 1, 2 or 4 bytes of a BAR; 0 where nothing answers.
  public func readBAR(_ bar: Int, at offset: Int, byteCount: Int) -> UInt32 {
    switch (bar, offset) {
    case (Self.msixBAR, pendingOffset...): return msix.readPending(at: offset - pendingOffset, byteCount: byteCount)
    case (Self.msixBAR, _): return msix.read(at: offset, byteCount: byteCount)
    case (Self.virtioBAR, Self.isrOffset):
      defer { isr = [] }
      return UInt32(isr.rawValue)
    case (Self.virtioBAR, Self.deviceOffset..<Self.notifyOffset):
      return device.readConfiguration(at: offset - Self.deviceOffset, byteCount: byteCount)
    case (Self.virtioBAR, ..<Self.isrOffset):
      return readCommon(RegisterAccess(offset: offset, byteCount: byteCount))
    default: return 0
    }
  }

  /// Writes 1, 2 or 4 bytes of a BAR; ignored where nothing answers.
  public func writeBAR(_ bar: Int, at offset: Int, byteCount: Int, _ value: UInt32) {
    switch (bar, offset) {
    case (Self.msixBAR, ..<pendingOffset):
      msix.write(at: offset, byteCount: byteCount, value)
      sendUnmasked()
    case (Self.virtioBAR, Self.deviceOffset..<Self.notifyOffset):
      device.writeConfiguration(at: offset - Self.deviceOffset, byteCount: byteCount, value)
    case (Self.virtioBAR, Self.notifyOffset..<Self.notifyOffset + notifyByteCount):
      notify(value)
    case (Self.virtioBAR, ..<Self.isrOffset):
      writeCommon(RegisterAccess(offset: offset, byteCount: byteCount), value)
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

  private func readCommon(_ access: RegisterAccess) -> UInt32 {
    let register = CommonConfiguration()
    return switch access {
    case register.deviceFeatureSelect: common.deviceFeatureSelect
    case register.deviceFeature: device.offered.word(common.deviceFeatureSelect)
    case register.driverFeatureSelect: common.driverFeatureSelect
    case register.driverFeature: device.accepted.word(common.driverFeatureSelect)
    case register.configurationVector: UInt32(common.configurationVector)
    case register.queueCount: UInt32(device.queues.count)
    case register.status: UInt32(device.status.rawValue)
    case register.configurationGeneration: device.readGeneration() & 0xff
    case register.queueSelect: UInt32(common.queueSelect)
    case register.queueSize: UInt32(queue?.size ?? 0)
    case register.queueVector: UInt32(queue?.vector ?? DeviceQueue.noVector)
    case register.queueEnable: queue?.isEnabled == true ? 1 : 0
    case register.queueNotifyOffset: UInt32(queue?.index ?? 0)
    case register.queueDescriptors.low: queue?.addresses.descriptors.low ?? 0
    case register.queueDescriptors.high: queue?.addresses.descriptors.high ?? 0
    case register.queueDriver.low: queue?.addresses.driver.low ?? 0
    case register.queueDriver.high: queue?.addresses.driver.high ?? 0
    case register.queueDevice.low: queue?.addresses.device.low ?? 0
    case register.queueDevice.high: queue?.addresses.device.high ?? 0
    case register.queueNotificationData: UInt32(profile.notificationDataBase &+ common.queueSelect)
    case register.queueReset: queue?.isResetting == true ? 1 : 0
    default: 0
    }
  }

  private func writeCommon(_ access: RegisterAccess, _ value: UInt32) {
    let register = CommonConfiguration()
    let queue = device.isConfigurable ? queue : nil
    switch access {
    case register.deviceFeatureSelect: common.deviceFeatureSelect = value
    case register.driverFeatureSelect: common.driverFeatureSelect = value
    case register.driverFeature: device.writeFeatures(word: common.driverFeatureSelect, value)
    case register.configurationVector: if device.isConfigurable { common.configurationVector = mapped(value) }
    case register.status: device.writeStatus(UInt8(truncatingIfNeeded: value))
    case register.queueSelect: common.queueSelect = UInt16(truncatingIfNeeded: value)
    case register.queueSize: queue?.configureWhileDisabled { $0.size = Int(value) }
    case register.queueVector: queue?.vector = mapped(value)
    case register.queueEnable: if value == 1 { queue?.enable() }
    case register.queueDescriptors.low: queue?.configureWhileDisabled { $0.addresses.descriptors.low = value }
    case register.queueDescriptors.high: queue?.configureWhileDisabled { $0.addresses.descriptors.high = value }
    case register.queueDriver.low: queue?.configureWhileDisabled { $0.addresses.driver.low = value }
    case register.queueDriver.high: queue?.configureWhileDisabled { $0.addresses.driver.high = value }
    case register.queueDevice.low: queue?.configureWhileDisabled { $0.addresses.device.low = value }
    case register.queueDevice.high: queue?.configureWhileDisabled { $0.addresses.device.high = value }
    case register.queueReset: if value == 1, let queue { device.reset(queue) }
    default: break
    }
  }

  /// The vector that an event gets for the asking: NO_VECTOR where it cannot be had.
  func mapped(_ value: UInt32) -> UInt16 {
    let vector = UInt16(truncatingIfNeeded: value)
    return vector < msix.entries.count && profile.mapsVector(vector) ? vector : DeviceQueue.noVector
  }
}
