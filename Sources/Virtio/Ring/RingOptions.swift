/// The negotiated features that change how a ring works.
public struct RingOptions: Sendable, Hashable {
  public var indirect: Bool
  public var eventIndex: Bool
  public var inOrder: Bool
  /// Which barriers the ring's owner uses.
  public var barrier: Barrier

  public init(_ features: FeatureSet = []) {
    indirect = features.contains(.indirectDescriptors)
    eventIndex = features.contains(.eventIndex)
    inOrder = features.contains(.inOrder)
    barrier = features.contains(.orderPlatform) ? .platform : .smp
  }
}
