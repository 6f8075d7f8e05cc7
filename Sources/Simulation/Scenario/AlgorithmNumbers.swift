import ESP
import Spec

/// The engine's algorithms as the device's messages number them.
extension CombinedAlgorithm {
  var number: CipherAlgorithm {
    switch self {
    case .aesGCM8: .aesGCM8
    case .aesGCM12: .aesGCM12
    case .aesGCM16: .aesGCM16
    case .aesCCM8: .aesCCM8
    case .aesCCM12: .aesCCM12
    case .aesCCM16: .aesCCM16
    case .aesGMAC: .aesGMAC
    case .chaCha20Poly1305: .chaCha20Poly1305
    }
  }
}

extension EncryptionAlgorithm {
  var number: CipherAlgorithm {
    switch self {
    case .null: .null
    case .desCBC: .desCBC
    case .tripleDESCBC: .tripleDESCBC
    case .aesCBC: .aesCBC
    case .aesCTR: .aesCTR
    }
  }
}

extension AuthenticationAlgorithm {
  /// Nil where nothing authenticates, and for what the device's messages cannot name.
  var number: HMACAlgorithm? {
    switch self {
    case .none, .hmacSHA256_96: nil
    case .hmacMD5_96: .md5
    case .hmacSHA1_96: .sha1
    case .hmacSHA1_160: .sha1Full
    case .hmacSHA256_128: .sha256
    case .hmacSHA384_192: .sha384
    case .hmacSHA512_256: .sha512
    case .aesXCBC_96: .aesXCBC
    case .aesCMAC_96: .aesCMAC
    }
  }
}
