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

extension CombinedAlgorithm {
  public var facts: AlgorithmFacts {
    let aes = AlgorithmFacts.aesKeyLengths
    return switch self {
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
