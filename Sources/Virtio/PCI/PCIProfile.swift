/// How a device presents itself on PCI.
public struct PCIProfile: Sendable {
  /// 1 or more, but for a device that is to look transitional: drivers take any (VIRTIO 1.4, PCI Device Discovery).
  public var revision: UInt8 = 1
  /// Programming interface, subclass and class; the default is an encryption controller.
  public var classCode: InlineArray<3, UInt8> = [0x00, 0x80, 0x10]
  public var subsystemVendorID: UInt16 = 0x1af4
  /// At least 0x40: below are transitional devices.
  public var subsystemID: UInt16 = 0x1100
  /// MSI-X vectors; 0 for a device without MSI-X. The default is one for each queue and one for the configuration.
  public var vectors: Int?
  /// Distance in bytes between the notification addresses of two queues: 0 or a power of two from 4 on.
  public var notifyMultiplier: UInt32 = 4
  /// Added to a queue's index in queue_notif_config_data.
  public var notificationDataBase: UInt16 = 0
  /// Whether a vector may be given to an event; where not, the vector register reads NO_VECTOR.
  public var mapsVector: @Sendable (UInt16) -> Bool = { _ in true }

  public init() {}

  /// What no function can present of a device; nil for profiles that are sound.
  func mistake(of device: DeviceProfile) -> String? {
    if subsystemID < 0x40 { return "subsystem ID \(subsystemID)" }
    if !(0...0x800).contains(vectors ?? device.queueSizes.count + 1) { return "more than 2048 vectors" }
    if notifyMultiplier != 0 && (notifyMultiplier < 4 || notifyMultiplier & (notifyMultiplier - 1) != 0) {
      return "notifications \(notifyMultiplier) bytes apart"
    }
    if max(device.queueSizes.count, 1) * Int(notifyMultiplier) > Int(UInt32.max) {
      return "notifications of \(device.queueSizes.count) queues, \(notifyMultiplier) bytes apart"
    }
    if device.queueSizes.count > 0xffff { return "\(device.queueSizes.count) queues" }
    if device.configuration.count > PCIFunction.notifyOffset - PCIFunction.deviceOffset {
      return "a configuration of \(device.configuration.count) bytes"
    }
    return (1...0x3f).contains(device.deviceID) ? nil : "device ID \(device.deviceID)"
  }

  static let vendorID: UInt16 = 0x1af4
  /// PCI device ID of virtio device ID 0.
  static let deviceIDBase: UInt16 = 0x1040
}
