import CCrypto

/// An encryption and an authentication algorithm side by side (RFC 4303 section 3.3.2.1), for ESP and, unencrypted, AH.
final class EncryptThenMAC: Transform {
  private let cipher: (any SymmetricCipher)?
  private let authenticator: (any Authenticator)?
  private let icvLength: Int
  /// Before it is truncated, in bytes: SHA-512's.
  private static let longestICV = 64
  private let extended: Bool

  init(cipher: (any SymmetricCipher)?, authenticator: (any Authenticator)?, icvLength: Int, extended: Bool) {
    self.cipher = cipher
    self.authenticator = authenticator
    self.icvLength = icvLength
    self.extended = extended
  }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    let (cipher, authenticator) = (cipher, authenticator)
    withICV { icv in
      for index in jobs.indices {
        let job = jobs[index]
        jobs[index].result = CryptoResult(cipher?.encrypt(job) ?? true)
        guard jobs[index].result == .succeeded, let authenticator else { continue }
        authenticate(job, authenticator, into: icv)
        job.icv.copyMemory(from: icv, byteCount: icvLength)
      }
    }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    let (cipher, authenticator) = (cipher, authenticator)
    withICV { icv in
      for index in jobs.indices {
        let job = jobs[index]
        if let authenticator {
          authenticate(job, authenticator, into: icv)
          guard CRYPTO_memcmp(icv, job.icv, icvLength) == 0 else {
            // What the forger would have needed stays nowhere.
            OPENSSL_cleanse(icv, Self.longestICV)
            jobs[index].result = .icvMismatch
            continue
          }
        }
        jobs[index].result = CryptoResult(cipher?.decrypt(job) ?? true)
      }
    }
  }

  /// ESP: header to the end of the text. AH: headers, text. Then, with ESN, the high half of the sequence number.
  @inline(__always)
  private func authenticate(
    _ job: CryptoJob, _ authenticator: any Authenticator, into icv: UnsafeMutableRawPointer
  ) {
    let start = job.isAH ? job.text : job.header
    let body = UnsafeRawBufferPointer(start: start, count: job.text + job.textCount - start)
    var high = job.sequenceHigh
    withUnsafeBytes(of: &high) {
      authenticator.authenticate(
        job.prefix, body, extended ? $0 : UnsafeRawBufferPointer(start: nil, count: 0), into: icv)
    }
  }

  /// Room for the longest value an authenticator writes, before it is truncated.
  @inline(__always)
  private func withICV(_ body: (UnsafeMutableRawPointer) -> Void) {
    withUnsafeTemporaryAllocation(byteCount: Self.longestICV, alignment: 16) { body($0.baseAddress.unsafelyUnwrapped) }
  }
}
