/// AES-CBC (RFC 3602), 3DES-CBC (RFC 2451) and DES-CBC (RFC 2405).
///
/// Giving a context a new IV takes libcrypto longer than encrypting 64 bytes. So all packets go through one chain, and
/// each packet's first block is corrected by the block that the context still chains from.
final class BlockChaining: SymmetricCipher {
  private typealias Block = (UInt64, UInt64)

  private let context: CipherContext
  /// 8 or 16 bytes; the IV has as many.
  private let blockLength: Int
  /// Makes the blocks from which IVs are encrypted differ from one start of the program to the next.
  private let nonce: UInt64
  /// The last block of ciphertext that the context has seen: what it combines with the next one.
  // No two threads come here at once, as a cipher is no `Sendable`.
  @exclusivity(unchecked) private var previous: Block = (0, 0)

  /// - Parameter nonce: for the IVs of what is sealed; nil for opening.
  init(_ name: String, key: Key, blockLength: Int, nonce: UInt64?) throws(ParameterError) {
    self.context = try CipherContext(name, key: key, sealing: nonce != nil)
    self.blockLength = blockLength
    self.nonce = nonce ?? 0
    guard restart() else { throw .provider(algorithm: name) }
  }

  /// An IV must be unpredictable: it is a never-repeating block, encrypted (NIST SP 800-38A appendix C).
  /// Encrypting that block in front of the text gives IV and ciphertext in one call.
  func encrypt(_ job: CryptoJob) -> Bool {
    if job.ivIsGiven {
      combine(job.text, with: load(job.iv))
      return encrypt(job.text, job.textCount)
    }
    if blockLength == 16 {
      job.iv.storeBytes(of: nonce, as: UInt64.self)
      job.iv.storeBytes(of: job.sequence.bigEndian, toByteOffset: 8, as: UInt64.self)
    } else {
      job.iv.storeBytes(of: nonce ^ job.sequence.bigEndian, as: UInt64.self)
    }
    return encrypt(job.iv, blockLength + job.textCount)
  }

  /// Encrypts whole blocks as if the chain began here.
  private func encrypt(_ text: UnsafeMutableRawPointer, _ count: Int) -> Bool {
    combine(text, with: previous)
    guard context.process(text, count, into: text) else { return fail() }
    previous = load(text + count - blockLength)
    return true
  }

  func decrypt(_ job: CryptoJob) -> Bool {
    let last = load(job.text + job.textCount - blockLength)
    guard context.process(job.text, job.textCount, into: job.text) else { return fail() }
    combine(job.text, with: previous)
    combine(job.text, with: load(job.iv))
    previous = last
    return true
  }

  private func fail() -> Bool {
    precondition(restart(), "a cipher context that has failed takes no IV")
    return false
  }

  private func restart() -> Bool {
    previous = (0, 0)
    return withUnsafeBytes(of: &previous) { context.start(iv: $0.baseAddress.unsafelyUnwrapped) }
  }

  /// The block at `bytes`; of 8 bytes, with zeros behind.
  @inline(__always)
  private func load(_ bytes: UnsafeRawPointer) -> Block {
    (
      bytes.loadUnaligned(as: UInt64.self),
      blockLength == 16 ? bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self) : 0
    )
  }

  /// Exclusive or.
  @inline(__always)
  private func combine(_ bytes: UnsafeMutableRawPointer, with block: Block) {
    let sum = load(bytes)
    bytes.storeBytes(of: sum.0 ^ block.0, as: UInt64.self)
    if blockLength == 16 { bytes.storeBytes(of: sum.1 ^ block.1, toByteOffset: 8, as: UInt64.self) }
  }
}
