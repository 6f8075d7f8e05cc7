import Wire

/// The MMIO transport, version 2, as a register file (VIRTIO 1.4, Virtio Over MMIO).
public final class MMIOTransport: RegisterWindow, InterruptSink {
  public let device: VirtioDevice
  private unowned let interrupts: any InterruptController

  var selectors = MMIOSelectors()
  private(set) var causes: InterruptCauses = []

  public init(
    _ profile: DeviceProfile, in memory: GuestMemory, interrupts: any InterruptController, function: any DeviceFunction
  ) {
    self.interrupts = interrupts
    device = VirtioDevice(profile, in: memory, carried: .mmio, function: function)
    device.transport = self
    device.resetTransport = { [unowned self] in
      selectors = MMIOSelectors()
      setCauses([])
    }
  }

  private var queue: DeviceQueue? { device.queue(Int(selectors.queue)) }

  // MARK: Registers

  /// Control registers answer to aligned 32-bit accesses only; anything else reads 0.
  public func read(at offset: Int, byteCount: Int) -> UInt32 {
    if offset >= MMIORegisters.byteCount {
      return device.readConfiguration(at: offset - MMIORegisters.byteCount, byteCount: byteCount)
    }
    let register = MMIORegisters()
    switch RegisterAccess(offset: offset, byteCount: byteCount) {
    case register.magicValue: return MMIORegisters.magic
    case register.version: return 2
    case register.deviceID: return UInt32(device.profile.deviceID)
    case register.vendorID: return device.profile.vendorID
    case register.deviceFeatures: return device.offered.word(selectors.deviceFeatures)
    case register.queueSizeMaximum: return UInt32(queue?.maximumSize ?? 0)
    case register.queueReady: return queue?.isEnabled == true ? 1 : 0
    case register.queueReset: return queue?.isResetting == true ? 1 : 0
    case register.interruptStatus: return UInt32(causes.rawValue)
    case register.status: return UInt32(device.status.rawValue)
    case register.configurationGeneration: return device.readGeneration()
    case register.sharedMemoryLength.low, register.sharedMemoryLength.high: return .max
    case register.sharedMemoryBase.low, register.sharedMemoryBase.high: return .max
    default: return 0
    }
  }

  /// Control registers answer to aligned 32-bit accesses only; anything else is ignored.
  public func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    if offset >= MMIORegisters.byteCount {
      let start = offset - MMIORegisters.byteCount
      return device.writeConfiguration(at: start, byteCount: byteCount, value)
    }
    let register = MMIORegisters(), access = RegisterAccess(offset: offset, byteCount: byteCount)
    // Every packet comes this way.
    if register.queueNotify ~= access { return device.notify(Int(value & 0xffff)) }
    let queue = device.isConfigurable ? queue : nil
    switch access {
    case register.deviceFeaturesSelect: selectors.deviceFeatures = value
    case register.driverFeaturesSelect: selectors.driverFeatures = value
    case register.driverFeatures: device.writeFeatures(word: selectors.driverFeatures, value)
    case register.queueSelect: selectors.queue = value
    case register.queueSize: queue?.configureWhileDisabled { $0.size = Int(value) }
    case register.queueReady: if value & 1 == 1 { queue?.enable() } else { queue?.disable() }
    case register.interruptAcknowledge:
      setCauses(causes.subtracting(InterruptCauses(rawValue: UInt8(truncatingIfNeeded: value))))
    case register.status: device.writeStatus(UInt8(truncatingIfNeeded: value))
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

  // MARK: Interrupts

  public func queueInterrupt(_ queue: DeviceQueue) { setCauses(causes.union(.queue)) }
  public func configurationInterrupt() { setCauses(causes.union(.configuration)) }

  func setCauses(_ new: InterruptCauses) {
    guard new != causes else { return }
    causes = new
    interrupts.setLine(!causes.isEmpty)
  }
}
