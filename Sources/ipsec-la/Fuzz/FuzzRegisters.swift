#if !LIBFUZZER
  import Virtio
#endif

/// A device on either transport, and accesses of its registers that are likely to matter.
final class FuzzRegisters {
  /// What a driver may agree on, apart from the format of rings.
  static let features: [FeatureSet] = [
    .indirectDescriptors, .eventIndex, .inOrder, .notificationData, .notificationConfigData, .ringReset, .suspend,
  ]
  private static let profile = DeviceProfile(
    deviceID: 20, features: .common, queueSizes: [64, 8, 4, 0], configuration: Array(0..<16),
    writableConfiguration: [8..<16])

  private enum Transport {
    case mmio(MMIOTransport)
    case pci(PCIFunction)
  }

  private let interrupts = SilentInterrupts()
  private let transport: Transport

  init(isPCI: Bool, in memory: GuestMemory, _ function: FuzzFunction) {
    transport =
      isPCI
      ? .pci(PCIFunction(Self.profile, in: memory, interrupts: interrupts, function: function))
      : .mmio(MMIOTransport(Self.profile, in: memory, interrupts: interrupts, function: function))
  }

  var device: VirtioDevice {
    switch transport {
    case .mmio(let mmio): mmio.device
    case .pci(let pci): pci.device
    }
  }

  /// The driver's end, as it finds the device.
  func makeTransport() throws -> any DriverTransport {
    switch transport {
    case .mmio(let mmio):
      guard let driver = try MMIODriver(mmio) else { preconditionFailure("the device is gone") }
      return driver
    case .pci(let pci):
      return try PCIDriver(space: SpaceWindow(pci)) { PCIWindow(pci, bar: $0) }
    }
  }

  /// Goes on in what was saved.
  func saveAndRestore() {
    switch transport {
    case .mmio(let mmio): mmio.restore(mmio.state)
    case .pci(let pci): pci.restore(pci.state)
    }
  }

  // MARK: Accesses

  func write(_ input: inout FuzzInput) {
    let byteCount = input.pick([4, 4, 4, 2, 2, 1])
    let value = UInt32(truncatingIfNeeded: input.oneIn(4) ? input.word() : input.pick([0, 1, 1, 2, 6, 8, 64, 0x1000]))
    switch (transport, window(&input, byteCount)) {
    case (.mmio(let mmio), (_, let offset)): mmio.write(at: offset, byteCount: byteCount, value)
    case (.pci(let pci), (nil, let offset)): pci.writeConfiguration(at: offset, byteCount: byteCount, value)
    case (.pci(let pci), (let bar?, let offset)): pci.writeBAR(bar, at: offset, byteCount: byteCount, value)
    }
  }

  func read(_ input: inout FuzzInput) {
    let byteCount = input.pick([4, 4, 4, 2, 2, 1])
    switch (transport, window(&input, byteCount)) {
    case (.mmio(let mmio), (_, let offset)): _ = mmio.read(at: offset, byteCount: byteCount)
    case (.pci(let pci), (nil, let offset)): _ = pci.readConfiguration(at: offset, byteCount: byteCount)
    case (.pci(let pci), (let bar?, let offset)): _ = pci.readBAR(bar, at: offset, byteCount: byteCount)
    }
  }

  /// A register, mostly aligned: a BAR or nil for PCI's configuration space, and an offset.
  private func window(_ input: inout FuzzInput, _ byteCount: Int) -> (bar: Int?, offset: Int) {
    let unit = input.oneIn(16) ? 1 : byteCount
    if case .mmio = transport { return (nil, input.below(0x120 / unit) * unit) }
    return switch input.below(8) {
    // The MSI-X table and its pending bits.
    case 0: (1, input.below(0x60 / unit) * unit)
    // Header, capabilities, and the window to the BARs.
    case 1...2: (nil, input.below(0x100 / unit) * unit)
    // ISR status, device configuration, notifications.
    case 3: (4, input.pick([0x1000, 0x2000, 0x2008, 0x3000, 0x3004, 0x3ff0]) + input.below(16 / unit) * unit)
    default: (4, input.below(0x40 / unit) * unit)
    }
  }
}

/// A function's configuration space, as a driver sees it.
private final class SpaceWindow: RegisterWindow {
  private let function: PCIFunction
  init(_ function: PCIFunction) { self.function = function }
  func read(at offset: Int, byteCount: Int) -> UInt32 { function.readConfiguration(at: offset, byteCount: byteCount) }
  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    function.writeConfiguration(at: offset, byteCount: byteCount, value)
  }
}

/// Takes interrupts and does nothing about them.
private final class SilentInterrupts: InterruptController {
  func setLine(_ isAsserted: Bool) {}
  func message(address: UInt64, data: UInt32) {}
}
