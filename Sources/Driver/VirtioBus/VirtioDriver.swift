public import Virtio

/// A driver of virtio devices (`struct virtio_driver`).
public protocol VirtioDriver: DeviceDriver {
  var supportedFeatures: FeatureSet { get }
  /// Which features need which others.
  var requirements: [FeatureRequirement] { get }
  /// Looks at the features before they are written, and may take some away.
  func validate(_ device: VirtioBusDevice) throws(DriverError)
  func probe(_ device: VirtioBusDevice) throws(DriverError)
  /// The device is live.
  func scan(_ device: VirtioBusDevice)
  func remove(_ device: VirtioBusDevice)
  func configurationChanged(_ device: VirtioBusDevice)
  func freeze(_ device: VirtioBusDevice) throws(DriverError)
  func restore(_ device: VirtioBusDevice) throws(DriverError)
}

extension VirtioDriver {
  public var requirements: [FeatureRequirement] { [] }
  public func validate(_ device: VirtioBusDevice) throws(DriverError) {}
  public func scan(_ device: VirtioBusDevice) {}
  public func configurationChanged(_ device: VirtioBusDevice) {}

  public func probe(_ device: KernelDevice) throws(DriverError) { try device.virtio.probe(self) }
  public func remove(_ device: KernelDevice) { device.virtio.remove(self) }
  public func shutdown(_ device: KernelDevice) { device.virtio.shutdown() }
}

extension KernelDevice {
  /// What the virtio bus knows of the device.
  public var virtio: VirtioBusDevice {
    guard let data = busData as? VirtioBusDevice else { preconditionFailure("\(label) is no virtio device") }
    return data
  }
}
