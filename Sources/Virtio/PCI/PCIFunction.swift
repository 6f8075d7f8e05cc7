/// A virtio device on PCI, modern only, as configuration space and BARs (VIRTIO 1.4, Virtio Over PCI Bus).
///
///     BAR 1   MSI-X: table @0, pending bits after it
///     BAR 4   common @0x0000, ISR @0x1000, device @0x2000, notify @0x3000
public final class PCIFunction: InterruptSink {
  public let device: VirtioDevice
  public let profile: PCIProfile
  private unowned let interrupts: any InterruptController
  var space = PCIConfigurationSpace()
  var common = CommonSelectors()
  var msix: MSIX
  var isr: InterruptCauses = [] { didSet { updateLine() } }
  private var msixCapability = 0
  private var accessCapability = 0
  let pendingOffset: Int
  let notifyByteCount: Int

  public static let carried = FeatureSet.common
  static let msixBAR = 1
  static let virtioBAR = 4
  static let isrOffset = 0x1000
  static let deviceOffset = 0x2000
  static let notifyOffset = 0x3000

  public init(
    _ deviceProfile: DeviceProfile, pci profile: PCIProfile = PCIProfile(), in memory: GuestMemory,
    interrupts: any InterruptController, function: any DeviceFunction
  ) {
    self.profile = profile
    self.interrupts = interrupts
    let queueCount = deviceProfile.queueSizes.count
    msix = MSIX(vectors: profile.vectors ?? queueCount + 1)
    pendingOffset = max(msix.entries.count * MSIX.entryByteCount, 16)
    notifyByteCount = max(queueCount, 1) * Int(max(profile.notifyMultiplier, 4))
    device = VirtioDevice(deviceProfile, in: memory, carried: Self.carried, function: function)
    buildSpace()
    memory.isAllowed = false
    device.transport = self
    device.resetTransport = { [unowned self] in
      common = CommonSelectors()
      isr = []
    }
  }

  // MARK: Identity and capabilities

  private func buildSpace() {
    space.set(at: PCIRegister.vendorID, byteCount: 2, UInt32(PCIProfile.vendorID))
    space.set(at: PCIRegister.deviceID, byteCount: 2, UInt32(PCIProfile.deviceIDBase + device.profile.deviceID))
    let command = PCIRegister.memorySpace | PCIRegister.busMaster | PCIRegister.interruptDisable
    space.set(at: PCIRegister.command, byteCount: 2, 0, writable: command)
    space.set(at: PCIRegister.status, byteCount: 2, PCIRegister.capabilityList)
    space.set(at: PCIRegister.revision, byteCount: 1, UInt32(profile.revision))
    space.set(at: PCIRegister.classCode, byteCount: 3, profile.classCode)
    space.set(at: PCIRegister.subsystemVendorID, byteCount: 2, UInt32(profile.subsystemVendorID))
    space.set(at: PCIRegister.subsystemID, byteCount: 2, UInt32(profile.subsystemID))
    space.set(at: 0x3c, byteCount: 1, 0, writable: 0xff)
    space.set(at: PCIRegister.interruptPin, byteCount: 1, 1)
    space.addBAR(Self.virtioBAR, byteCount: Self.powerOfTwo(Self.notifyOffset + notifyByteCount), is64Bit: true)

    addStructure(.common, at: 0, length: CommonRegister.structureByteCount)
    addStructure(.isr, at: Self.isrOffset, length: 1)
    addStructure(.device, at: Self.deviceOffset, length: max(device.profile.configuration.count, 4))
    let notify = addStructure(.notify, at: Self.notifyOffset, length: notifyByteCount, extra: 4)
    space.set(at: notify + VirtioCapability.extra, byteCount: 4, profile.notifyMultiplier)
    accessCapability = addStructure(.access, at: 0, length: 0, extra: 4)
    space.set(at: accessCapability + VirtioCapability.bar, byteCount: 1, 0, writable: .max)
    for field in [VirtioCapability.offset, VirtioCapability.length, VirtioCapability.extra] {
      space.set(at: accessCapability + field, byteCount: 4, 0, writable: .max)
    }

    guard !msix.entries.isEmpty else { return }
    let bytes = pendingOffset + (msix.entries.count + 63) / 64 * 8
    space.addBAR(Self.msixBAR, byteCount: Self.powerOfTwo(max(bytes, 0x1000)), is64Bit: false)
    msixCapability = space.addCapability(PCICapabilityID.msix, byteCount: 12)
    space.set(at: msixCapability + 2, byteCount: 2, UInt32(msix.entries.count - 1), writable: 0xc000)
    space.set(at: msixCapability + 4, byteCount: 4, UInt32(Self.msixBAR))
    space.set(at: msixCapability + 8, byteCount: 4, UInt32(pendingOffset | Self.msixBAR))
  }

