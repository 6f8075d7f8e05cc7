import Wire

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

  static let msixBAR = 1
  static let virtioBAR = 4
  static let isrOffset = 0x1000
  static let deviceOffset = 0x2000
  static let notifyOffset = 0x3000

  /// - Precondition: what the profiles ask for can be: sizes of queues and of the configuration, vectors, distances.
  public init(
    _ deviceProfile: DeviceProfile, pci profile: PCIProfile = PCIProfile(), in memory: GuestMemory,
    interrupts: any InterruptController, function: any DeviceFunction
  ) {
    if let mistake = profile.mistake(of: deviceProfile) { preconditionFailure(mistake) }
    self.profile = profile
    self.interrupts = interrupts
    let queueCount = deviceProfile.queueSizes.count
    msix = MSIX(vectors: profile.vectors ?? queueCount + 1)
    pendingOffset = max(msix.entries.count * MSIXEntry.byteCount, 16)
    notifyByteCount = max(queueCount, 1) * Int(max(profile.notifyMultiplier, 4))
    device = VirtioDevice(deviceProfile, in: memory, carried: .common, function: function)
    buildSpace()
    memory.isAllowed = false
    device.transport = self
    device.resetTransport = { [unowned self] in
      common = CommonSelectors()
      msix.clearPending()
      isr = []
    }
  }

  // MARK: Identity and capabilities

  private func buildSpace() {
    space.values[\PCIHeader.vendorID] = PCIProfile.vendorID
    space.values[\PCIHeader.deviceID] = PCIProfile.deviceIDBase + device.profile.deviceID
    space.values[\PCIHeader.status][\.capabilityList] = 1
    space.values[\PCIHeader.revision] = profile.revision
    space.values[\PCIHeader.classCode] = profile.classCode
    space.values[\PCIHeader.subsystemVendorID] = profile.subsystemVendorID
    space.values[\PCIHeader.subsystemID] = profile.subsystemID
    space.values[\PCIHeader.interruptPin] = 1
    space.writable[\PCIHeader.interruptLine] = .max
    space.writable[\PCIHeader.command][\.memorySpace] = 1
    space.writable[\PCIHeader.command][\.busMaster] = 1
    space.writable[\PCIHeader.command][\.interruptDisable] = 1
    space.addBAR(Self.virtioBAR, byteCount: Self.powerOfTwo(Self.notifyOffset + notifyByteCount), is64Bit: true)
    addStructures()
    if !msix.entries.isEmpty { addMSIX() }
  }

  private func addStructures() {
    addStructure(.common, at: 0, length: CommonConfiguration.byteCount)
    addStructure(.isr, at: Self.isrOffset, length: 1)
    addStructure(.device, at: Self.deviceOffset, length: max(device.profile.configuration.count, 4))
    let notify = addStructure(.notify, at: Self.notifyOffset, length: notifyByteCount, NotifyCapability.byteCount)
    space.values[\NotifyCapability.multiplier, at: notify] = profile.notifyMultiplier
    accessCapability = addStructure(.access, at: 0, length: 0, AccessCapability.byteCount)
    space.values[\VirtioCapability.bar, at: accessCapability] = 0
    space.writable[\VirtioCapability.bar, at: accessCapability] = .max
    space.writable[\VirtioCapability.structureOffset, at: accessCapability] = .max
    space.writable[\VirtioCapability.structureLength, at: accessCapability] = .max
    space.writable[\AccessCapability.data, at: accessCapability] = .max
  }

  @discardableResult
  private func addStructure(
    _ type: StructureType, at offset: Int, length: Int, _ byteCount: Int = VirtioCapability.byteCount
  ) -> Int {
    let capability = space.addCapability(PCICapability.vendor, byteCount: byteCount)
    space.values[\VirtioCapability.length, at: capability] = UInt8(byteCount)
    space.values[\VirtioCapability.type, at: capability] = Code(type)
    space.values[\VirtioCapability.bar, at: capability] = UInt8(Self.virtioBAR)
    space.values[\VirtioCapability.structureOffset, at: capability] = UInt32(offset)
    space.values[\VirtioCapability.structureLength, at: capability] = UInt32(length)
    return capability
  }

  private func addMSIX() {
    let byteCount = pendingOffset + (msix.entries.count + 63) / 64 * 8
    space.addBAR(Self.msixBAR, byteCount: Self.powerOfTwo(max(byteCount, 0x1000)), is64Bit: false)
    msixCapability = space.addCapability(PCICapability.msix, byteCount: MSIXCapability.byteCount)
    space.values[\MSIXCapability.control, at: msixCapability][\.last] = UInt16(msix.entries.count - 1)
    space.writable[\MSIXCapability.control, at: msixCapability][\.enable] = 1
    space.writable[\MSIXCapability.control, at: msixCapability][\.mask] = 1
    space.values[\MSIXCapability.table, at: msixCapability][\.bar] = UInt32(Self.msixBAR)
    space.values[\MSIXCapability.pending, at: msixCapability][\.bar] = UInt32(Self.msixBAR)
    space.values[\MSIXCapability.pending, at: msixCapability].offset = pendingOffset
  }

  private static func powerOfTwo(_ atLeast: Int) -> Int { 1 << (Int.bitWidth - (atLeast - 1).leadingZeroBitCount) }

  // MARK: Configuration space

  /// Reads 1, 2 or 4 bytes, naturally aligned; anything else reads all ones.
  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    guard isAligned(offset, byteCount, within: PCIConfigurationSpace.byteCount) else { return .max }
    if let window = accessWindow(offset, byteCount) {
      let value = readBAR(window.bar, at: window.offset, byteCount: window.byteCount)
      space.write(at: accessCapability + AccessCapability().data.offset, byteCount: window.byteCount, value)
    }
    return space.read(at: offset, byteCount: byteCount)
  }

  /// Writes 1, 2 or 4 bytes, naturally aligned; anything else is ignored.
  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    guard isAligned(offset, byteCount, within: PCIConfigurationSpace.byteCount) else { return }
    space.write(at: offset, byteCount: byteCount, value)
    if let window = accessWindow(offset, byteCount) {
      let data = space.read(at: accessCapability + AccessCapability().data.offset, byteCount: window.byteCount)
      writeBAR(window.bar, at: window.offset, byteCount: window.byteCount, data)
    }
    followRegisters()
  }

  /// What the command register and MSI-X's control word switch on and off.
  func followRegisters() {
    let wasBusMaster = device.memory.isAllowed
    msix.isBusMaster = space.values[\PCIHeader.command][\.busMaster] == 1
    device.memory.isAllowed = msix.isBusMaster
    if !msix.entries.isEmpty {
      let control = space.values[\MSIXCapability.control, at: msixCapability]
      msix.isEnabled = control[\.enable] == 1
      msix.isFunctionMasked = control[\.mask] == 1
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
    let data = accessCapability + AccessCapability().data.offset
    guard (data..<data + 4).overlaps(offset..<offset + byteCount) else { return nil }
    let start = Int(space.values[\VirtioCapability.structureOffset, at: accessCapability])
    let length = Int(space.values[\VirtioCapability.structureLength, at: accessCapability])
    guard isAligned(start, length, within: 1 << 32) else { return nil }
    return (Int(space.values[\VirtioCapability.bar, at: accessCapability]), start, length)
  }

  /// Whether the driver has switched the BARs on.
  var isMemoryEnabled: Bool { space.values[\PCIHeader.command][\.memorySpace] == 1 }

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
    space.values[\PCIHeader.status][\.interrupt] = isPending ? 1 : 0
    let isDisabled = space.values[\PCIHeader.command][\.interruptDisable] == 1
    interrupts.setLine(isPending && !isDisabled)
  }
}
