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

  /// Whether all that was taken was used.
  var isIdle: Bool { nextAvailable == nextUsed && availableWrap == usedWrap }
}
