import Wire

/// A received packet's security header and what stands around it, as far as can be seen without its association.
public struct SecurityHeader: Sendable, Hashable {
  public var `protocol`: SecurityProtocol
  public var spi: UInt32
  /// The half of the sequence number that is sent.
  public var sequenceLow: UInt32
  /// The UDP header, and in front of WESP the protocol identifier.
  public var udp: Range<Int>?
  /// WESP's header, padding included.
  public var wesp: Range<Int>?
  /// WESP's header says that the payload cannot be read.
  public var isAnnouncedAsEncrypted = false
  /// From SPI (ESP) or next header (AH) to where the payload may start: of ESP without IV, of AH as long as it says it
  /// is, which may be more than there is.
  public var range: Range<Int>
  /// Where the datagram or packet ends.
  public var end: Int

  /// Bytes of SPI, sequence number and, of AH, what stands in front of them. IV and ICV are not among them.
  public var fixedLength: Int { self.protocol == .ah ? AuthenticationHeader.ivOffset : 8 }

  /// Reads the header of the packet at `bytes[packet]`: behind extension headers, and within UDP whose destination port
  /// is one of `ports`.
  ///
  /// - Throws: `wrongProtocol` for packets that are none of IPsec's, `keepalive`, `ike`, `tooShort`, and what malformed
  ///   headers are refused for.
  public init(reading bytes: RawSpan, _ packet: Range<Int>, udpPorts ports: Set<UInt16> = [4500]) throws(Refusal) {
    let header = try IPHeader(reading: bytes, packet)
    let chain = try HeaderChain(locatingIn: bytes, packet, header)
    var offset = packet.lowerBound + chain.length
    end = packet.lowerBound + header.totalLength
    switch chain.protocol {
    case IPProtocol.esp: self.protocol = .esp
    case IPProtocol.ah: self.protocol = .ah
    case IPProtocol.wesp: self.protocol = .wesp
    case IPProtocol.udp:
      guard offset + 8 <= end, ports.contains(bytes.load(UInt16.self, at: offset + 2, .big)) else {
        throw .wrongProtocol(chain.protocol)
      }
      let isWESP = UDPEncapsulationHeader.identifiesWESP(bytes, at: offset, end: end)
      let (start, datagramEnd, _) = try UDPEncapsulationHeader.read(bytes, at: offset, end: end, isWESP: isWESP)
      udp = offset..<start
      self.protocol = isWESP ? .wesp : .esp
      (offset, end) = (start, datagramEnd)
    default: throw .wrongProtocol(chain.protocol)
    }
    if self.protocol == .wesp {
      let (wespHeader, length) = try WESPHeader.read(bytes, at: offset, end: end)
      wesp = offset..<offset + length
      isAnnouncedAsEncrypted = wespHeader.isEncrypted
      offset += length
    }
    let isAH = self.protocol == .ah
    guard offset + (isAH ? AuthenticationHeader.ivOffset : 8) <= end else { throw .tooShort }
    spi = bytes.load(UInt32.self, at: offset + (isAH ? 4 : 0), .big)
    sequenceLow = bytes.load(UInt32.self, at: offset + (isAH ? 8 : 4), .big)
    range = offset..<offset + (isAH ? AuthenticationHeader.length(bytes, at: offset) : 8)
  }
}
