import Wire

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
    guard front.count <= AuthenticatedHeaders.capacity else {
      throw AuthenticatedHeaders.tooLong(buffer.bytes, front.lowerBound)
    }
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
