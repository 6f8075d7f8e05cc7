/// A packet that passed.
public struct Outcome: Sendable, Hashable {
  /// Where in the buffer it lies.
  public var packet: Range<Int>
  /// All 64 bits of its sequence number.
  public var sequence: UInt64
  public var events: Events = []
  /// The UDP port it came from, with UDP encapsulation; 0 otherwise.
  public var peerPort: UInt16 = 0
}
