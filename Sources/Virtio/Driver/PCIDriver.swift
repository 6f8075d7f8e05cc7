import Wire

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
  /// A feature that has a register of its own needs a structure that reaches so far.
  public var carried: FeatureSet {
    var features = FeatureSet.common
    let register = CommonConfiguration()
    if common.length < register.queueNotificationData.end { features.remove(.notificationConfigData) }
    if common.length < register.queueReset.end { features.remove(.ringReset) }
    return features
  }
  private var features: FeatureSet = []
  /// Where, and with which data, each queue is notified.
  private var notifications: [Int: (offset: Int, data: UInt16)] = [:]
  /// The vector of each queue that has one.
  private var vectors: [Int: UInt16] = [:]
  /// The vectors asked for; empty where interrupts come over the line.
  private var vectorCount = 0

  /// Finds the structures and switches the device's memory and bus mastering on.
  ///
  /// - Parameters:
  ///   - space: the function's configuration space.
  ///   - bars: the window of each BAR.
  /// - Throws: `VirtioError.badDevice` for a device that is not virtio, or not a modern one.
  public init(space: any RegisterWindow, bars: @escaping (Int) -> any RegisterWindow) throws(VirtioError) {
    let vendor = space.read(\PCIHeader.vendorID)
    let device = space.read(\PCIHeader.deviceID)
    guard let deviceID = Self.deviceID(vendor: vendor, device: device) else {
      throw .badDevice("PCI ID \(hex(vendor)):\(hex(device)) is not a virtio device")
    }
    let capabilities = PCICapabilities(of: space)
    common = try capabilities.require(.common, byteCount: CommonConfiguration().queueDevice.end)
    notify = try capabilities.require(.notify, byteCount: 2)
    isr = try capabilities.require(.isr, byteCount: 1)
    configuration = capabilities.structures[.device]
    msixCapability = capabilities.msix
    notifyMultiplier = Int(space.read(\NotifyCapability.multiplier, at: notify.capability))
    self.deviceID = deviceID
    self.space = space
    self.bars = bars
    window = bars(common.bar)
    notifyWindow = bars(notify.bar)
    isrWindow = bars(isr.bar)
    deviceWindow = configuration.map { bars($0.bar) }
    var command = space.read(\PCIHeader.command)
    command[\.memorySpace] = 1
    command[\.busMaster] = 1
    space.write(\PCIHeader.command, command)
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

  private func read<Value>(_ register: KeyPath<CommonConfiguration, Field<Value>>) -> Value {
    window.read(register, at: common.offset)
  }

  private func write<Value>(_ register: KeyPath<CommonConfiguration, Field<Value>>, _ value: Value) {
    window.write(register, at: common.offset, value)
  }

  // MARK: Negotiation

  public func readStatus() -> DeviceStatus { DeviceStatus(rawValue: read(\.status)) }
  public func writeStatus(_ status: DeviceStatus) { write(\.status, status.rawValue) }

  public func readFeatures() -> FeatureSet {
    var features: FeatureSet = []
    for word in 0..<UInt32(4) {
      write(\.deviceFeatureSelect, word)
      features.setWord(word, read(\.deviceFeature))
    }
    return features
  }

  public func writeFeatures(_ features: FeatureSet) {
    for word in 0..<UInt32(4) {
      write(\.driverFeatureSelect, word)
      write(\.driverFeature, features.word(word))
    }
    self.features = features
  }

  // MARK: Queues

  public func maximumSize(ofQueue index: Int) -> Int {
    guard index < Int(read(\.queueCount)) else { return 0 }
    write(\.queueSelect, UInt16(index))
    let size = Int(read(\.queueSize))
    return read(\.queueEnable) == 0 ? size : 0
  }

  public func setUpQueue(_ index: Int, size: Int, at addresses: QueueAddresses) {
    write(\.queueSelect, UInt16(index))
    write(\.queueSize, UInt16(size))
    write(\.queueDescriptors, addresses.descriptors)
    write(\.queueDriver, addresses.driver)
    write(\.queueDevice, addresses.device)
    let hasData = features.contains(.notificationConfigData)
    let data = hasData ? read(\.queueNotificationData) : UInt16(index)
    notifications[index] = (notify.offset + Int(read(\.queueNotifyOffset)) * notifyMultiplier, data)
    if vectorCount > 0 { vectors[index] = map(\.queueVector, to: UInt16(min(index + 1, vectorCount - 1))) }
  }

  public func enableQueues(_ indices: Range<Int>) {
    for index in indices {
      write(\.queueSelect, UInt16(index))
      write(\.queueEnable, 1)
    }
  }

  public func startQueueReset(_ index: Int) {
    write(\.queueSelect, UInt16(index))
    write(\.queueReset, 1)
  }

  public func isQueueResetDone(_ index: Int) -> Bool {
    write(\.queueSelect, UInt16(index))
    return read(\.queueReset) == 0
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
  public func readGeneration() -> UInt32 { UInt32(read(\.configurationGeneration)) }

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
    var control = space.read(\MSIXCapability.control, at: msixCapability)
    let location = space.read(\MSIXCapability.table, at: msixCapability)
    let table = bars(Int(location[\.bar]))
    vectorCount = min(Int(control[\.last]) + 1, messages.count)
    for (index, message) in messages.prefix(vectorCount).enumerated() {
      let entry = location.offset + index * MSIXEntry.byteCount
      table.write(\MSIXEntry.address, at: entry, message.address)
      table.write(\MSIXEntry.data, at: entry, message.data)
      table.write(\MSIXEntry.control, at: entry, 0)
    }
    control[\.enable] = 1
    control[\.mask] = 0
    space.write(\MSIXCapability.control, at: msixCapability, control)
    if map(\.configurationVector, to: 0) == nil {
      control[\.enable] = 0
      space.write(\MSIXCapability.control, at: msixCapability, control)
      vectorCount = 0
    }
    return vectorCount
  }

  /// Vectors that the device has; 0 for one without MSI-X.
  public var vectorLimit: Int {
    guard let msixCapability else { return 0 }
    return Int(space.read(\MSIXCapability.control, at: msixCapability)[\.last]) + 1
  }

  /// Takes the vectors back from all events, and switches MSI-X off.
  public func disableMSIX() {
    guard let msixCapability, vectorCount > 0 else { return }
    write(\.configurationVector, .max)
    for index in vectors.keys.sorted() {
      write(\.queueSelect, UInt16(index))
      write(\.queueVector, .max)
    }
    var control = space.read(\MSIXCapability.control, at: msixCapability)
    control[\.enable] = 0
    space.write(\MSIXCapability.control, at: msixCapability, control)
    (vectors, vectorCount) = ([:], 0)
  }

  public func vector(ofQueue index: Int) -> UInt16? { vectors[index] }

  /// Maps an event to a vector, or to the one for everything if the device will not; the one that it took.
  private func map(_ register: KeyPath<CommonConfiguration, Field<UInt16>>, to vector: UInt16) -> UInt16? {
    for candidate in vector == 0 ? [0] : [vector, 0] {
      write(register, candidate)
      if read(register) == candidate { return candidate }
    }
    return nil
  }
}
