import Wire

/// The header of wrapped ESP (RFC 5840 section 2), which tells an observer whether and where the payload can be read.
///
/// ```
/// next header ‖ header length ‖ trailer length ‖ V V E P 0 0 0 0 ‖ four bytes of padding if P
/// ```
/// Header length counts from here to the payload, trailer length is the ICV's. All three are 0 when the payload is
/// encrypted, which E says. The ICV covers the ESP packet behind, as it would without this header: instead, what the
/// header says is compared with the association and the packet once the ICV was found good.
struct WESPHeader: Hashable {
  /// Four bytes, and four of padding where IPv6 wants multiples of 8.
  static let length = 4, paddedLength = 8

  private static let encrypted: UInt8 = 0x20
  private static let padded: UInt8 = 0x10
  private static let version: UInt8 = 0xc0
  /// Sent as 0, ignored when received.
  private static let reserved: UInt8 = 0x0f

  private let nextHeader: UInt8
  private let headerLength: UInt8
  private let trailerLength: UInt8
  private let flags: UInt8

  var isEncrypted: Bool { flags & Self.encrypted != 0 }
  private var isPadded: Bool { flags & Self.padded != 0 }

  /// The header that an association's packets have.
  init(_ parameters: Parameters, _ framing: Framing, _ version: IPVersion, nextHeader: UInt8) {
    self.init(
      parameters, framing, version, nextHeader: nextHeader, isPadded: framing.wespLength(version) == Self.paddedLength)
  }

  private init(
    _ parameters: Parameters, _ framing: Framing, _ version: IPVersion, nextHeader: UInt8, isPadded: Bool
  ) {
    let isReadable = !parameters.encrypts
    let length = isPadded ? Self.paddedLength : Self.length
    self.nextHeader = isReadable ? nextHeader : 0
    self.headerLength = isReadable ? UInt8(length + framing.headerLength(version)) : 0
    self.trailerLength = isReadable ? UInt8(framing.icvLength) : 0
    self.flags = (isReadable ? 0 : Self.encrypted) | (isPadded ? Self.padded : 0)
  }

  /// Whether a received header fits the association and the next header in ESP's trailer.
  ///
  /// Padding belongs into IPv6 and nowhere else. Within UDP, whose protocol identifier aligns already, it is not
  /// needed; that it must not be there RFC 5840 does not say.
  func fits(_ parameters: Parameters, _ framing: Framing, _ version: IPVersion, nextHeader: UInt8) -> Bool {
    let mayChoose = version == .v6 && framing.udpLength > 0
    let isPadded = mayChoose ? isPadded : framing.wespLength(version) == Self.paddedLength
    return self == WESPHeader(parameters, framing, version, nextHeader: nextHeader, isPadded: isPadded)
  }

  /// Reads a header, and its length with padding.
  ///
  /// - Throws: `tooShort`, or `wespMismatch` for another version of the protocol.
  static func read(_ bytes: RawSpan, at offset: Int, end: Int) throws(Refusal) -> (header: WESPHeader, length: Int) {
    guard offset + length <= end else { throw .tooShort }
    let word = bytes.load(UInt32.self, at: offset, .big)
    let header = WESPHeader(word)
    guard header.flags & version == 0 else { throw .wespMismatch }
    return (header, header.isPadded ? paddedLength : length)
  }

  private init(_ word: UInt32) {
    nextHeader = UInt8(truncatingIfNeeded: word >> 24)
    headerLength = UInt8(truncatingIfNeeded: word >> 16)
    trailerLength = UInt8(truncatingIfNeeded: word >> 8)
    flags = UInt8(truncatingIfNeeded: word) & ~Self.reserved
  }

  func write(_ buffer: inout MutableRawSpan, at offset: Int) {
    let word = UInt32(nextHeader) << 24 | UInt32(headerLength) << 16 | UInt32(trailerLength) << 8 | UInt32(flags)
    buffer.store(word, at: offset, .big)
    if isPadded { buffer.store(UInt32(0), at: offset + Self.length, .big) }
  }
}
