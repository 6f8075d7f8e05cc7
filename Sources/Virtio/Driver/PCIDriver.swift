/// The PCI transport as the driver uses it (VIRTIO 1.4, PCI-specific Initialization And Device Operation).
public final class PCIDriver: DriverTransport {
  private let space: any RegisterWindow
  private let window: any RegisterWindow
  private let notifyWindow: any RegisterWindow
  private let isrWindow: any RegisterWindow
  private let deviceWindow: (any RegisterWindow)?
  private let bars: (Int) -> any RegisterWindow
  private let common: PCIStructure
  private let notify: PCIStructure
  private let isr: PCIStructure
  private let configuration: PCIStructure?
  private let notifyMultiplier: Int
  private let msixCapability: Int?

  public let deviceID: UInt16
  public var carried: FeatureSet { PCIFunction.carried }
  private var features: FeatureSet = []
  /// Where, and with which data, each queue is notified.
  private var notifications: [Int: (offset: Int, data: UInt16)] = [:]
  /// The vectors asked for; empty where interrupts come over the line.
  private var vectorCount = 0

  /// Finds the structures and switches the device's memory and bus mastering on.
  ///
  /// - Parameters:
  ///   - space: the function's configuration space.
  ///   - bars: the window of each BAR.
  /// - Throws: `VirtioError.badDevice` for a device that is not virtio, or not a modern one.
  public init(space: any RegisterWindow, bars: @escaping (Int) -> any RegisterWindow) throws(VirtioError) {
    let vendor = UInt16(truncatingIfNeeded: space.read(at: PCIRegister.vendorID, byteCount: 2))
    let device = UInt16(truncatingIfNeeded: space.read(at: PCIRegister.deviceID, byteCount: 2))
    guard let deviceID = Self.deviceID(vendor: vendor, device: device) else {
      throw .badDevice("PCI ID \(hex(vendor)):\(hex(device)) is not a virtio device")
    }
    let capabilities = PCICapabilities(of: space)
    common = try capabilities.require(.common, byteCount: 0x38)
    notify = try capabilities.require(.notify, byteCount: 2)
    isr = try capabilities.require(.isr, byteCount: 1)
    configuration = capabilities.structures[.device]
    msixCapability = capabilities.msix
    notifyMultiplier = Int(space.read(at: notify.capability + VirtioCapability.extra, byteCount: 4))
    self.deviceID = deviceID
    self.space = space
    self.bars = bars
    window = bars(common.bar)
    notifyWindow = bars(notify.bar)
    isrWindow = bars(isr.bar)
    deviceWindow = configuration.map { bars($0.bar) }
    let command = space.read(at: PCIRegister.command, byteCount: 2)
    space.write(at: PCIRegister.command, byteCount: 2, command | PCIRegister.memorySpace | PCIRegister.busMaster)
  }

  /// The virtio device ID behind PCI IDs, modern or transitional; nil for any other device.
  public static func deviceID(vendor: UInt16, device: UInt16) -> UInt16? {
    guard vendor == PCIProfile.vendorID else { return nil }
    switch device {
    case 0x1040...0x107f: return device - PCIProfile.deviceIDBase
    case 0x1000: return 1
    case 0x1001: return 2
    case 0x1002: return 5
    case 0x1003: return 3
    case 0x1004: return 8
    case 0x1005: return 4
    case 0x1009: return 9
    default: return nil
    }
  }

  private func read(_ register: CommonRegister) -> UInt32 {
    window.read(at: common.offset + register.rawValue, byteCount: register.byteCount)
  }

  private func write(_ register: CommonRegister, _ value: UInt32) {
    window.write(at: common.offset + register.rawValue, byteCount: register.byteCount, value)
  }

  // MARK: Negotiation

  public func readStatus() -> DeviceStatus { DeviceStatus(rawValue: UInt8(truncatingIfNeeded: read(.status))) }
  public func writeStatus(_ status: DeviceStatus) { write(.status, UInt32(status.rawValue)) }

  public func readFeatures() -> FeatureSet {
    var features: FeatureSet = []
    for word in 0..<UInt32(4) {
      write(.deviceFeatureSelect, word)
      features.setWord(word, read(.deviceFeature))
    }
    return features
  }

