import CCrypto

/// An encryption and an authentication algorithm side by side (RFC 4303 section 3.3.2.1), for ESP and, unencrypted, AH.
final class EncryptThenMAC: Transform {
  private let cipher: SymmetricCipher
  private let authenticator: (any Authenticator)?
  private let icvLength: Int
  private let extended: Bool

  init(cipher: SymmetricCipher, authenticator: (any Authenticator)?, icvLength: Int, extended: Bool) {
    self.cipher = cipher
    self.authenticator = authenticator
    self.icvLength = icvLength
    self.extended = extended
  }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    cipher.encrypt(jobs)
    guard let authenticator else { return }
    withICV { icv in
      for job in jobs where job.succeeded {
        authenticate(job, authenticator, into: icv)
        job.icv.copyMemory(from: icv, byteCount: icvLength)
      }
    }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    withICV { icv in
      for index in jobs.indices {
        guard let authenticator else {
          jobs[index].succeeded = true
          continue
        }
        authenticate(jobs[index], authenticator, into: icv)
        jobs[index].succeeded = CRYPTO_memcmp(icv, jobs[index].icv, icvLength) == 0
      }
    }
    cipher.decrypt(jobs)
  }

  /// ESP: header to the end of the text. AH: headers, text. Then, with ESN, the high half of the sequence number.
  @inline(__always)
  private func authenticate(
    _ job: CryptoJob, _ authenticator: any Authenticator, into icv: UnsafeMutableRawPointer
  ) {
    let isAH = job.prefix.baseAddress != nil
    let start = isAH ? job.text : job.header
    let body = UnsafeRawBufferPointer(start: start, count: job.text + job.textCount - start)
    var high = job.sequenceHigh
    withUnsafeBytes(of: &high) {
      authenticator.authenticate(job.prefix, body, extended ? $0 : UnsafeRawBufferPointer(start: nil, count: 0), into: icv)
    }
  }

  /// Room for the longest value an authenticator writes, before it is truncated.
  @inline(__always)
  private func withICV(_ body: (UnsafeMutableRawPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: 64, alignment: 16) { body($0.baseAddress.unsafelyUnwrapped) }
  }
}

/// Computes a keyed value over three pieces, one after the other. Called by one thread at a time.
protocol Authenticator: Sendable {
  /// Writes the whole value, at most 64 bytes; the caller truncates it.
  func authenticate(
    _ prefix: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer, _ suffix: UnsafeRawBufferPointer,
    into value: UnsafeMutableRawPointer)
}

/// The authenticator for an algorithm; none for `none`.
func makeAuthenticator(
  _ algorithm: AuthenticationAlgorithm, key: Key
) throws(ParameterError) -> (any Authenticator)? {
  switch algorithm {
  case .none: nil
  case .hmacMD5_96: HMAC<MD5Hash>(key: key)
  case .hmacSHA1_96, .hmacSHA1_160: HMAC<SHA1Hash>(key: key)
  case .hmacSHA256_128: HMAC<SHA256Hash>(key: key)
  case .hmacSHA384_192: HMAC<SHA384Hash>(key: key)
  case .hmacSHA512_256: HMAC<SHA512Hash>(key: key)
  case .aesXCBC_96: try BlockCipherMAC(xcbc: key)
  case .aesCMAC_96: try BlockCipherMAC(cmac: key)
  }
}
