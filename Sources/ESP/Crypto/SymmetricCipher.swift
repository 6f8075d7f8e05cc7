import CCrypto

/// NULL, DES-CBC, 3DES-CBC, AES-CBC (RFC 3602) and AES-CTR (RFC 3686).
final class SymmetricCipher: Sendable {
  private enum Mode { case null, cbc, counter }

  private let mode: Mode
  private let lanes: Lanes?
  private let salt: Key
  private let ivLength: Int
  /// Makes the blocks from which CBC IVs are encrypted differ from one start of the program to the next.
  private let nonce: UInt64

  init(_ algorithm: EncryptionAlgorithm, key: Key, salt: Key, sealing: Bool, lanes: Int) throws(ParameterError) {
    let name: String? =
      switch algorithm {
      case .null: nil
      case .desCBC, .tripleDESCBC: "DES-EDE3-CBC"
      case .aesCBC: "AES-\(key.count * 8)-CBC"
      case .aesCTR: "AES-\(key.count * 8)-CTR"
      }
    // Triple DES under K ‖ K ‖ K is DES under K, which the default provider does not have.
    let cipherKey = algorithm == .desCBC ? Key([key.storage.bytes, key.storage.bytes, key.storage.bytes].joined()) : key
    self.lanes =
      if let name {
        try Lanes(count: lanes) { () throws(ParameterError) in try CipherContext(name, key: cipherKey, sealing: sealing) }
      } else {
        nil
      }
    self.mode = algorithm == .null ? .null : algorithm == .aesCTR ? .counter : .cbc
    self.salt = salt
    self.ivLength = algorithm.facts.ivLength
    var nonce: UInt64 = 0
    guard withUnsafeMutableBytes(of: &nonce, { RAND_bytes($0.baseAddress?.bytePointer, 8) }) == 1 else {
      throw .provider(algorithm: "random numbers")
    }
    self.nonce = nonce
  }

  /// Writes each job's IV and encrypts its text.
  func encrypt(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    guard let lanes else { return succeed(jobs) }
    lanes.withContext { context in
      for index in jobs.indices {
        jobs[index].succeeded =
          switch mode {
          case .null: true
          case .counter: encryptCounter(context, jobs[index])
          case .cbc: encryptCBC(context, jobs[index])
          }
      }
    }
  }

  /// Decrypts the text of each job that has succeeded so far.
  func decrypt(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    guard let lanes else { return }
    lanes.withContext { context in
      for index in jobs.indices where jobs[index].succeeded {
        let job = jobs[index]
        jobs[index].succeeded =
          (mode == .counter ? startCounter(context, job) : context.start(iv: job.iv))
          && context.process(job.text, job.textCount, into: job.text)
      }
    }
  }

  private func succeed(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for index in jobs.indices { jobs[index].succeeded = true }
  }

  private func encryptCounter(_ context: borrowing CipherContext, _ job: CryptoJob) -> Bool {
    job.writeCounterIV()
    return startCounter(context, job) && context.process(job.text, job.textCount, into: job.text)
  }

  /// The counter block: salt ‖ IV ‖ 1 (RFC 3686 section 4).
  private func startCounter(_ context: borrowing CipherContext, _ job: CryptoJob) -> Bool {
    var block = (salt.storage.start.load(as: UInt32.self), UInt32(0), UInt32(0), UInt32(1).bigEndian)
    return withUnsafeMutableBytes(of: &block) { bytes in
      bytes.storeBytes(of: job.iv.loadUnaligned(as: UInt64.self), toByteOffset: 4, as: UInt64.self)
      return context.start(iv: UnsafeRawPointer(bytes.baseAddress.unsafelyUnwrapped))
    }
  }

  /// A CBC IV must be unpredictable: it is a never-repeating block, encrypted (NIST SP 800-38A appendix C).
  /// Encrypting that block in front of the text, with a zero IV, gives IV and ciphertext in one call.
  private func encryptCBC(_ context: borrowing CipherContext, _ job: CryptoJob) -> Bool {
    if job.ivIsGiven {
      return context.start(iv: job.iv) && context.process(job.text, job.textCount, into: job.text)
    }
    if ivLength == 16 {
      job.iv.storeBytes(of: nonce, as: UInt64.self)
      job.iv.storeBytes(of: job.sequence.bigEndian, toByteOffset: 8, as: UInt64.self)
    } else {
      job.iv.storeBytes(of: nonce ^ job.sequence.bigEndian, as: UInt64.self)
    }
    var zero: (UInt64, UInt64) = (0, 0)
    return withUnsafeBytes(of: &zero) { context.start(iv: $0.baseAddress.unsafelyUnwrapped) }
      && context.process(job.iv, ivLength + job.textCount, into: job.iv)
  }
}
