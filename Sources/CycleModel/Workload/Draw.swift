public import Clockwork

/// What a driver sends on one queue, request by request: seeded, and so the same whether anything is behind it or not.
public struct Draw: Sendable {
  public var arrivals: Traffic.Arrivals
  /// Requests in all.
  public var count: UInt64
  /// How many shapes of requests there are to choose from, and how many SAs.
  public var shapes: Int
  public var associations: Int
  /// Shapes come in turn instead of at random.
  public var isInTurn: Bool
  private var generator: Generator
  private var sent: UInt64 = 0

  /// - Precondition: there are shapes and SAs.
  public init(
    _ arrivals: Traffic.Arrivals, count: UInt64, shapes: Int, associations: Int = 1, isInTurn: Bool = false,
    seed: UInt64
  ) {
    precondition(shapes > 0 && associations > 0, "traffic has requests and SAs")
    self.arrivals = arrivals
    self.count = count
    self.shapes = shapes
    self.associations = associations
    self.isInTurn = isInTurn
    generator = Generator(seed: seed)
  }

  /// The next request, and how long after the one before it comes; nil when there are no more.
  public mutating func next() -> (gap: Picoseconds, shape: Int, association: Int)? {
    if sent == count { return nil }
    let number = sent
    sent += 1
    var (shape, association) = (0, 0)
    if shapes > 1 {
      shape = isInTurn ? Int(number % UInt64(shapes)) : Int(generator.next(below: UInt64(shapes)))
    }
    if associations > 1 { association = Int(generator.next(below: UInt64(associations))) }
    return (arrivals.gap(before: number, &generator), shape, association)
  }
}
