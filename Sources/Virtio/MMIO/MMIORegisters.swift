public import Wire

/// The registers of the MMIO transport, version 2 (VIRTIO 1.4, MMIO Device Register Layout).
///
/// Each answers to 32-bit accesses only; a 64-bit field is two registers.
public struct MMIORegisters: Message {
  public let magicValue = Field<UInt32>(at: 0x000, "\"virt\"; read-only.")
  public let version = Field<UInt32>(at: 0x004, "2; read-only.")
  public let deviceID = Field<UInt32>(at: 0x008, "Virtio device ID, 0 for a placeholder; read-only.", name: "device_id")
  public let vendorID = Field<UInt32>(at: 0x00c, "Who made it; read-only.", name: "vendor_id")
  public let deviceFeatures = Field<UInt32>(at: 0x010, "Features that the device offers; read-only.")
  public let deviceFeaturesSelect = Field<UInt32>(at: 0x014, "Which 32 bits device_features shows; write-only.")
  public let driverFeatures = Field<UInt32>(at: 0x020, "Features that the driver accepts; write-only.")
  public let driverFeaturesSelect = Field<UInt32>(at: 0x024, "Which 32 bits driver_features takes; write-only.")
  public let queueSelect = Field<UInt32>(at: 0x030, "The queue that the queue registers are of; write-only.")
  public let queueSizeMaximum = Field<UInt32>(at: 0x034, "Largest size in entries, 0 for no queue; read-only.")
  public let queueSize = Field<UInt32>(at: 0x038, "Size in entries; write-only.")
  public let queueReady = Field<UInt32>(at: 0x044, "1 enables, 0 stops.")
  public let queueNotify = Field<UInt32>(at: 0x050, "Notifies a queue; write-only.")
  public let interruptStatus = Field<UInt32>(at: 0x060, "Causes of the interrupt; read-only.")
  public let interruptAcknowledge = Field<UInt32>(at: 0x064, "Clears causes; write-only.")
  public let status = Field<UInt32>(at: 0x070, "Device status; 0 resets.")
  public let queueDescriptors = Field<UInt64>(at: 0x080, "Address of the descriptor table or ring; write-only.")
  public let queueDriver = Field<UInt64>(at: 0x090, "Address of the available ring or driver events; write-only.")
  public let queueDevice = Field<UInt64>(at: 0x0a0, "Address of the used ring or device events; write-only.")
  public let sharedMemorySelect = Field<UInt32>(at: 0x0ac, "The region that the next two are of; write-only.")
  public let sharedMemoryLength = Field<UInt64>(at: 0x0b0, "Its size in bytes, all ones for none; read-only.")
  public let sharedMemoryBase = Field<UInt64>(at: 0x0b8, "Its address; read-only.")
  public let queueReset = Field<UInt32>(at: 0x0c0, "1 resets the queue, and reads until that is done.")
  public let configurationGeneration = Field<UInt32>(at: 0x0fc, "Differs after the configuration changed; read-only.")

  public static let name: StaticString = "mmio"
  public static let summary: StaticString = "The registers of the MMIO transport, version 2."
  /// The device-specific configuration follows.
  public static let byteCount = 0x100
  public static let order = FieldOrder.little
  @inlinable public init() {}

  /// "virt".
  public static let magic: UInt32 = 0x7472_6976
}
