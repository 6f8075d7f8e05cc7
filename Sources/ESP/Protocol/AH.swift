import Wire

/// The authentication header (RFC 4302 section 2).
///
/// ```
/// next header ‖ length in words − 2 ‖ 0 0 ‖ SPI ‖ sequence ‖ (GMAC: IV) ‖ ICV ‖ zeros up to 4 (IPv4) or 8 (IPv6) bytes
/// ```
enum AuthenticationHeader {
  static let ivOffset = 12

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

/// The cryptography of an AH packet: a copy of its headers with mutable fields masked, then the payload.
struct AHJob {
  let version: IPVersion
  /// From the IP header to the end of AH.
  let front: Range<Int>
  /// Where AH starts.
  let header: Int
  /// The end of the packet.
  let end: Int
  let framing: Framing
  let sequence: UInt64

  /// Runs `transform` on the packet, and says what became of it.
  func run(
    _ buffer: inout MutableRawSpan, _ transform: (UnsafeMutableBufferPointer<CryptoJob>) -> Void
  ) throws(Refusal) -> CryptoResult {
    guard front.count <= AuthenticatedHeaders.capacity else { throw .unsupportedOption(IPProtocol.ah) }
    let icv = header + AuthenticationHeader.ivOffset + framing.ivLength
    let result: Result<CryptoResult, Refusal> = withUnsafeTemporaryAllocation(
      byteCount: AuthenticatedHeaders.capacity, alignment: 8
    ) { memory in
      let copy = UnsafeMutableRawBufferPointer(rebasing: memory[..<front.count])
      buffer.bytes.withUnsafeBytes { copy.copyMemory(from: UnsafeRawBufferPointer(rebasing: $0[front])) }
      var headers = copy.mutableBytes
      do throws(Refusal) {
        try AuthenticatedHeaders.mask(&headers, version, length: header - front.lowerBound)
        headers.zero(icv - front.lowerBound..<icv - front.lowerBound + framing.icvLength)
      } catch {
        return .failure(error)
      }
      return .success(
        buffer.withUnsafeMutableBytes {
          let start = $0.baseAddress.unsafelyUnwrapped
          var job = CryptoJob(
            header: start + header + 4, iv: start + header + AuthenticationHeader.ivOffset,
            text: start + front.upperBound,
            textCount: end - front.upperBound, icv: start + icv, sequence: sequence,
            prefix: UnsafeRawBufferPointer(copy), ivIsGiven: true)
          withUnsafeMutablePointer(to: &job) { transform(UnsafeMutableBufferPointer(start: $0, count: 1)) }
          return job.result
        })
    }
    return try result.get()
  }
}
