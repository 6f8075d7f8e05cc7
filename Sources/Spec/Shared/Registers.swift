public import Wire

/// What the device says about its queues.
public struct DeviceQueueInformation: BitLayout {
  public typealias Storage = UInt32
  public static let name: StaticString = "dev_queue"
  public static let summary: StaticString = "What the device says about its queues."
  public let maxPairs = Bits(0...15, "Largest number of encap/decap queue pairs: at most 4094.")
  public let deviceScaling = Bits(16...23, "Device-side scaling: hardware threads or proxy threads.")
  public let guestScaling = Bits(24...31, "The guest's, in its own register; not initialised here.")
  @inlinable public init() {}
}

/// What the guest selects.
public struct GuestQueueSelection: BitLayout {
  public typealias Storage = UInt32
  public static let name: StaticString = "guest_queue"
  public static let summary: StaticString = "What the guest selects in probe."
  public let maxPairs = Bits(0...15, "The device's, in its own register; not written by the guest.")
  public let deviceScaling = Bits(16...23, "The device's, in its own register; ignored if changed.")
  public let guestScaling = Bits(24...31, "Guest-side scaling: for example the number of vCPUs.")
  @inlinable public init() {}
}

extension Spec {
  /// The configuration space of every version that lists its versions in it.
  static let versionedRegisters = [
    Register("version_count", at: 0, UInt32.self, .readOnly, "Number of version registers that follow."),
    Register(
      "supported_version", at: 4, UInt32.self, .readOnly, count: "version_count",
      "A version that the device supports: major << 24 | minor."),
    Register(
      "version_to_use", at: .behind(4, plus: 4, times: "version_count"), UInt32.self, .readWrite,
      "The version that the guest chose among them; a guest that can drive none fails its initialisation."),
    Register(
      "dev_queue_info", at: .behind(8, plus: 4, times: "version_count"), Packed<DeviceQueueInformation>.self, .readOnly,
      "What the device says about its queues."),
    Register(
      "guest_queue_info", at: .behind(12, plus: 4, times: "version_count"), Packed<GuestQueueSelection>.self,
      .readWrite,
      "What the guest selects, in probe; a write after DRIVER_OK is ignored."),
  ]

  /// The pair of registers that the published guest driver reads.
  static let queueRegisters = [
    Register(
      "dev_queue_reg", at: 0, Packed<DeviceQueueInformation>.self, .readOnly, "What the device says about its queues."),
    Register(
      "host_queue_reg", at: 4, Packed<GuestQueueSelection>.self, .readWrite,
      "What the guest selects, in probe; a write after DRIVER_OK is ignored."),
  ]
}
