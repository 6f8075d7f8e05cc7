/// What a driver knows and wants before it meets the device.
public struct DriverProfile: Sendable {
  /// Features that the driver can use; those that the transport cannot carry are left out.
  public var supported: FeatureSet
  /// Features without which it does not work.
  public var required: FeatureSet
  /// Which features need which others.
  public var requirements: [FeatureRequirement]
  /// Least size in bytes of the device-specific configuration.
  public var configurationByteCount: Int

  public init(
    supported: FeatureSet, required: FeatureSet = [], requirements: [FeatureRequirement] = [],
    configurationByteCount: Int = 0
  ) {
    self.supported = supported.union(.version1)
    self.required = required.union(.version1)
    self.requirements = requirements
    self.configurationByteCount = configurationByteCount
  }
}
