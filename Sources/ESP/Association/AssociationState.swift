/// What changes as an association works: everything needed to go on elsewhere, together with the parameters.
public struct AssociationState: Sendable, Hashable {
  /// The last sequence number used (outbound) or the highest received (inbound).
  public var sequence: UInt64 = 0
  /// The replay window's words as `ReplayWindow.words`; inbound only, nil for "everything up to `sequence` was
  /// received".
  public var window: [UInt64]?
  public var usage = Usage()
  public var statistics = Statistics()

  public init(sequence: UInt64 = 0) { self.sequence = sequence }
}
