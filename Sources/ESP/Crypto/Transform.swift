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
  /// What is encrypted or decrypted in place.
  var text: UnsafeMutableRawPointer
  var textCount: Int
  var icv: UnsafeMutableRawPointer
  /// All 64 bits.
  var sequence: UInt64
  /// AH only: authenticated before the text, instead of header and IV.
  var prefix = UnsafeRawBufferPointer(start: nil, count: 0)
  /// Set by the caller: the IV stands in the packet already. Published vectors need it; senders derive theirs.
  var ivIsGiven = false
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

/// Encrypts and authenticates: the seam between protocols and a cryptographic library.
///
/// A transform takes a burst of packets; one packet is a burst of one. It is called by one thread at a time.
protocol Transform: AnyObject, Sendable {
  /// Writes each job's IV, encrypts its text and writes its ICV.
  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>)
  /// Checks each job's ICV and decrypts its text. A text whose ICV is wrong is left encrypted or zeroed.
  /// A text that the library failed on may be left half decrypted: the caller erases it.
  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>)
}

extension Parameters {
  /// The transform for one direction; OpenSSL provides them all.
  func makeTransform(sealing: Bool) throws(ParameterError) -> any Transform {
    switch protection {
    case .combined(.aesGMAC, let key, let salt):
      return try GMACTransform(key: key, salt: salt, isAH: self.protocol == .ah, extended: extendedSequence)
    case .combined(let algorithm, let key, let salt):
      return try AEADTransform(
        algorithm, key: key, salt: salt, sealing: sealing, extended: extendedSequence)
    case .separate(let encryption, let key, let salt, let authentication, let authenticationKey):
      return EncryptThenMAC(
        cipher: try makeCipher(encryption, key: key, salt: salt, sealing: sealing),
        authenticator: try makeAuthenticator(authentication, key: authenticationKey),
        icvLength: authentication.facts.icvLength, extended: extendedSequence)
    }
  }
}
