/// A number for each kind of fault, at the kind's raw value; in a file, by the kind's name.
public struct FaultCounts: Hashable, Sendable, RandomAccessCollection {
  private var counts = [UInt64](repeating: 0, count: Fault.Kind.allCases.count)

  /// None of any kind.
  public init() {}

  public var startIndex: Int { counts.startIndex }
  public var endIndex: Int { counts.endIndex }
  public subscript(index: Int) -> UInt64 { counts[index] }

  public subscript(kind: Fault.Kind) -> UInt64 {
    get { counts[Int(kind.rawValue)] }
    set { counts[Int(kind.rawValue)] = newValue }
  }

  func since(_ earlier: Self) -> Self {
    var result = self
    for index in counts.indices { result.counts[index] -= earlier.counts[index] }
    return result
  }
}

extension FaultCounts: Codable {
  public init(from decoder: any Decoder) throws {
    let named = try [String: UInt64](from: decoder)
    for kind in Fault.Kind.allCases { self[kind] = named["\(kind)"] ?? 0 }
  }

  public func encode(to encoder: any Encoder) throws {
    try Dictionary(uniqueKeysWithValues: zip(Fault.Kind.allCases.map { "\($0)" }, counts)).encode(to: encoder)
  }
}
