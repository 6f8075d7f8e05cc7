import Spec
public import Virtio
public import Wire

/// The driver of virtio-ipsec devices.
public final class IPsecDriver: VirtioDriver {
  public let name = "virtio_ipsec"
  public let idTable: [MatchID]
  public let supportedFeatures: FeatureSet
  public let requirements: [FeatureRequirement]
  public var parameters: Parameters
  /// Called for each device that came, and for each that is about to go.
  public var added: (IPsecInstance) -> Void = { _ in }
  public var removed: (IPsecInstance) -> Void = { _ in }

  /// What is between the driver and any virtio device, whatever the version.
  private static let transportFeatures: FeatureSet = [
    .version1, .accessPlatform, .orderPlatform, .notificationConfigData,
  ]

  /// Module parameters.
  public struct Parameters {
    /// Versions that the driver may speak, the preferred first.
    public var versions: [SpecVersion] = [.v2_0, .v1_0, .v0_4]
    /// Features that it accepts where they are offered; nil for all that it knows.
    public var features: FeatureSet?
    /// Descriptors in a queue, at most.
    public var queueSize = 256
    /// Buffers posted for notifications.
    public var notificationBuffers = 16
    /// Nanoseconds that a control command may take.
    public var commandTimeout: UInt64 = 1_000_000_000
    /// Nanoseconds without traffic after which the device sleeps; nil for never.
    public var autosuspendDelay: UInt64?
    /// A device ID other than the versions' own.
    public var deviceID: UInt16?
    /// The byte order of the guest.
    public var guestOrder = ByteOrder.little

    public init() {}
  }

  public init(_ parameters: Parameters = Parameters()) {
    self.parameters = parameters
    let known = Feature.allCases.reduce(into: FeatureSet()) { $0.formUnion(FeatureSet(bit: Int($1.rawValue))) }
    supportedFeatures = parameters.features ?? known.union(Self.transportFeatures)
    requirements = Spec.v2_0.dependencies.flatMap { dependency in
      dependency.needs.compactMap { needed in
        guard let feature = dependency.feature as? Feature, let needed = needed as? Feature else { return nil }
        return FeatureRequirement(FeatureSet(bit: Int(feature.rawValue)), needs: FeatureSet(bit: Int(needed.rawValue)))
      }
    }
    let ids = Spec.all.map { UInt32($0.identity.deviceID) } + [parameters.deviceID.map(UInt32.init)].compactMap { $0 }
    idTable = ids.map { .virtio(device: $0, vendor: nil) }
  }

  // MARK: Probe and remove

  /// Chooses a version, whose features are to be negotiated. The device hears of it after FEATURES_OK: until then, its
  /// configuration is only read (VIRTIO 1.4, Driver Requirements: Device Initialization).
  public func validate(_ device: VirtioBusDevice) throws(DriverError) {
    let id = Int(device.transport.deviceID)
    let layout = Spec.all.first { Int($0.identity.deviceID) == id } ?? Spec.v2_0
    let registers = try IPsecRegisters(
      device.transport, layout, guest: parameters.guestOrder, for: device.device.label)
    let offered = registers.versions ?? [layout.version]
    guard let version = parameters.versions.first(where: { offered.contains($0) }) else {
      let problem = "no version in common: device has \(offered.map(\.description).joined(separator: ", "))"
      device.device.info(problem)
      throw DriverError(.ENODEV, device.device.label, problem)
    }
    device.device.info("versions \(offered.map(\.description).joined(separator: ", ")); version \(version) chosen")
    let definition = Spec.all.first { $0.version == version }!
    let has = definition.features.reduce(into: FeatureSet()) { set, feature in
      if let feature = feature as? Feature { set.formUnion(FeatureSet(bit: Int(feature.rawValue))) }
    }
    device.features.formIntersection(has.union(Self.transportFeatures))
    device.device.driverData = IPsecInstance.Choice(version: version, registers: registers)
  }

  public func probe(_ device: VirtioBusDevice) throws(DriverError) {
    guard let choice = device.device.driverData as? IPsecInstance.Choice else {
      throw DriverError(.EINVAL, device.device.label, "no version was chosen")
    }
    let instance = try IPsecInstance(device, choice, parameters)
    device.device.driverData = instance
    do throws(DriverError) {
      try instance.start()
      try instance.greet()
      instance.state = .live
    } catch {
      instance.stop(.ENODEV)
      throw error
    }
    device.device.driverAttributes = instance.attributes
    device.device.setAutosuspend(parameters.autosuspendDelay)
    added(instance)
  }

  public func remove(_ device: VirtioBusDevice) {
    guard let instance = device.device.driverData as? IPsecInstance else { return }
    removed(instance)
    instance.stop(.ENODEV)
  }

  // MARK: Trouble

  public func configurationChanged(_ device: VirtioBusDevice) {
    guard let instance = device.device.driverData as? IPsecInstance, device.needsReset else { return }
    instance.scheduleRecovery()
  }

  // MARK: Power

  public func freeze(_ device: VirtioBusDevice) throws(DriverError) {
    try (device.device.driverData as? IPsecInstance)?.quiesce()
  }

  public func restore(_ device: VirtioBusDevice) throws(DriverError) {
    guard let instance = device.device.driverData as? IPsecInstance else { return }
    do throws(DriverError) { try instance.revive() } catch {
      instance.stop(.EIO)
      throw error
    }
  }

  public func runtimeSuspend(_ device: KernelDevice) throws(DriverError) {
    guard let instance = device.driverData as? IPsecInstance else { return }
    guard instance.isIdle else { throw DriverError(.EBUSY, device.label, "requests are in flight") }
    try device.virtio.freeze()
  }

  public func runtimeResume(_ device: KernelDevice) throws(DriverError) { try device.virtio.restore() }
}

extension Module {
  public static func virtioIPsec(_ driver: IPsecDriver) -> Module {
    .driver("virtio_ipsec", on: "virtio", needs: ["virtio"], driver)
  }
}
