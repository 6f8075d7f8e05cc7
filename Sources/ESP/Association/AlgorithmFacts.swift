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

  /// The lengths of AES keys.
  static let aesKeyLengths = [16, 24, 32]
}
