/// Algorithms that encrypt and authenticate in one.
public enum CombinedAlgorithm: String, Sendable, Hashable, CaseIterable {
  case aesGCM8 = "aes-gcm-8"
  case aesGCM12 = "aes-gcm-12"
  case aesGCM16 = "aes-gcm-16"
  case aesCCM8 = "aes-ccm-8"
  case aesCCM12 = "aes-ccm-12"
  case aesCCM16 = "aes-ccm-16"
  /// Authenticates only (RFC 4543).
  case aesGMAC = "aes-gmac"
  case chaCha20Poly1305 = "chacha20-poly1305"
}

/// Algorithms that only encrypt.
public enum EncryptionAlgorithm: String, Sendable, Hashable, CaseIterable {
  case null
  case desCBC = "des-cbc"
  case tripleDESCBC = "3des-cbc"
  case aesCBC = "aes-cbc"
  case aesCTR = "aes-ctr"
}

/// Algorithms that only authenticate.
public enum AuthenticationAlgorithm: String, Sendable, Hashable, CaseIterable {
  case none
  case hmacMD5_96 = "hmac-md5-96"
  case hmacSHA1_96 = "hmac-sha1-96"
  case hmacSHA1_160 = "hmac-sha1-160"
  /// Truncated as in a draft before RFC 4868: what Linux does unless told otherwise.
  case hmacSHA256_96 = "hmac-sha256-96"
  case hmacSHA256_128 = "hmac-sha256-128"
  case hmacSHA384_192 = "hmac-sha384-192"
  case hmacSHA512_256 = "hmac-sha512-256"
  case aesXCBC_96 = "aes-xcbc-96"
  case aesCMAC_96 = "aes-cmac-96"
}

/// The facts about an algorithm; all lengths in bytes.
public struct AlgorithmFacts: Sendable {
  public var keyLengths: [Int]
  public var saltLength = 0
  public var ivLength = 0
  public var blockLength = 1
  public var icvLength = 0
  /// Broken or too short for new use; refused unless the association allows it.
  public var isLegacy = false
  public var source: String
}

/// The lengths of AES keys.
private let aes = [16, 24, 32]

extension CombinedAlgorithm {
  public var facts: AlgorithmFacts {
    switch self {
    case .aesGCM8: .init(keyLengths: aes, saltLength: 4, ivLength: 8, icvLength: 8, source: "RFC 4106")
    case .aesGCM12: .init(keyLengths: aes, saltLength: 4, ivLength: 8, icvLength: 12, source: "RFC 4106")
    case .aesGCM16: .init(keyLengths: aes, saltLength: 4, ivLength: 8, icvLength: 16, source: "RFC 4106")
    case .aesCCM8: .init(keyLengths: aes, saltLength: 3, ivLength: 8, icvLength: 8, source: "RFC 4309")
    case .aesCCM12: .init(keyLengths: aes, saltLength: 3, ivLength: 8, icvLength: 12, source: "RFC 4309")
    case .aesCCM16: .init(keyLengths: aes, saltLength: 3, ivLength: 8, icvLength: 16, source: "RFC 4309")
    case .aesGMAC: .init(keyLengths: aes, saltLength: 4, ivLength: 8, icvLength: 16, source: "RFC 4543")
    case .chaCha20Poly1305: .init(keyLengths: [32], saltLength: 4, ivLength: 8, icvLength: 16, source: "RFC 7634")
    }
  }
}

extension EncryptionAlgorithm {
  public var facts: AlgorithmFacts {
    switch self {
    case .null: .init(keyLengths: [0], source: "RFC 2410")
    case .desCBC: .init(keyLengths: [8], ivLength: 8, blockLength: 8, isLegacy: true, source: "RFC 2405")
    case .tripleDESCBC: .init(keyLengths: [24], ivLength: 8, blockLength: 8, isLegacy: true, source: "RFC 2451")
    case .aesCBC: .init(keyLengths: aes, ivLength: 16, blockLength: 16, source: "RFC 3602")
    case .aesCTR: .init(keyLengths: aes, saltLength: 4, ivLength: 8, source: "RFC 3686")
    }
  }
}

extension AuthenticationAlgorithm {
  public var facts: AlgorithmFacts {
    switch self {
    case .none: .init(keyLengths: [0], source: "RFC 4303")
    case .hmacMD5_96: .init(keyLengths: [16], icvLength: 12, isLegacy: true, source: "RFC 2403")
    case .hmacSHA1_96: .init(keyLengths: [20], icvLength: 12, source: "RFC 2404")
    case .hmacSHA1_160: .init(keyLengths: [20], icvLength: 20, source: "RFC 4595")
    case .hmacSHA256_96: .init(keyLengths: [32], icvLength: 12, source: "draft-ietf-ipsec-ciph-sha-256-00")
    case .hmacSHA256_128: .init(keyLengths: [32], icvLength: 16, source: "RFC 4868")
    case .hmacSHA384_192: .init(keyLengths: [48], icvLength: 24, source: "RFC 4868")
    case .hmacSHA512_256: .init(keyLengths: [64], icvLength: 32, source: "RFC 4868")
    case .aesXCBC_96: .init(keyLengths: [16], icvLength: 12, source: "RFC 3566")
    case .aesCMAC_96: .init(keyLengths: [16], icvLength: 12, source: "RFC 4494")
    }
  }
}
