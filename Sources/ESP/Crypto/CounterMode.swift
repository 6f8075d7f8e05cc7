/// AES-CTR (RFC 3686). The IV is the sequence number, which no association uses twice.
final class CounterMode: SymmetricCipher {
  private let context: CipherContext
  private let salt: Salt

  init(key: Key, salt: Key, sealing: Bool) throws(ParameterError) {
    self.context = try CipherContext("AES-\(key.count * 8)-CTR", key: key, sealing: sealing)
    self.salt = Salt(salt)
  }

  func encrypt(_ job: CryptoJob) -> Bool {
    job.writeCounterIV()
    return decrypt(job)
  }

  func decrypt(_ job: CryptoJob) -> Bool { start(job) && context.process(job.text, job.textCount, into: job.text) }

  /// The counter block: salt ‖ IV ‖ 1 (RFC 3686 section 4).
  private func start(_ job: CryptoJob) -> Bool {
    var block = (salt.start.load(as: UInt32.self), UInt32(0), UInt32(0), UInt32(1).bigEndian)
    return withUnsafeMutableBytes(of: &block) { bytes in
      bytes.storeBytes(of: job.iv.loadUnaligned(as: UInt64.self), toByteOffset: 4, as: UInt64.self)
      return context.start(iv: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped))
    }
  }
}
