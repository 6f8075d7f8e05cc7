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
