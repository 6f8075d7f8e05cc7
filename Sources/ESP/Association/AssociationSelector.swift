import Wire

/// By what a received packet's association is found (RFC 4301 section 4.1).
public struct AssociationSelector: Sendable, Hashable {
  public var destination: IPAddress
  public var `protocol`: SecurityProtocol
  public var spi: UInt32

  public init(destination: IPAddress, protocol: SecurityProtocol, spi: UInt32) {
    self.destination = destination
    self.protocol = `protocol`
    self.spi = spi
  }

  /// What the packet at `bytes[packet]` names: behind extension headers, and within UDP whose port is one of `ports`.
  ///
  /// - Throws: what `SecurityHeader(reading:_:udpPorts:)` throws.
  public init(reading bytes: RawSpan, _ packet: Range<Int>, udpPorts ports: Set<UInt16> = [4500]) throws(Refusal) {
    let header = try SecurityHeader(reading: bytes, packet, udpPorts: ports)
    let ip = try IPHeader(reading: bytes, packet)
    destination = IPHeader.addresses(bytes, at: packet.lowerBound, ip.version).destination
    self.protocol = header.protocol
    spi = header.spi
  }
}
