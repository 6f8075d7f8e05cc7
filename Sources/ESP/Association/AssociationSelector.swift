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
  /// - Throws: `wrongProtocol` for packets that are none of IPsec's, `keepalive`, `ike`, and what malformed headers are
  ///   refused for.
  public init(reading bytes: RawSpan, _ packet: Range<Int>, udpPorts ports: Set<UInt16> = [4500]) throws(Refusal) {
    let header = try IPHeader(reading: bytes, packet)
    let chain = try HeaderChain(locatingIn: bytes, packet, header)
    let end = packet.lowerBound + header.totalLength
    var offset = packet.lowerBound + chain.length
    switch chain.protocol {
    case IPProtocol.esp: self.protocol = .esp
    case IPProtocol.ah: self.protocol = .ah
    case IPProtocol.wesp: self.protocol = .wesp
    case IPProtocol.udp:
      guard offset + 8 <= end, ports.contains(bytes.load(UInt16.self, at: offset + 2, .big)) else {
        throw .wrongProtocol(chain.protocol)
      }
      let isWESP =
        offset + 12 <= end && bytes.load(UInt32.self, at: offset + 8, .big) == UDPEncapsulationHeader.wespIdentifier
      offset = try UDPEncapsulationHeader.read(bytes, at: offset, end: end, isWESP: isWESP).start
      self.protocol = isWESP ? .wesp : .esp
    default: throw .wrongProtocol(chain.protocol)
    }
    switch self.protocol {
    case .esp: break
    case .ah: offset += 4
    case .wesp: offset += try WESPHeader.read(bytes, at: offset, end: end).length
    }
    guard offset + 8 <= end else { throw .tooShort }
    spi = bytes.load(UInt32.self, at: offset, .big)
    destination = IPHeader.addresses(bytes, at: packet.lowerBound, header.version).destination
  }
}
