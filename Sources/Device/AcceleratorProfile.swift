public import ESP
public import Spec
public import Virtio
public import Wire

/// What tells one accelerator from another.
public struct AcceleratorProfile: Sendable {
  /// Versions to offer, the preferred first; all with the same registers.
  public var versions: [SpecVersion]
  /// Nil for the version's own.
  public var deviceID: UInt16?
  /// Largest number of encap/decap queue pairs.
  public var pairs = 1
  /// Device-side scaling: hardware threads.
  public var scaling = 1
  /// Descriptors in a queue.
  public var queueSize: Int
  /// Features to offer; those that no version has are left out.
  public var features: FeatureSet
  public var algorithms: AlgorithmSet
  public var limits = Limits()
  /// Habits of the published driver to put up with.
  public var quirks: Set<V1_0.DriverQuirk> = []
  /// The guest's byte order until it says otherwise, in versions that have one.
  public var guestOrder = ByteOrder.little
  /// Random bytes for the guest.
  public var random: @Sendable (Int) -> [UInt8] = { count in
    var generator = SystemRandomNumberGenerator()
    return (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
  }
  /// Where IVs of block chaining come from: the system, unless packets are to be the same in every run.
  public var ivs = IVSource.system
  /// Protects keys in a saved state, and undoes it; nil from `open` where the bytes are not what `seal` made.
  public var seal: @Sendable ([UInt8]) -> [UInt8] = { $0 }
  public var open: @Sendable ([UInt8]) -> [UInt8]? = { $0 }

  /// Everything that the version has.
  public init(_ version: SpecVersion = .v2_0) {
    let definition = Spec.definition(of: version)
    versions = [version]
    queueSize = definition.queues.defaultSize
    features = definition.features.reduce(into: []) { $0.formUnion(FeatureSet(bit: Int(Grammar.number($1)))) }
    algorithms = .all(in: version)
  }
}

extension Spec {
  /// The definition of a version that there is.
  static func definition(of version: SpecVersion) -> Definition {
    guard let definition = all.first(where: { $0.version == version }) else {
      preconditionFailure("no version \(version)")
    }
    return definition
  }
}
