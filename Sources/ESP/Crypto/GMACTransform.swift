import CCrypto

/// AES-GMAC (RFC 4543): authenticates everything, encrypts nothing.
final class GMACTransform: Transform {
  private let context: CipherContext
  private let salt: Salt
  private let extended: Bool
  private static let icvLength = 16

  init(key: Key, salt: Key, extended: Bool) throws(ParameterError) {
    self.context = try CipherContext("AES-\(key.count * 8)-GCM", key: key, sealing: true, nonceLength: 12)
    self.salt = Salt(salt)
    self.extended = extended
  }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      let job = jobs[index]
      job.writeCounterIV()
      jobs[index].result = CryptoResult(compute(job, into: job.icv))
    }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      var icv: (UInt64, UInt64) = (0, 0)
      jobs[index].result = withUnsafeMutableBytes(of: &icv) {
        let computed = $0.baseAddress.unsafelyUnwrapped
        guard compute(jobs[index], into: computed) else { return .failed }
        if CRYPTO_memcmp(computed, jobs[index].icv, Self.icvLength) == 0 { return .succeeded }
        // What the forger would have needed stays nowhere.
        OPENSSL_cleanse(computed, Self.icvLength)
        return .icvMismatch
      }
    }
  }

  private func compute(_ job: CryptoJob, into icv: UnsafeMutableRawPointer) -> Bool {
    context.startGCM(salt: salt, iv: job.iv, icv: nil, 0)
      && (job.isAH ? authenticateAH(job) : authenticateESP(job))
      && context.finish()
      && context.getICV(icv, Self.icvLength)
  }

  /// SPI ‖ sequence number (with ESN all of it) ‖ IV ‖ text (RFC 4543 section 3.3).
  private func authenticateESP(_ job: CryptoJob) -> Bool {
    var data = job.extendedHeader
    let isHeaderDone =
      extended
      ? withUnsafeBytes(of: &data) { context.authenticate($0.baseAddress.unsafelyUnwrapped, 12) }
      : context.authenticate(job.header, 8)
    return isHeaderDone && context.authenticate(job.iv, 8) && context.authenticate(job.text, job.textCount)
  }

  /// Headers ‖ text, with ESN ‖ the high half (RFC 4302 section 3.3.3).
  private func authenticateAH(_ job: CryptoJob) -> Bool {
    var high = job.sequenceHigh
    return context.authenticate(job.prefix.baseAddress.unsafelyUnwrapped, job.prefix.count)
      && (job.textCount == 0 || context.authenticate(job.text, job.textCount))
      && (!extended || withUnsafeBytes(of: &high) { context.authenticate($0.baseAddress.unsafelyUnwrapped, 4) })
  }
}
