import ESP
import Spec

extension SADescription {
  /// How the engine is to protect packets.
  ///
  /// - Throws: `Rejection.invalidValue` for a cipher and an integrity algorithm that do not go together.
  func protection() throws(Rejection) -> Parameters.Protection {
    if parameters.protocol == .ah {
      guard cipher == nil || cipher?.algorithm == .noCipher else { throw .invalidValue(.cipher) }
      guard let authentication else { throw .invalidValue(.authentication) }
      if authentication.algorithm == .aesGMAC {
        return .combined(.aesGMAC, key: authentication.key, salt: authentication.salt)
      }
      return .separate(.null, try authentication.algorithm.engine(), authenticationKey: authentication.key)
    }
    guard let cipher else { throw .invalidValue(.cipher) }
    if let combined = cipher.algorithm.combined {
      guard authentication == nil || authentication?.algorithm == .null else { throw .invalidValue(.authentication) }
      return .combined(combined, key: cipher.key, salt: cipher.salt)
    }
    return .separate(
      try cipher.algorithm.engine(), key: cipher.key, salt: cipher.salt,
      try authentication?.algorithm.engine() ?? .none,
      authenticationKey: authentication?.key ?? Key([]))
  }
}

extension CipherAlgorithm {
  /// The engine's algorithm that encrypts and authenticates in one; nil for one that only encrypts.
  var combined: CombinedAlgorithm? {
    switch self {
    case .aesCCM8: .aesCCM8
    case .aesCCM12: .aesCCM12
    case .aesCCM16: .aesCCM16
    case .aesGCM8: .aesGCM8
    case .aesGCM12: .aesGCM12
    case .aesGCM16: .aesGCM16
    case .aesGMAC: .aesGMAC
    case .chaCha20Poly1305: .chaCha20Poly1305
    case .noCipher, .desCBC, .tripleDESCBC, .null, .aesCBC, .aesCTR: nil
    }
  }

  fileprivate func engine() throws(Rejection) -> EncryptionAlgorithm {
    switch self {
    case .null: .null
    case .desCBC: .desCBC
    case .tripleDESCBC: .tripleDESCBC
    case .aesCBC: .aesCBC
    case .aesCTR: .aesCTR
    default: throw .invalidValue(.cipher)
    }
  }
}

extension HMACAlgorithm {
  fileprivate func engine() throws(Rejection) -> AuthenticationAlgorithm {
    switch self {
    case .null: .none
    case .md5: .hmacMD5_96
    case .sha1: .hmacSHA1_96
    case .sha1Full: .hmacSHA1_160
    case .sha256: .hmacSHA256_128
    case .sha384: .hmacSHA384_192
    case .sha512: .hmacSHA512_256
    case .aesXCBC: .aesXCBC_96
    case .aesCMAC: .aesCMAC_96
    case .aesGMAC: throw .invalidValue(.authentication)
    }
  }
}
