import Wire

/// TCP's and UDP's checksums, which cover addresses that a translator has changed (RFC 3948 section 3.1.2).
enum TransportChecksum {
  /// Replaces the original addresses under the checksum of `payload` by those in the IP header at `header`.
  static func repair(
    _ buffer: inout MutableRawSpan, header: Int, payload: Range<Int>, _ version: IPVersion, protocol number: UInt8,
    _ translation: Parameters.UDPEncapsulation
  ) {
    let offset: Int
    switch number {
    case IPProtocol.tcp: offset = payload.lowerBound + 16
    case IPProtocol.udp: offset = payload.lowerBound + 6
    default: return
    }
    guard offset + 2 <= payload.upperBound else { return }
    let old = buffer.bytes.load(UInt16.self, at: offset, .big)
    if number == IPProtocol.udp, old == 0 { return }
    let (source, destination) = IPHeader.addresses(buffer.bytes, at: header, version)
    let before = (translation.originalSource ?? source).sum + (translation.originalDestination ?? destination).sum
    let new = Checksum.update(old, from: before, to: source.sum + destination.sum)
    buffer.store(number == IPProtocol.udp && new == 0 ? 0xffff : new, at: offset, .big)
  }
}
