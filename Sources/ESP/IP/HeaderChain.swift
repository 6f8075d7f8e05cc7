import Wire

/// Where in a packet a security header stands, or belongs: behind the IP header and some IPv6 extension headers.
public struct HeaderChain: Sendable, Hashable {
  /// Bytes from the front of the packet to the security header.
  public var length: Int
  /// The byte, counted from the front of the packet, that names what follows.
  public var nextHeaderOffset: Int
  /// What follows.
  public var `protocol`: UInt8

  /// Up to the place for ESP or AH in transport mode: behind hop-by-hop options, routing, fragment header, and the
  /// destination options that a routing header follows; in front of other destination options (RFC 4303 section 3.1.1).
  ///
  /// - Throws: `fragment`: only whole packets are protected in transport mode.
  init(insertingInto bytes: RawSpan, _ packet: Range<Int>, _ header: IPHeader) throws(Refusal) {
    try self.init(bytes, packet, header, passesAllDestinationOptions: false)
  }

  /// Up to the first header that is no IPv6 extension header.
  ///
  /// - Throws: `fragment`: the caller reassembles first.
  public init(locatingIn bytes: RawSpan, _ packet: Range<Int>, _ header: IPHeader) throws(Refusal) {
    try self.init(bytes, packet, header, passesAllDestinationOptions: true)
  }

  private init(
    _ bytes: RawSpan, _ packet: Range<Int>, _ header: IPHeader, passesAllDestinationOptions: Bool
  ) throws(Refusal) {
    if header.isFragment { throw .fragment }
    length = header.length
    nextHeaderOffset = header.version == .v4 ? 9 : 6
    `protocol` = header.protocol
    guard header.version == .v6 else { return }
    var accepted = self
    while let next = try self.next(bytes, packet, header) {
      let isDestinationOptions = `protocol` == IPProtocol.destinationOptions
      self = next
      if !isDestinationOptions || passesAllDestinationOptions { accepted = self }
    }
    self = accepted
  }

  /// The chain with one extension header more, or nil at the first header of another kind.
  private func next(_ bytes: RawSpan, _ packet: Range<Int>, _ header: IPHeader) throws(Refusal) -> HeaderChain? {
    let end = packet.lowerBound + header.totalLength
    let start = packet.lowerBound + length
    switch `protocol` {
    case IPProtocol.hopByHop where length != header.length: throw .malformedHeader
    case IPProtocol.hopByHop, IPProtocol.routing, IPProtocol.destinationOptions, IPProtocol.fragment: break
    default: return nil
    }
    guard start + 8 <= end else { throw .truncated }
    var count = 8
    if `protocol` == IPProtocol.fragment {
      // Offset and more-fragments flag; a packet with neither is whole (RFC 6946).
      if bytes.load(UInt16.self, at: start + 2, .big) & 0xfff9 != 0 { throw .fragment }
    } else {
      count += Int(bytes.load(UInt8.self, at: start + 1, .big)) * 8
    }
    guard start + count <= end else { throw .truncated }
    var chain = self
    chain.nextHeaderOffset = length
    chain.protocol = bytes.load(UInt8.self, at: start, .big)
    chain.length += count
    return chain
  }
}
