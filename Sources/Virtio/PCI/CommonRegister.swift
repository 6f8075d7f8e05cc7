/// Registers of the common configuration structure, by offset (VIRTIO 1.4, Common configuration structure layout).
public enum CommonRegister: Int, Sendable, CaseIterable {
  case deviceFeatureSelect = 0x00
  case deviceFeature = 0x04
  case driverFeatureSelect = 0x08
  case driverFeature = 0x0c
  case configurationVector = 0x10
  case queueCount = 0x12
  case status = 0x14
  case configurationGeneration = 0x15
  case queueSelect = 0x16
  case queueSize = 0x18
  case queueVector = 0x1a
  case queueEnable = 0x1c
  case queueNotifyOffset = 0x1e
  case queueDescriptorsLow = 0x20
  case queueDescriptorsHigh = 0x24
  case queueDriverLow = 0x28
  case queueDriverHigh = 0x2c
  case queueDeviceLow = 0x30
  case queueDeviceHigh = 0x34
  case queueNotificationData = 0x38
  case queueReset = 0x3a
  case adminQueueIndex = 0x3c
  case adminQueueCount = 0x3e

  public static let structureByteCount = 0x40

  /// Width of the register in bytes; the 64-bit addresses are two registers of 4 bytes.
  public var byteCount: Int {
    switch self {
    case .deviceFeatureSelect, .deviceFeature, .driverFeatureSelect, .driverFeature, .queueDescriptorsLow,
      .queueDescriptorsHigh, .queueDriverLow, .queueDriverHigh, .queueDeviceLow, .queueDeviceHigh: 4
    case .status, .configurationGeneration: 1
    default: 2
    }
  }

  /// What the driver may do.
  public var access: RegisterAccessKind {
    switch self {
    case .deviceFeature, .queueCount, .configurationGeneration, .queueNotifyOffset, .queueNotificationData,
      .adminQueueIndex, .adminQueueCount: .read
    default: .readWrite
    }
  }
}

/// What a virtio capability describes (cfg_type).
public enum StructureType: UInt8, Sendable, CaseIterable {
  case common = 1
  case notify = 2
  case isr = 3
  case device = 4
  /// A window into the others through configuration space.
  case access = 5
  case sharedMemory = 8
  case vendor = 9
}

/// Where the fields of a virtio capability stand.
enum VirtioCapability {
  static let byteCountField = 2
  static let type = 3
  static let bar = 4
  static let offset = 8
  static let length = 12
  /// notify_off_multiplier, or pci_cfg_data.
  static let extra = 16
  static let byteCount = 16
}
