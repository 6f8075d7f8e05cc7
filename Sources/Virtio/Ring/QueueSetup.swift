/// Guest-physical addresses of a virtqueue's three parts.
///
/// Each part lies within one memory region; a buffer may cross from one to the next.
public struct QueueAddresses: Sendable, Hashable, Codable {
  /// Descriptor table, or descriptor ring.
  public var descriptors: UInt64
  /// Available ring, or driver event suppression.
  public var driver: UInt64
  /// Used ring, or device event suppression.
  public var device: UInt64

  public init(descriptors: UInt64 = 0, driver: UInt64 = 0, device: UInt64 = 0) {
    self.descriptors = descriptors
    self.driver = driver
    self.device = device
  }
}

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
    barrier = features.contains(.orderPlatform) ? .platform : .processors
  }
}

/// Where the device stands in a ring: all it takes to go on elsewhere.
public struct RingState: Sendable, Hashable, Codable {
  /// Split: free-running index of the next available entry. Packed: slot of the next descriptor.
  public var nextAvailable: UInt16 = 0
  /// Split: free-running index of the next used entry. Packed: slot of the next used descriptor.
  public var nextUsed: UInt16 = 0
  /// Wrap counters of a packed ring.
  public var availableWrap = true
  public var usedWrap = true

  public init() {}
}

/// Largest queue size.
public let maximumQueueSize = 32768
