import Wire

/// What an IP header says, read once and checked.
public struct IPHeader: Sendable, Hashable {
  public var version = IPVersion.v4
  /// Bytes up to the payload: options included, extension headers not.
  public var length = 0
  /// Bytes of the whole packet.
  public var totalLength = 0
  /// DSCP and ECN.
  public var trafficClass: UInt8 = 0
  /// 0 for IPv4.
  public var flowLabel: UInt32 = 0
  /// TTL or hop limit.
  public var hopLimit: UInt8 = 64
  /// What follows the header.
  public var `protocol` = IPProtocol.none
  /// IPv6 packets are never fragmented on their way.
  public var dontFragment = false
  /// A part of an IPv4 packet. In IPv6 an extension header says so.
  public var isFragment = false

  /// No packet's header: what a dummy packet has instead.
  init() {}

  /// Reads the header at the front of `bytes[packet]`.
  ///
  /// - Throws: `truncated`, `malformedHeader` or `jumbogram`.
  @inline(__always)
  public init(reading bytes: RawSpan, _ packet: Range<Int>) throws(Refusal) {
    guard packet.count >= 20, packet.lowerBound >= 0, packet.upperBound <= bytes.byteCount else { throw .truncated }
    let first = bytes.load(UInt32.self, at: packet.lowerBound, .big)
    switch first >> 28 {
    case 4:
      let second = bytes.load(UInt32.self, at: packet.lowerBound + 4, .big)
      let third = bytes.load(UInt32.self, at: packet.lowerBound + 8, .big)
      version = .v4
      length = Int(first >> 24 & 0xf) * 4
      totalLength = Int(first & 0xffff)
      trafficClass = UInt8(truncatingIfNeeded: first >> 16)
      flowLabel = 0
      hopLimit = UInt8(truncatingIfNeeded: third >> 24)
      `protocol` = UInt8(truncatingIfNeeded: third >> 16)
      dontFragment = second & 0x4000 != 0
      isFragment = second & 0x3fff != 0
    case 6:
      guard packet.count >= 40 else { throw .truncated }
      let second = bytes.load(UInt32.self, at: packet.lowerBound + 4, .big)
      version = .v6
      length = 40
      totalLength = 40 + Int(second >> 16)
      trafficClass = UInt8(truncatingIfNeeded: first >> 20)
      flowLabel = first & 0xf_ffff
      hopLimit = UInt8(truncatingIfNeeded: second)
      `protocol` = UInt8(truncatingIfNeeded: second >> 8)
      dontFragment = true
      isFragment = false
      if totalLength == 40, `protocol` == IPProtocol.hopByHop { throw .jumbogram }
    default: throw .malformedHeader
    }
    guard length >= version.headerLength, totalLength >= length else { throw .malformedHeader }
    guard totalLength <= packet.count else { throw .truncated }
  }

  /// The addresses of the header at `offset`.
  public static func addresses(
    _ bytes: RawSpan, at offset: Int, _ version: IPVersion
  ) -> (source: IPAddress, destination: IPAddress) {
    switch version {
    case .v4:
      (.v4(bytes.load(UInt32.self, at: offset + 12, .big)), .v4(bytes.load(UInt32.self, at: offset + 16, .big)))
    case .v6:
      (
        .v6(bytes.load(UInt64.self, at: offset + 8, .big), bytes.load(UInt64.self, at: offset + 16, .big)),
        .v6(bytes.load(UInt64.self, at: offset + 24, .big), bytes.load(UInt64.self, at: offset + 32, .big))
      )
    }
  }

  /// Sets the total length of the header at `offset`, and an IPv4 header's checksum.
  static func setLength(
    _ buffer: inout MutableRawSpan, at offset: Int, _ version: IPVersion, headerLength: Int, total: Int
  ) {
    switch version {
    case .v4:
      buffer.store(UInt16(total), at: offset + 2, .big)
      setChecksum(&buffer, at: offset, headerLength: headerLength)
    case .v6:
      buffer.store(UInt16(total - 40), at: offset + 4, .big)
    }
  }

  /// Computes the checksum of an IPv4 header.
  static func setChecksum(_ buffer: inout MutableRawSpan, at offset: Int, headerLength: Int) {
    buffer.store(UInt16(0), at: offset + 10, .big)
    buffer.store(Checksum.fold(Checksum.sum(buffer.bytes, offset..<offset + headerLength)), at: offset + 10, .big)
  }

  /// Sets the traffic class of the header at `offset`, keeping an IPv4 checksum right.
  static func setTrafficClass(_ value: UInt8, _ buffer: inout MutableRawSpan, at offset: Int, _ version: IPVersion) {
    switch version {
    case .v4:
      let old = buffer.bytes.load(UInt8.self, at: offset + 1, .big)
      let checksum = buffer.bytes.load(UInt16.self, at: offset + 10, .big)
      buffer.store(value, at: offset + 1, .big)
      buffer.store(Checksum.update(checksum, from: UInt64(old), to: UInt64(value)), at: offset + 10, .big)
    case .v6:
      let word = buffer.bytes.load(UInt32.self, at: offset, .big)
      buffer.store(word & 0xf00f_ffff | UInt32(value) << 20, at: offset, .big)
    }
  }

  /// Lowers the TTL or hop limit of the header at `offset` by one, keeping an IPv4 checksum right.
  static func decrementHopLimit(_ buffer: inout MutableRawSpan, at offset: Int, _ version: IPVersion) throws(Refusal) {
    let position = offset + (version == .v4 ? 8 : 7)
    let old = buffer.bytes.load(UInt8.self, at: position, .big)
    guard old > 1 else { throw .hopLimitExceeded }
    buffer.store(old - 1, at: position, .big)
    if version == .v4 {
      let checksum = buffer.bytes.load(UInt16.self, at: offset + 10, .big)
      buffer.store(Checksum.update(checksum, from: UInt64(old) << 8, to: UInt64(old - 1) << 8), at: offset + 10, .big)
    }
  }
}
