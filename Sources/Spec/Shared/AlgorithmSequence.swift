/// The algorithms of the SAs that a packet goes through, one after the other: one pair, or those of a bundle.
///
/// A plain value, so that a packet that has one costs no reference count.
public struct AlgorithmSequence: Hashable, BitwiseCopyable, Sendable {
  /// Most pairs that there is room for.
  public static let limit = 8
  public private(set) var count = 0
  /// A byte each, the first one lowest: the cipher's number in its high half, the integrity algorithm's in its low one.
  private var pairs: UInt64 = 0

  public init(_ cipher: CipherAlgorithm, _ integrity: HMACAlgorithm) { append(cipher, integrity) }

  /// - Precondition: there are pairs, and not too many.
  public init(_ pairs: some Collection<(cipher: CipherAlgorithm, integrity: HMACAlgorithm)>) {
    precondition(!pairs.isEmpty, "no SA")
    for pair in pairs { append(pair.cipher, pair.integrity) }
  }

  /// Adds what comes next.
  ///
  /// - Precondition: there is room.
  public mutating func append(_ cipher: CipherAlgorithm, _ integrity: HMACAlgorithm) {
    precondition(count < Self.limit, "no room for so many SAs")
    pairs |= UInt64(cipher.rawValue << 4 | integrity.rawValue) << (8 * UInt64(count))
    count += 1
  }

  /// The numbers of a pair.
  ///
  /// - Precondition: there is one.
  public subscript(index: Int) -> (cipher: Int, integrity: Int) {
    precondition(index >= 0 && index < count)
    let pair = Int(truncatingIfNeeded: pairs >> (8 * UInt64(index)) & 0xff)
    return (pair >> 4, pair & 0xf)
  }
}
