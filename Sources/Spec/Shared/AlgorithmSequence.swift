/// The algorithms of the SAs that a packet goes through, one after the other: one pair, or those of a bundle.
///
/// A plain value, so that a packet that has one costs no reference count.
public struct AlgorithmSequence: Hashable, BitwiseCopyable, Sendable {
  /// Most pairs that there is room for.
  public static let limit = 8
  public private(set) var count = 0
  /// A byte each, the first one lowest: the cipher's number in its high half, the integrity algorithm's in its low one.
  private var pairs: UInt64 = 0

  public init() {}

  public init(_ cipher: CipherAlgorithm, _ integrity: HMACAlgorithm) { append(cipher, integrity) }

  /// Adds what comes next; what there is no room for is left out.
  public mutating func append(_ cipher: CipherAlgorithm, _ integrity: HMACAlgorithm) {
    guard count < Self.limit else { return }
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
