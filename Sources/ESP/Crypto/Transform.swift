/// Encrypts and authenticates: the seam between protocols and a cryptographic library.
///
/// A transform takes a burst of packets; one packet is a burst of one. It keeps state
/// from one to the next and is no `Sendable`: whoever holds it lets one thread at a time call it.
protocol Transform: AnyObject {
  /// Whether a job may have a `source`.
  var worksApart: Bool { get }
  /// Writes each job's IV, encrypts its text and writes its ICV.
  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>)
  /// Checks each job's ICV and decrypts its text. A text whose ICV is wrong is left encrypted or zeroed.
  /// A text that the library failed on may be left half decrypted: the caller erases it.
  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>)
}

extension Transform {
  var worksApart: Bool { false }
}

extension Parameters {
  /// The transform for one direction; OpenSSL provides them all.
  ///
  /// - Parameter ivs: what is sealed has IVs from there; nil for opening.
  func makeTransform(ivs: IVSource?) throws(ParameterError) -> any Transform {
    let sealing = ivs != nil
    switch protection {
    case .combined(.aesGMAC, let key, let salt):
      return try GMACTransform(key: key, salt: salt, extended: extendedSequence)
    case .combined(let algorithm, let key, let salt):
      return try AEADTransform(
        algorithm, key: key, salt: salt, sealing: sealing, extended: extendedSequence)
    case .separate(let encryption, let key, let salt, let authentication, let authenticationKey):
      return EncryptThenMAC(
        cipher: try makeCipher(encryption, key: key, salt: salt, nonce: try ivs?.nonce(spi: spi)),
        authenticator: try makeAuthenticator(authentication, key: authenticationKey),
        icvLength: authentication.facts.icvLength, extended: extendedSequence)
    }
  }
}