  @discardableResult
  private func addStructure(_ type: StructureType, at offset: Int, length: Int, extra: Int = 0) -> Int {
    let byteCount = VirtioCapability.byteCount + extra
    let capability = space.addCapability(PCICapabilityID.vendor, byteCount: byteCount)
    space.set(at: capability + VirtioCapability.byteCountField, byteCount: 1, UInt32(byteCount))
    space.set(at: capability + VirtioCapability.type, byteCount: 1, UInt32(type.rawValue))
    space.set(at: capability + VirtioCapability.bar, byteCount: 1, UInt32(Self.virtioBAR))
    space.set(at: capability + VirtioCapability.offset, byteCount: 4, UInt32(offset))
    space.set(at: capability + VirtioCapability.length, byteCount: 4, UInt32(length))
    return capability
  }

  private static func powerOfTwo(_ atLeast: Int) -> Int { 1 << (Int.bitWidth - (atLeast - 1).leadingZeroBitCount) }

  // MARK: Configuration space

  /// Reads 1, 2 or 4 bytes, naturally aligned; anything else reads all ones.
  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    guard isAligned(offset, byteCount, within: PCIConfigurationSpace.byteCount) else { return .max }
    if let window = accessWindow(offset, byteCount) {
      let value = readBAR(window.bar, at: window.offset, byteCount: window.byteCount)
      space.write(at: accessCapability + VirtioCapability.extra, byteCount: window.byteCount, value)
    }
    return space.get(at: offset, byteCount: byteCount)
  }

  /// Writes 1, 2 or 4 bytes, naturally aligned; anything else is ignored.
  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    guard isAligned(offset, byteCount, within: PCIConfigurationSpace.byteCount) else { return }
    space.write(at: offset, byteCount: byteCount, value)
    if let window = accessWindow(offset, byteCount) {
      let data = space.get(at: accessCapability + VirtioCapability.extra, byteCount: window.byteCount)
      writeBAR(window.bar, at: window.offset, byteCount: window.byteCount, data)
    }
    followRegisters()
  }

  /// What the command register and MSI-X's control word switch on and off.
  private func followRegisters() {
    let wasBusMaster = device.memory.isAllowed
    msix.isBusMaster = space.get(at: PCIRegister.command, byteCount: 2) & PCIRegister.busMaster != 0
    device.memory.isAllowed = msix.isBusMaster
    if !msix.entries.isEmpty {
      let control = space.get(at: msixCapability + 2, byteCount: 2)
      msix.isEnabled = control & 0x8000 != 0
      msix.isFunctionMasked = control & 0x4000 != 0
    }
    sendUnmasked()
    updateLine()
    // Kicks went unheard in between.
    if msix.isBusMaster && !wasBusMaster { for queue in device.queues { device.notify(queue.index) } }
  }

  private func isAligned(_ offset: Int, _ byteCount: Int, within limit: Int) -> Bool {
    [1, 2, 4].contains(byteCount) && offset % byteCount == 0 && (0..<limit).contains(offset)
  }

  /// What pci_cfg_data stands for, when an access touches it and the window makes sense.
  private func accessWindow(_ offset: Int, _ byteCount: Int) -> (bar: Int, offset: Int, byteCount: Int)? {
    let data = accessCapability + VirtioCapability.extra
    guard (data..<data + 4).overlaps(offset..<offset + byteCount) else { return nil }
    let start = Int(space.get(at: accessCapability + VirtioCapability.offset, byteCount: 4))
    let length = Int(space.get(at: accessCapability + VirtioCapability.length, byteCount: 4))
    guard isAligned(start, length, within: 1 << 32) else { return nil }
    return (Int(space.get(at: accessCapability + VirtioCapability.bar, byteCount: 1)), start, length)
  }

  /// Whether the driver has switched the BARs on.
  var isMemoryEnabled: Bool { space.get(at: PCIRegister.command, byteCount: 2) & PCIRegister.memorySpace != 0 }

  // MARK: Interrupts

  public func queueInterrupt(_ queue: DeviceQueue) {
    if msix.isEnabled { send(queue.vector) } else { isr.insert(.queue) }
  }

  public func configurationInterrupt() {
    isr.insert(.configuration)
    if msix.isEnabled { send(common.configurationVector) }
  }

  private func send(_ vector: UInt16) {
    if let message = msix.raise(Int(vector)) { interrupts.message(address: message.address, data: message.data) }
  }

  func sendUnmasked() {
    for message in msix.takeUnmasked() { interrupts.message(address: message.address, data: message.data) }
  }

  private func updateLine() {
    let isPending = !isr.isEmpty && !msix.isEnabled
    let status = PCIRegister.capabilityList | (isPending ? PCIRegister.interruptStatus : 0)
    space.set(at: PCIRegister.status, byteCount: 2, status)
    let isDisabled = space.get(at: PCIRegister.command, byteCount: 2) & PCIRegister.interruptDisable != 0
    interrupts.setLine(isPending && !isDisabled)
  }
}
