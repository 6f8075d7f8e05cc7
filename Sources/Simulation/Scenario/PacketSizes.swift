import Clockwork

/// Lengths of IP packets in bytes, each with its share.
public struct PacketSizes: Sendable, Hashable {
  public struct Share: Sendable, Hashable {
    public var length: Int
    /// Relative to the other shares.
    public var weight: UInt64

    public init(_ length: Int, _ weight: UInt64 = 1) {
      self.length = length
      self.weight = weight
    }
  }

  /// Lengths from the smallest packet with an IPv4 and a UDP header to the largest that IPv4 can be.
  public static let allowed = 28...65_535

  /// Seven of 40, four of 576, one of 1500 bytes: the simple mix in wide use; illustrative.
  public static let imix = PacketSizes([Share(40, 7), Share(576, 4), Share(1_500, 1)])

  public let shares: [Share]
  private let total: UInt64

  /// - Parameter shares: at least one, with a weight of at least 1.
  public init(_ shares: [Share]) {
    precondition(!shares.isEmpty && shares.allSatisfy { $0.weight > 0 }, "packets have a size")
    self.shares = shares
    total = shares.map(\.weight).reduce(0, +)
  }

  /// Mean length, in bytes.
  public var mean: Double {
    shares.map { Double($0.length) * Double($0.weight) }.reduce(0, +) / Double(total)
  }

  /// The place of a share, drawn by its weight.
  func draw(_ generator: inout Generator) -> Int {
    if shares.count == 1 { return 0 }
    var place = generator.next(below: total)
    for index in shares.indices {
      if place < shares[index].weight { return index }
      place -= shares[index].weight
    }
    preconditionFailure("weights add up to their total")
  }
}
