import CCrypto

/// NULL, DES-CBC, 3DES-CBC, AES-CBC (RFC 3602) and AES-CTR (RFC 3686).
final class SymmetricCipher: Sendable {
  private enum Mode { case null, cbc, counter }

  private let mode: Mode
  private let context: CipherContext?
  private let salt: Salt
  private let ivLength: Int
  /// Makes the blocks from which CBC IVs are encrypted differ from one start of the program to the next.
  private let nonce: UInt64

  init(_ algorithm: EncryptionAlgorithm, key: Key, salt: Key, sealing: Bool) throws(ParameterError) {
    let name: String? =
      switch algorithm {
      case .null: nil
      case .desCBC, .tripleDESCBC: "DES-EDE3-CBC"
      case .aesCBC: "AES-\(key.count * 8)-CBC"
      case .aesCTR: "AES-\(key.count * 8)-CTR"
      }
    // Triple DES under K ‖ K ‖ K is DES under K, which the default provider does not have.
    let cipherKey = algorithm == .desCBC ? Key([key.storage.bytes, key.storage.bytes, key.storage.bytes].joined()) : key
    if let name {
      self.context = try CipherContext(name, key: cipherKey, sealing: sealing)
    } else {
      self.context = nil
    }
    self.mode = algorithm == .null ? .null : algorithm == .aesCTR ? .counter : .cbc
    self.salt = Salt(salt)
    self.ivLength = algorithm.facts.ivLength
    var nonce: UInt64 = 0
    guard withUnsafeMutableBytes(of: &nonce, { RAND_bytes($0.baseAddress?.bytePointer, 8) }) == 1 else {
      throw .provider(algorithm: "random numbers")
    }
    self.nonce = nonce
  }

  /// Writes each job's IV and encrypts its text.
  func encrypt(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices {
      jobs[index].succeeded =
        switch mode {
        case .null: true
        case .counter: encryptCounter(jobs[index])
        case .cbc: encryptCBC(jobs[index])
        }
    }
  }

  /// Decrypts the text of each job that has succeeded so far.
  func decrypt(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    guard mode != .null else { return }
    for index in jobs.indices where jobs[index].succeeded {
      let job = jobs[index]
      jobs[index].succeeded = (mode == .counter ? startCounter(job) : start(iv: job.iv)) && process(job.text, job.textCount)
    }
  }

  private func start(iv: UnsafeRawPointer) -> Bool { context?.start(iv: iv) ?? false }

  private func process(_ bytes: UnsafeMutableRawPointer, _ count: Int) -> Bool {
    context?.process(bytes, count, into: bytes) ?? false
  }

  private func encryptCounter(_ job: CryptoJob) -> Bool {
    job.writeCounterIV()
    return startCounter(job) && process(job.text, job.textCount)
  }

  /// The counter block: salt ‖ IV ‖ 1 (RFC 3686 section 4).
  private func startCounter(_ job: CryptoJob) -> Bool {
    var block = (salt.start.load(as: UInt32.self), UInt32(0), UInt32(0), UInt32(1).bigEndian)
    return withUnsafeMutableBytes(of: &block) { bytes in
      bytes.storeBytes(of: job.iv.loadUnaligned(as: UInt64.self), toByteOffset: 4, as: UInt64.self)
      return start(iv: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped))
    }
  }

  /// A CBC IV must be unpredictable: it is a never-repeating block, encrypted (NIST SP 800-38A appendix C).
  /// Encrypting that block in front of the text, with a zero IV, gives IV and ciphertext in one call.
  private func encryptCBC(_ job: CryptoJob) -> Bool {
    if job.ivIsGiven {
      return start(iv: job.iv) && process(job.text, job.textCount)
    }
    if ivLength == 16 {
      job.iv.storeBytes(of: nonce, as: UInt64.self)
      job.iv.storeBytes(of: job.sequence.bigEndian, toByteOffset: 8, as: UInt64.self)
    } else {
      job.iv.storeBytes(of: nonce ^ job.sequence.bigEndian, as: UInt64.self)
    }
    var zero: (UInt64, UInt64) = (0, 0)
    return withUnsafeBytes(of: &zero) { start(iv: $0.baseAddress.unsafelyUnwrapped) }
      && process(job.iv, ivLength + job.textCount)
  }
}
