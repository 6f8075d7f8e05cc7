import CCrypto
import Wire

extension OutboundAssociation {
  /// Protects the IP packet at `packet` into memory that somebody else may read and change meanwhile, such as a
  /// guest's: the result is not copied there.
  ///
  /// Everything is decided on the buffer, which is the caller's alone: lengths, headers and trailer are made there, and
  /// nonce and associated data are read there. Of `output`, nothing is read but ciphertext, to authenticate it: who
  /// changes that gets a packet that its receiver refuses, and nothing else.
  ///
  /// - Parameters:
  ///   - buffer: as in `encapsulate(inPlace:packet:)`. Afterwards it has the result's headers, in front of the packet.
  ///   - output: takes the result, from its first byte on.
  /// - Precondition: `worksApart`.
  /// - Returns: where the result would lie in the buffer.
  /// - Throws: what `encapsulate(inPlace:packet:)` throws; `noTailRoom` where the result is longer than `output`.
  ///   Nothing is left in `output` then.
  public func encapsulate(
    _ buffer: inout MutableRawSpan, packet: Range<Int>, into output: UnsafeMutableRawBufferPointer
  ) throws(Refusal) -> Outcome {
    try encapsulate(&buffer, packet, into: output)
  }

  /// - Throws: `noTailRoom` where a result is longer than `output`.
  @inline(__always)
  func check(_ plan: EncapsulationPlan, fits output: UnsafeMutableRawBufferPointer) throws(Refusal) {
    precondition(worksApart)
    guard plan.result.count <= output.count else { throw .noTailRoom(needed: plan.tail) }
  }
}

extension CryptoJob {
  /// Has text and ICV written where the result goes.
  @inline(__always)
  mutating func write(to output: UnsafeMutableRawPointer, _ plan: EncapsulationPlan) {
    source = UnsafeRawPointer(text)
    text = output + (plan.payload - plan.result.lowerBound)
    icv = text + textCount
  }

  /// Puts the headers in front of the text; where there is none, erases what there is of it.
  @inline(__always)
  func copyFront(to output: UnsafeMutableRawPointer, _ plan: EncapsulationPlan) {
    if result == .succeeded, let source {
      let count = plan.payload - plan.result.lowerBound
      output.copyMemory(from: source - count, byteCount: count)
    } else {
      OPENSSL_cleanse(text, textCount)
    }
  }
}
