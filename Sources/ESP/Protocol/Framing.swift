/// The lengths that an association adds to packets, computed once. In bytes.
struct Framing: Sendable {
  let `protocol`: SecurityProtocol
  let ivLength: Int
  let icvLength: Int
  /// What padding aligns to: 4, or the cipher's block (RFC 4303 section 2.4).
  let alignment: Int
  /// What AH over IPv4 aligns to.
  let alignmentOfAH: Int
  /// UDP header, and in front of WESP the protocol identifier.
  let udpLength: Int

  init(_ parameters: Parameters) {
    let lengths = parameters.lengths
    self.protocol = parameters.protocol
    self.ivLength = lengths.iv
    self.icvLength = lengths.icv
    self.alignment = max(4, lengths.block)
    self.alignmentOfAH = parameters.alignsAHTo8 ? 8 : 4
    self.udpLength = parameters.udpEncapsulation == nil ? 0 : parameters.protocol == .wesp ? 12 : 8
  }

  /// WESP's header: padded in IPv6, but not behind UDP, whose protocol identifier aligns already (RFC 5840 section 2).
  @inline(__always)
  func wespLength(_ version: IPVersion) -> Int {
    guard self.protocol == .wesp else { return 0 }
    return version == .v6 && udpLength == 0 ? WESPHeader.paddedLength : WESPHeader.length
  }

  /// From SPI (ESP) or next header (AH) to the payload.
  @inline(__always)
  func headerLength(_ version: IPVersion) -> Int {
    guard self.protocol == .ah else { return 8 + ivLength }
    let multiple = version == .v4 ? alignmentOfAH : 8
    return (12 + ivLength + icvLength + multiple - 1) / multiple * multiple
  }

  /// All that stands between IP header and payload.
  @inline(__always)
  func frontLength(_ version: IPVersion) -> Int {
    udpLength + wespLength(version) + headerLength(version)
  }

  /// The padding behind `count` bytes of payload, without its two bytes of pad length and next header.
  @inline(__always)
  func padding(_ count: Int) -> Int { (alignment - (count + 2) % alignment) % alignment }
}
