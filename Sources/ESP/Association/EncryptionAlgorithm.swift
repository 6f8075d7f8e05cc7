/// Algorithms that only encrypt.
public enum EncryptionAlgorithm: String, Sendable, Hashable, CaseIterable {
  case null
  case desCBC = "des-cbc"
  case tripleDESCBC = "3des-cbc"
  case aesCBC = "aes-cbc"
  case aesCTR = "aes-ctr"
}

extension EncryptionAlgorithm {
  public var facts: AlgorithmFacts {
    let aes = AlgorithmFacts.aesKeyLengths
    return switch self {
    case .null: .init(keyLengths: [0], source: "RFC 2410")
    case .desCBC: .init(keyLengths: [8], ivLength: 8, blockLength: 8, isLegacy: true, source: "RFC 2405")
    case .tripleDESCBC: .init(keyLengths: [24], ivLength: 8, blockLength: 8, isLegacy: true, source: "RFC 2451")
    case .aesCBC: .init(keyLengths: aes, ivLength: 16, blockLength: 16, source: "RFC 3602")
    case .aesCTR: .init(keyLengths: aes, saltLength: 4, ivLength: 8, source: "RFC 3686")
    }
  }
}
