import Wire

/// The authentication header (RFC 4302 section 2).
///
/// ```
/// next header ‖ length in words − 2 ‖ 0 0 ‖ SPI ‖ sequence ‖ (GMAC: IV) ‖ ICV ‖ zeros up to 4 or 8 bytes
/// ```
/// It is filled up to a multiple of 4 bytes in IPv4 and of 8 in IPv6.
enum AuthenticationHeader {
  static let ivOffset = 12

  /// The length that the header at `offset` states, in bytes.
  static func length(_ bytes: RawSpan, at offset: Int) -> Int {
    (Int(bytes.load(UInt8.self, at: offset + 1, .big)) + 2) * 4
  }

  static func write(
    _ buffer: inout MutableRawSpan, at offset: Int, nextHeader: UInt8, length: Int, spi: UInt32, _ sequence: UInt64
  ) {
    buffer.store(UInt32(nextHeader) << 24 | UInt32(length / 4 - 2) << 16, at: offset, .big)
    buffer.store(spi, at: offset + 4, .big)
    buffer.store(UInt32(truncatingIfNeeded: sequence), at: offset + 8, .big)
    buffer.zero(offset + ivOffset..<offset + length)
  }
}

extension OutboundAssociation {
  /// Writes the authentication header and its ICV, which covers the whole packet but for what routers change.
  func sealAH(
    _ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ sequence: UInt64, _ transform: any Transform
  ) throws(Refusal) {
    let length = framing.headerLength(plan.version)
    let header = plan.payload - length
    AuthenticationHeader.write(
      &buffer, at: header, nextHeader: plan.nextHeader, length: length, spi: parameters.spi, sequence)
    if framing.ivLength > 0 { buffer.store(sequence, at: header + AuthenticationHeader.ivOffset, .big) }
    let job = AHJob(
      version: plan.version, front: plan.result.lowerBound..<plan.payload, header: header, end: plan.result.upperBound,
      framing: framing, sequence: sequence)
    guard try job.run(&buffer, { transform.seal($0) }) == .succeeded else { throw .cryptographyFailed }
  }
}
