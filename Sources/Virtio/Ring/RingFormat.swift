/// Format of a virtqueue.
public enum RingFormat: String, Sendable, CaseIterable {
  case split, packed

  /// What the negotiated features say.
  public init(_ features: FeatureSet) { self = features.contains(.ringPacked) ? .packed : .split }
}

/// Largest queue size.
public let maximumQueueSize = 32768
