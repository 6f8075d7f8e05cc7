/// One packet's cryptography. The pointers lie in the caller's buffer and stay valid through the call.
///
/// ```
/// ESP:  header(8) ‖ iv ‖ text ‖ icv         all in the packet, one after the other
/// AH:   prefix (a copy of the headers, mutable fields zeroed) ‖ text,   icv within the packet's header
/// ```
struct CryptoJob {
  /// SPI and sequence number, as they stand in the packet.
  var header: UnsafeMutableRawPointer
  var iv: UnsafeMutableRawPointer
  /// What is encrypted or decrypted: in place, unless `source` says where it is read.
  var text: UnsafeMutableRawPointer
  var textCount: Int
  var icv: UnsafeMutableRawPointer
  /// All 64 bits.
  var sequence: UInt64
  /// AH only: authenticated before the text, instead of header and IV.
  var prefix = UnsafeRawBufferPointer(start: nil, count: 0)
  /// The IV stands in the packet already, as AH's does, which the prefix repeats; else the transform makes it.
  var ivIsGiven = false
  /// Where the text is read, for a transform that works apart; nil for in place.
  var source: UnsafeRawPointer?
  /// Set by the transform.
  var result = CryptoResult.failed
}

/// What became of a packet in a transform.
enum CryptoResult: UInt8 {
  /// Sealed, or opened with the right ICV.
  case succeeded
  /// The ICV is wrong.
  case icvMismatch
  /// The library did not oblige; whatever the ICV, the text is worthless.
  case failed

  /// Sealing has but two results.
  @inline(__always)
  init(_ isDone: Bool) { self = isDone ? .succeeded : .failed }
}

extension CryptoJob {
  /// Only AH has headers in front of the text that are authenticated and not sent as they are.
  @inline(__always)
  var isAH: Bool { prefix.baseAddress != nil }

  /// SPI ‖ high half ‖ low half of the sequence number: associated data with ESN (RFC 4106 section 5), network order.
  @inline(__always)
  var extendedHeader: (UInt32, UInt32, UInt32) {
    (
      header.loadUnaligned(as: UInt32.self), sequenceHigh,
      header.loadUnaligned(fromByteOffset: 4, as: UInt32.self)
    )
  }

  /// The half of the sequence number that is not sent, network order.
  @inline(__always)
  var sequenceHigh: UInt32 { UInt32(truncatingIfNeeded: sequence >> 32).bigEndian }

  /// Writes the sequence number as the IV: no association uses one twice.
  @inline(__always)
  func writeCounterIV() {
    if !ivIsGiven { iv.storeBytes(of: sequence.bigEndian, as: UInt64.self) }
  }
}
