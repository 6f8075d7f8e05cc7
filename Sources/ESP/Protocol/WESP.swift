import Wire

/// The header of wrapped ESP (RFC 5840 section 2), which tells an observer whether and where the payload can be read.
///
/// ```
/// next header ‖ header length ‖ trailer length ‖ flags ‖ four bytes of padding if flagged (IPv6)
/// ```
/// All but the flags are 0 when the payload is encrypted. The ICV covers the ESP packet behind, unchanged.
struct WESPHeader: Hashable {
  private static let encrypted: UInt8 = 0x20
  private static let padded: UInt8 = 0x10
  private static let version: UInt8 = 0xc0

  private let nextHeader: UInt8
  private let headerLength: UInt8
  private let trailerLength: UInt8
  private let flags: UInt8

  /// The header that an association's packets must have.
  init(_ parameters: Parameters, _ framing: Framing, _ version: IPVersion, nextHeader: UInt8) {
    let isReadable = !parameters.encrypts
    self.nextHeader = isReadable ? nextHeader : 0
    self.headerLength = isReadable ? UInt8(framing.wespLength(version) + framing.headerLength(version)) : 0
    self.trailerLength = isReadable ? UInt8(framing.icvLength) : 0
    self.flags = (isReadable ? 0 : Self.encrypted) | (version == .v6 ? Self.padded : 0)
  }

  /// Reads a header, and its length with padding.
  ///
  /// - Throws: `tooShort`, or `wespMismatch` for another version of the protocol.
  static func read(_ bytes: RawSpan, at offset: Int, end: Int) throws(Refusal) -> (header: WESPHeader, length: Int) {
    guard offset + 4 <= end else { throw .tooShort }
    let word = bytes.load(UInt32.self, at: offset, .big)
    let header = WESPHeader(word)
    guard header.flags & version == 0 else { throw .wespMismatch }
    return (header, header.flags & padded == 0 ? 4 : 8)
  }

  private init(_ word: UInt32) {
    nextHeader = UInt8(truncatingIfNeeded: word >> 24)
    headerLength = UInt8(truncatingIfNeeded: word >> 16)
    trailerLength = UInt8(truncatingIfNeeded: word >> 8)
    flags = UInt8(truncatingIfNeeded: word)
  }

  func write(_ buffer: inout MutableRawSpan, at offset: Int, _ version: IPVersion) {
    let word = UInt32(nextHeader) << 24 | UInt32(headerLength) << 16 | UInt32(trailerLength) << 8 | UInt32(flags)
    buffer.store(word, at: offset, .big)
    if version == .v6 { buffer.store(UInt32(0), at: offset + 4, .big) }
  }
}
