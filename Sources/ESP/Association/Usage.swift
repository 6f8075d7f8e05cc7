/// How much of its lifetime an association has used.
public struct Usage: Sendable, Hashable {
  public var bytes: UInt64 = 0
  public var packets: UInt64 = 0
  /// The soft limit has been reported.
  public var softReported = false
  /// The end of the sequence numbers has been announced.
  public var overflowReported = false

  public init() {}

  package func isExpired(_ lifetime: Lifetime) -> Bool {
    reached(lifetime.hardBytes, lifetime.hardPackets)
  }

  /// Counts a packet; true when it is the one that reaches the soft limit.
  package mutating func add(bytes count: Int, _ lifetime: Lifetime) -> Bool {
    bytes &+= UInt64(count)
    packets &+= 1
    guard !softReported, reached(lifetime.softBytes, lifetime.softPackets) else { return false }
    softReported = true
    return true
  }

  private func reached(_ byteLimit: UInt64?, _ packetLimit: UInt64?) -> Bool {
    if let byteLimit, bytes >= byteLimit { return true }
    if let packetLimit, packets >= packetLimit { return true }
    return false
  }
}
