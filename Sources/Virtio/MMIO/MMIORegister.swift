/// Registers of the MMIO transport, version 2, by offset; 32 bits each (VIRTIO 1.4, MMIO Device Register Layout).
public enum MMIORegister: Int, Sendable, CaseIterable {
  case magicValue = 0x000
  case version = 0x004
  case deviceID = 0x008
  case vendorID = 0x00c
  case deviceFeatures = 0x010
  case deviceFeaturesSelect = 0x014
  case driverFeatures = 0x020
  case driverFeaturesSelect = 0x024
  case queueSelect = 0x030
  case queueSizeMaximum = 0x034
  case queueSize = 0x038
  case queueReady = 0x044
  case queueNotify = 0x050
  case interruptStatus = 0x060
  case interruptAcknowledge = 0x064
  case status = 0x070
  case queueDescriptorsLow = 0x080
  case queueDescriptorsHigh = 0x084
  case queueDriverLow = 0x090
  case queueDriverHigh = 0x094
  case queueDeviceLow = 0x0a0
  case queueDeviceHigh = 0x0a4
  case sharedMemorySelect = 0x0ac
  case sharedMemoryLengthLow = 0x0b0
  case sharedMemoryLengthHigh = 0x0b4
  case sharedMemoryBaseLow = 0x0b8
  case sharedMemoryBaseHigh = 0x0bc
  case queueReset = 0x0c0
  case configurationGeneration = 0x0fc

  /// Where the device-specific configuration starts.
  public static let configuration = 0x100
  /// "virt".
  public static let magic: UInt32 = 0x7472_6976

  /// What the driver may do.
  public var access: RegisterAccessKind {
    switch self {
    case .magicValue, .version, .deviceID, .vendorID, .deviceFeatures, .queueSizeMaximum, .interruptStatus,
      .sharedMemoryLengthLow, .sharedMemoryLengthHigh, .sharedMemoryBaseLow, .sharedMemoryBaseHigh,
      .configurationGeneration:
      .read
    case .queueReady, .status, .queueReset: .readWrite
    default: .write
    }
  }
}

/// What a driver may do with a register.
public enum RegisterAccessKind: Sendable { case read, write, readWrite }

/// Causes of an interrupt, as InterruptStatus (MMIO) and the ISR status (PCI) show them.
public struct InterruptCauses: OptionSet, Sendable, Hashable {
  public var rawValue: UInt8
  public init(rawValue: UInt8) { self.rawValue = rawValue }

  /// The device used buffers.
  public static let queue = Self(rawValue: 1)
  /// The configuration changed.
  public static let configuration = Self(rawValue: 2)
}

/// Registers as the driver's side reaches them: a window of a bus, addressed in bytes.
public protocol RegisterWindow: AnyObject {
  /// Reads 1, 2 or 4 bytes.
  func read(at offset: Int, byteCount: Int) -> UInt32
  /// Writes 1, 2 or 4 bytes.
  func write(at offset: Int, byteCount: Int, _ value: UInt32)
}

/// What the device's interrupts go to.
public protocol InterruptController: AnyObject {
  /// The level of the interrupt line: INTx, or the MMIO device's own.
  func setLine(_ isAsserted: Bool)
  /// A message-signalled interrupt.
  func message(address: UInt64, data: UInt32)
}
