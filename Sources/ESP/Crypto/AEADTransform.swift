import CCrypto

/// AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634) for ESP.
///
/// The IV is the sequence number, which no association uses twice; the nonce is salt ‖ IV.
final class AEADTransform: Transform {
  private let lanes: Lanes
  private let salt: Key
  private let icvLength: Int
  private let sealing: Bool
  private let extended: Bool
  private let isCCM: Bool
  private let isChaCha: Bool

  init(
    _ algorithm: CombinedAlgorithm, key: Key, salt: Key, sealing: Bool, extended: Bool, lanes: Int
  ) throws(ParameterError) {
    let facts = algorithm.facts
    let isCCM = [.aesCCM8, .aesCCM12, .aesCCM16].contains(algorithm)
    let isChaCha = algorithm == .chaCha20Poly1305
    let name = isChaCha ? "ChaCha20-Poly1305" : "AES-\(key.count * 8)-\(isCCM ? "CCM" : "GCM")"
    self.lanes = try Lanes(count: lanes) { () throws(ParameterError) in
      try CipherContext(
        name, key: key, sealing: sealing, nonceLength: facts.saltLength + facts.ivLength,
        icvLength: isCCM ? facts.icvLength : nil)
    }
    self.salt = salt
    self.icvLength = facts.icvLength
    self.sealing = sealing
    self.extended = extended
    self.isCCM = isCCM
    self.isChaCha = isChaCha
  }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    lanes.withContext { context in
      for index in jobs.indices {
        let job = jobs[index]
        job.writeCounterIV()
        jobs[index].succeeded =
          start(context, job)
          && context.process(job.text, job.textCount, into: job.text)
          && context.finish()
          && context.getICV(job.icv, icvLength)
      }
    }
    if isChaCha { ccrypto_clear_upper_vectors() }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    lanes.withContext { context in
      for index in jobs.indices {
        let job = jobs[index]
        jobs[index].succeeded =
          start(context, job)
          && context.process(job.text, job.textCount, into: job.text)
          && (isCCM || context.finish())
        if !jobs[index].succeeded { OPENSSL_cleanse(job.text, job.textCount) }
      }
    }
    if isChaCha { ccrypto_clear_upper_vectors() }
  }

  /// Gives the context nonce, expected ICV, length and associated data: SPI ‖ sequence number.
  @inline(__always)
  private func start(_ context: borrowing CipherContext, _ job: CryptoJob) -> Bool {
    guard context.start(salt: salt, iv: job.iv),
      sealing || context.setICV(job.icv, icvLength),
      !isCCM || context.announce(count: job.textCount)
    else { return false }
    guard extended else { return context.authenticate(job.header, 8) }
    var data = job.extendedHeader
    return withUnsafeBytes(of: &data) { context.authenticate($0.baseAddress.unsafelyUnwrapped, 12) }
  }
}
