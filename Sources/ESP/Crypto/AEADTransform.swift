import CCrypto

/// AES-GCM (RFC 4106), AES-CCM (RFC 4309) and ChaCha20-Poly1305 (RFC 7634) for ESP.
///
/// The IV is the sequence number, which no association uses twice; the nonce is salt ‖ IV.
final class AEADTransform: Transform {
  private let context: CipherContext
  private let salt: Salt
  private let icvLength: Int
  private let sealing: Bool
  private let extended: Bool
  private let family: Family

  /// What libcrypto treats alike.
  private enum Family { case gcm, ccm, chaCha }

  init(
    _ algorithm: CombinedAlgorithm, key: Key, salt: Key, sealing: Bool, extended: Bool
  ) throws(ParameterError) {
    let facts = algorithm.facts
    let (family, name): (Family, String) =
      switch algorithm {
      case .aesGCM8, .aesGCM12, .aesGCM16, .aesGMAC: (.gcm, "AES-\(key.count * 8)-GCM")
      case .aesCCM8, .aesCCM12, .aesCCM16: (.ccm, "AES-\(key.count * 8)-CCM")
      case .chaCha20Poly1305: (.chaCha, "ChaCha20-Poly1305")
      }
    self.context = try CipherContext(
      name, key: key, sealing: sealing, nonceLength: facts.saltLength + facts.ivLength,
      icvLength: family == .ccm ? facts.icvLength : nil)
    self.salt = Salt(salt)
    self.icvLength = facts.icvLength
    self.sealing = sealing
    self.extended = extended
    self.family = family
  }

  var worksApart: Bool { true }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      jobs[index].writeCounterIV()
      jobs[index].result = CryptoResult(
        start(jobs[index]) && process(jobs[index]) && finish() && context.getICV(jobs[index].icv, icvLength))
    }
    if family == .chaCha { ccrypto_clear_upper_vectors() }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      jobs[index].result = open(jobs[index])
      if jobs[index].result != .succeeded { OPENSSL_cleanse(jobs[index].text, jobs[index].textCount) }
    }
    if family == .chaCha { ccrypto_clear_upper_vectors() }
  }

  /// The others check the ICV at the end; CCM hands out only what it has checked.
  @inline(__always)
  private func open(_ job: CryptoJob) -> CryptoResult {
    guard start(job) else { return .failed }
    if family == .ccm { return process(job) ? .succeeded : .icvMismatch }
    guard process(job) else { return .failed }
    return finish() ? .succeeded : .icvMismatch
  }

  /// Gives the context nonce, expected ICV and associated data (SPI ‖ sequence number); CCM the text's length too.
  @inline(__always)
  private func start(_ job: CryptoJob) -> Bool {
    if family == .gcm {
      guard context.startGCM(salt: salt, iv: job.iv, icv: sealing ? nil : job.icv, icvLength) else { return false }
    } else {
      guard context.start(salt: salt, iv: job.iv), sealing || context.setICV(job.icv, icvLength),
        family != .ccm || context.announce(count: job.textCount)
      else { return false }
    }
    guard extended else { return context.authenticate(job.header, 8) }
    var data = job.extendedHeader
    return withUnsafeBytes(of: &data) { context.authenticate($0.baseAddress.unsafelyUnwrapped, 12) }
  }

  @inline(__always)
  private func process(_ job: CryptoJob) -> Bool {
    context.process(job.source ?? UnsafeRawPointer(job.text), job.textCount, into: job.text)
  }

  @inline(__always)
  private func finish() -> Bool { family == .chaCha ? context.finishStream() : context.finish() }
}