  public func writeFeatures(_ features: FeatureSet) {
    for word in 0..<UInt32(4) {
      write(.driverFeatureSelect, word)
      write(.driverFeature, features.word(word))
    }
    self.features = features
  }

  // MARK: Queues

  public func maximumSize(ofQueue index: Int) -> Int {
    write(.queueSelect, UInt32(index))
    return Int(read(.queueSize))
  }

  public func enableQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    write(.queueSelect, UInt32(index))
    write(.queueSize, UInt32(size))
    write(.queueDescriptorsLow, addresses.descriptors.low)
    write(.queueDescriptorsHigh, addresses.descriptors.high)
    write(.queueDriverLow, addresses.driver.low)
    write(.queueDriverHigh, addresses.driver.high)
    write(.queueDeviceLow, addresses.device.low)
    write(.queueDeviceHigh, addresses.device.high)
    let hasData = features.contains(.notificationConfigData)
    let data = hasData ? UInt16(truncatingIfNeeded: read(.queueNotificationData)) : UInt16(index)
    notifications[index] = (notify.offset + Int(read(.queueNotifyOffset)) * notifyMultiplier, data)
    if vectorCount > 0 { map(.queueVector, to: min(index + 1, vectorCount - 1)) }
    write(.queueEnable, 1)
  }

  public func startQueueReset(_ index: Int) {
    write(.queueSelect, UInt32(index))
    write(.queueReset, 1)
  }

  public func isQueueResetDone(_ index: Int) -> Bool {
    write(.queueSelect, UInt32(index))
    return read(.queueReset) == 0
  }

  public func notify(queue index: Int, position: UInt16?) {
    guard let target = notifications[index] else { return }
    if let position {
      notifyWindow.write(at: target.offset, byteCount: 4, UInt32(target.data) | UInt32(position) << 16)
    } else {
      notifyWindow.write(at: target.offset, byteCount: 2, UInt32(target.data))
    }
  }

  // MARK: Configuration and interrupts

  public var configurationByteCount: Int { configuration?.length ?? 0 }
  public func readGeneration() -> UInt32 { read(.configurationGeneration) }

  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    guard let configuration, let deviceWindow else { return 0 }
    return deviceWindow.read(at: configuration.offset + offset, byteCount: byteCount)
  }

  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    guard let configuration else { return }
    deviceWindow?.write(at: configuration.offset + offset, byteCount: byteCount, value)
  }

  public func takeInterruptCauses() -> InterruptCauses {
    InterruptCauses(rawValue: UInt8(truncatingIfNeeded: isrWindow.read(at: isr.offset, byteCount: 1)))
  }

  /// Programs the MSI-X table and switches it on: vector 0 for the configuration, one for each queue as far as they go.
  ///
  /// - Parameter messages: what each vector is to send; those beyond the table are left out.
  /// - Returns: the number of vectors in use; 0 where the device has none, or will not map one.
  public func enableMSIX(_ messages: [(address: UInt64, data: UInt32)]) -> Int {
    guard let msixCapability, !messages.isEmpty else { return 0 }
    let size = Int(space.read(at: msixCapability + 2, byteCount: 2) & 0x7ff) + 1
    let location = space.read(at: msixCapability + 4, byteCount: 4)
    let table = bars(Int(location & 7))
    vectorCount = min(size, messages.count)
    for (index, message) in messages.prefix(vectorCount).enumerated() {
      let entry = Int(location & ~7) + index * MSIX.entryByteCount
      table.write(at: entry, byteCount: 4, message.address.low)
      table.write(at: entry + 4, byteCount: 4, message.address.high)
      table.write(at: entry + 8, byteCount: 4, message.data)
      table.write(at: entry + 12, byteCount: 4, 0)
    }
    space.write(at: msixCapability + 2, byteCount: 2, 0x8000)
    if !map(.configurationVector, to: 0) {
      space.write(at: msixCapability + 2, byteCount: 2, 0)
      vectorCount = 0
    }
    return vectorCount
  }

  /// Maps an event to a vector, or to the one for everything if the device will not; whether it took one.
  @discardableResult
  private func map(_ register: CommonRegister, to vector: Int) -> Bool {
    for candidate in vector == 0 ? [0] : [vector, 0] {
      write(register, UInt32(candidate))
      if read(register) == UInt32(candidate) { return true }
    }
    return false
  }
}
