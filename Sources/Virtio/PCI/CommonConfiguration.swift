public import Wire

/// What the driver negotiates and sets queues up with (VIRTIO 1.4, Common configuration structure layout).
///
/// A 64-bit field is two registers of 32 bits; every other field answers in its own width.
public struct CommonConfiguration: Message {
  public let deviceFeatureSelect = Field<UInt32>(at: 0x00, "Which 32 feature bits device_feature shows.")
  public let deviceFeature = Field<UInt32>(at: 0x04, "Features that the device offers; read-only.")
  public let driverFeatureSelect = Field<UInt32>(at: 0x08, "Which 32 feature bits driver_feature shows.")
  public let driverFeature = Field<UInt32>(at: 0x0c, "Features that the driver accepts.")
  public let configurationVector = Field<UInt16>(at: 0x10, "MSI-X vector of configuration changes.")
  public let queueCount = Field<UInt16>(at: 0x12, "Number of queues; read-only.")
  public let status = Field<UInt8>(at: 0x14, "Device status; 0 resets.")
  public let configurationGeneration = Field<UInt8>(at: 0x15, "Differs after the configuration changed; read-only.")
  public let queueSelect = Field<UInt16>(at: 0x16, "The queue that the fields below are of.")
  public let queueSize = Field<UInt16>(at: 0x18, "Size in entries; 0 for a queue that is not there.")
  public let queueVector = Field<UInt16>(at: 0x1a, "MSI-X vector of used buffers.")
  public let queueEnable = Field<UInt16>(at: 0x1c, "1 enables; only a reset disables.")
  public let queueNotifyOffset = Field<UInt16>(at: 0x1e, "Where to notify, in notify_off_multiplier bytes; read-only.")
  public let queueDescriptors = Field<UInt64>(at: 0x20, "Address of the descriptor table or ring.")
  public let queueDriver = Field<UInt64>(at: 0x28, "Address of the available ring or driver event suppression.")
  public let queueDevice = Field<UInt64>(at: 0x30, "Address of the used ring or device event suppression.")
  public let queueNotificationData = Field<UInt16>(at: 0x38, "What a notification names the queue by; read-only.")
  public let queueReset = Field<UInt16>(at: 0x3a, "1 resets the queue, and reads until that is done.")
  public let adminQueueIndex = Field<UInt16>(at: 0x3c, "First administration virtqueue; read-only.")
  public let adminQueueCount = Field<UInt16>(at: 0x3e, "Number of administration virtqueues; read-only.")

  public static let name: StaticString = "pci_common_cfg"
  public static let summary: StaticString = "Negotiation and queues of a device on PCI."
  public static let byteCount = 0x40
  public static let order = FieldOrder.little
  @inlinable public init() {}
}
