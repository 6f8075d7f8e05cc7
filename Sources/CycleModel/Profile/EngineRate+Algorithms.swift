import Clockwork
import Spec

/// Engines that do one round of their algorithm a cycle; a mode whose blocks depend on nothing is pipelined, one
/// block a cycle. The rounds are the standards'; that a lane has one such engine is illustrative.
extension EngineRate {
  /// Of each cipher, at its raw value.
  static let ciphers: [EngineRate] = CipherAlgorithm.allCases.map { cipher in
    switch cipher {
    case .noCipher, .null: EngineRate(Rate(bytes: 64))
    // FIPS 46-3: 16 rounds a block of 8 bytes, three times over for triple DES.
    case .desCBC: EngineRate(Rate(bytes: 8, cycles: 16), setup: 8)
    case .tripleDESCBC: EngineRate(Rate(bytes: 8, cycles: 48), setup: 8)
    // FIPS 197: 14 rounds a block of 16 bytes with the longest key; chaining allows one block at a time.
    case .aesCBC: EngineRate(Rate(bytes: 16, cycles: 14), setup: 14)
    case .aesCCM8, .aesCCM12, .aesCCM16: EngineRate(Rate(bytes: 16, cycles: 14), setup: 42)
    case .aesCTR: EngineRate(Rate(bytes: 16), setup: 4, latency: 14)
    // SP 800-38D: counter mode, and a multiplication in GF(2¹²⁸) a block.
    case .aesGCM8, .aesGCM12, .aesGCM16, .aesGMAC: EngineRate(Rate(bytes: 16), setup: 8, latency: 30)
    // RFC 8439: 20 rounds a block of 64 bytes; Poly1305 keeps pace.
    case .chaCha20Poly1305: EngineRate(Rate(bytes: 64, cycles: 20), setup: 24, latency: 20)
    }
  }

  /// Of each integrity algorithm, at its raw value.
  static let authenticators: [EngineRate] = HMACAlgorithm.allCases.map { algorithm in
    switch algorithm {
    case .null: EngineRate(Rate(bytes: 64))
    // RFC 1321: 64 steps a block of 64 bytes; HMAC hashes two blocks more, the inner digest and the padding.
    case .md5: EngineRate(Rate(bytes: 64, cycles: 64), setup: 128)
    // FIPS 180-4: 80 steps a block of 64 bytes; 64 steps; 80 steps a block of 128 bytes.
    case .sha1, .sha1Full: EngineRate(Rate(bytes: 64, cycles: 80), setup: 160)
    case .sha256: EngineRate(Rate(bytes: 64, cycles: 64), setup: 128)
    case .sha384, .sha512: EngineRate(Rate(bytes: 128, cycles: 80), setup: 160)
    // One AES block after another, as in CBC.
    case .aesXCBC, .aesCMAC: EngineRate(Rate(bytes: 16, cycles: 14), setup: 14)
    case .aesGMAC: EngineRate(Rate(bytes: 16), setup: 8, latency: 30)
    }
  }
}
