/// How much an association may carry (RFC 4301 section 4.4.2.1). A limit of `nil` is none.
///
/// The packet that reaches or crosses the hard limit still passes; the next one is refused.
/// The packet that reaches or crosses the soft limit passes and is reported, once.
public struct Lifetime: Sendable, Hashable {
  public var softBytes: UInt64?
  public var hardBytes: UInt64?
  public var softPackets: UInt64?
  public var hardPackets: UInt64?

  public init(
    softBytes: UInt64? = nil, hardBytes: UInt64? = nil, softPackets: UInt64? = nil, hardPackets: UInt64? = nil
  ) {
    self.softBytes = softBytes
    self.hardBytes = hardBytes
    self.softPackets = softPackets
    self.hardPackets = hardPackets
  }
}
