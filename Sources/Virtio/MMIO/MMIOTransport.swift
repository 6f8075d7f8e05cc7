/// The MMIO transport, version 2, as a register file (VIRTIO 1.4, Virtio Over MMIO).
public final class MMIOTransport: RegisterWindow, InterruptSink {
  public let device: VirtioDevice
  private unowned let interrupts: any InterruptController

  private var deviceFeaturesSelect: UInt32 = 0
  private var driverFeaturesSelect: UInt32 = 0
  private var queueSelect: UInt32 = 0
  private(set) var causes: InterruptCauses = []

  /// What needs PCI is not offered.
  public static let carried = FeatureSet.common.subtracting(.notificationConfigData)

  public init(
    _ profile: DeviceProfile, in memory: GuestMemory, interrupts: any InterruptController, function: any DeviceFunction
  ) {
    self.interrupts = interrupts
    device = VirtioDevice(profile, in: memory, carried: Self.carried, function: function)
    device.transport = self
    device.resetTransport = { [unowned self] in
      (deviceFeaturesSelect, driverFeaturesSelect, queueSelect) = (0, 0, 0)
      setCauses([])
    }
  }

  private var queue: DeviceQueue? { device.queue(Int(queueSelect)) }

  // MARK: Registers

  /// Control registers answer to aligned 32-bit accesses only; anything else reads 0.
  public func read(at offset: Int, byteCount: Int) -> UInt32 {
    if offset >= MMIORegister.configuration {
      return UInt32(device.readConfiguration(at: offset - MMIORegister.configuration, byteCount: byteCount))
    }
    guard byteCount == 4, let register = MMIORegister(rawValue: offset) else { return 0 }
    switch register {
    case .magicValue: return MMIORegister.magic
    case .version: return 2
    case .deviceID: return UInt32(device.profile.deviceID)
    case .vendorID: return device.profile.vendorID
    case .deviceFeatures: return device.offered.word(deviceFeaturesSelect)
    case .queueSizeMaximum: return UInt32(queue?.maximumSize ?? 0)
    case .queueReady: return queue?.isEnabled == true ? 1 : 0
    case .queueReset: return queue?.isResetting == true ? 1 : 0
    case .interruptStatus: return UInt32(causes.rawValue)
    case .status: return UInt32(device.status.rawValue)
    case .configurationGeneration: return device.readGeneration()
    case .sharedMemoryLengthLow, .sharedMemoryLengthHigh, .sharedMemoryBaseLow, .sharedMemoryBaseHigh: return .max
    default: return 0
    }
  }

  /// Control registers answer to aligned 32-bit accesses only; anything else is ignored.
  public func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    if offset >= MMIORegister.configuration {
      let start = offset - MMIORegister.configuration
      return device.writeConfiguration(at: start, byteCount: byteCount, UInt64(value))
    }
    guard byteCount == 4, let register = MMIORegister(rawValue: offset) else { return }
    switch register {
    case .deviceFeaturesSelect: deviceFeaturesSelect = value
    case .driverFeaturesSelect: driverFeaturesSelect = value
    case .driverFeatures: device.writeFeatures(word: driverFeaturesSelect, value)
    case .queueSelect: queueSelect = value
    case .queueSize: queue?.configure { $0.size = Int(value) }
    case .queueReady: if value & 1 == 1 { queue?.enable() } else { queue?.disable() }
    case .queueNotify: device.notify(Int(value & 0xffff))
    case .interruptAcknowledge: setCauses(causes.subtracting(InterruptCauses(rawValue: UInt8(truncatingIfNeeded: value))))
    case .status: device.writeStatus(UInt8(truncatingIfNeeded: value))
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

  // MARK: Interrupts

  public func queueInterrupt(_ queue: DeviceQueue) { setCauses(causes.union(.queue)) }
  public func configurationInterrupt() { setCauses(causes.union(.configuration)) }

  private func setCauses(_ new: InterruptCauses) {
    guard new != causes else { return }
    causes = new
    interrupts.setLine(!causes.isEmpty)
  }
}

extension UInt64 {
  /// The lower 32 bits.
  var low: UInt32 {
    get { UInt32(truncatingIfNeeded: self) }
    set { self = self & ~0xffff_ffff | UInt64(newValue) }
  }
  /// The upper 32 bits.
  var high: UInt32 {
    get { UInt32(truncatingIfNeeded: self >> 32) }
    set { self = self & 0xffff_ffff | UInt64(newValue) << 32 }
  }
}
