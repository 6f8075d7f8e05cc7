/// Why the device cannot take a descriptor chain.
public enum ChainFault: UInt8, Sendable, Hashable, CaseIterable {
  /// The available index is ahead by more than the ring holds, or went back.
  case indexJump
  /// More buffers are in flight than the ring holds.
  case tooManyInFlight
  case headOutOfRange
  case nextOutOfRange
  /// More descriptors than the queue size: a loop, too.
  case tooLong
  /// More than 2³² bytes.
  case tooLarge
  case readableAfterWritable
  /// A buffer, or part of it, is not guest memory.
  case outsideMemory
  case indirectNotNegotiated
  case indirectNested
  case indirectWithNext
  /// A table of no descriptors, or with part of one.
  case indirectByteCount
  /// An indirect descriptor within a list, in a packed ring.
  case indirectInList
  /// A list has descriptors that were not made available.
  case notAvailable
}

/// A descriptor chain that breaks the rules.
public struct ChainError: Error, Sendable, Hashable, CustomStringConvertible {
  public let fault: ChainFault
  /// Head of the chain, or the buffer ID in a packed ring.
  public let id: UInt16
  /// Number of slots of the ring that the chain takes up.
  public let slots: Int
  /// The chain's place in the order in which chains were taken.
  var sequence = 0
  /// The life of the queue that the chain was taken from.
  var life = QueueLife.Name()

  /// Whether the device can give the chain back unused; if not, only a reset helps.
  public var isReturnable: Bool { slots > 0 }

  public var description: String { "chain \(id): \(fault)" }
}
