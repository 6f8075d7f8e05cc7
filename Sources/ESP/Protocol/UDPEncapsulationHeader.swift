import Wire

/// ESP in UDP through address translators (RFC 3948), and WESP in UDP (RFC 5840 section 2.1).
enum UDPEncapsulationHeader {
  /// Stands in front of WESP where ESP would have its SPI.
  static let wespIdentifier: UInt32 = 2

  /// Writes the UDP header with checksum 0 at `offset`, and WESP's protocol identifier.
  static func write(
    _ buffer: inout MutableRawSpan, at offset: Int, _ ports: Parameters.UDPEncapsulation, length: Int, isWESP: Bool
  ) {
    buffer.store(ports.sourcePort, at: offset, .big)
    buffer.store(ports.destinationPort, at: offset + 2, .big)
    buffer.store(UInt16(length), at: offset + 4, .big)
    buffer.store(UInt16(0), at: offset + 6, .big)
    if isWESP { buffer.store(wespIdentifier, at: offset + 8, .big) }
  }

  /// Computes the checksum, which IPv6 demands (RFC 8200 section 8.1), for the datagram at `offset`.
  static func setChecksum(
    _ buffer: inout MutableRawSpan, at offset: Int, end: Int, source: IPAddress, destination: IPAddress
  ) {
    let pseudo = source.sum + destination.sum + UInt64(end - offset) + UInt64(IPProtocol.udp)
    let checksum = Checksum.fold(pseudo + Checksum.sum(buffer.bytes, offset..<end))
    buffer.store(checksum == 0 ? 0xffff : checksum, at: offset + 6, .big)
  }

  /// Whether WESP's protocol identifier follows the UDP header at `offset`.
  static func identifiesWESP(_ bytes: RawSpan, at offset: Int, end: Int) -> Bool {
    offset + 12 <= end && bytes.load(UInt32.self, at: offset + 8, .big) == wespIdentifier
  }

  /// Where ESP starts within the datagram at `offset`, and where the datagram ends.
  ///
  /// - Throws: `truncated`, `tooShort`, `keepalive`, `ike`, or `wrongProtocol` for ESP where WESP belongs and the
  ///   reverse.
  static func read(_ bytes: RawSpan, at offset: Int, end: Int, isWESP: Bool) throws(Refusal) -> (
    start: Int, end: Int, port: UInt16
  ) {
    guard offset + 8 <= end else { throw .truncated }
    let length = Int(bytes.load(UInt16.self, at: offset + 4, .big))
    guard length >= 8, offset + length <= end else { throw .truncated }
    let end = offset + length
    if length == 9, bytes.load(UInt8.self, at: offset + 8, .big) == 0xff { throw .keepalive }
    guard length >= 16 else { throw .tooShort }
    let marker = bytes.load(UInt32.self, at: offset + 8, .big)
    if marker == 0 { throw .ike }
    guard isWESP == (marker == wespIdentifier) else { throw .wrongProtocol(IPProtocol.udp) }
    return (offset + (isWESP ? 12 : 8), end, bytes.load(UInt16.self, at: offset, .big))
  }
}
