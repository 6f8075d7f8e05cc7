public import Clockwork

/// Seeded traffic of sizes only: each queue repeats a mix of requests, over so many SAs.
public struct Traffic: Workload, Sendable {
  public enum Arrivals: Hashable, Sendable {
    /// As fast as the ring takes them.
    case saturating
    /// Evenly, one every so many picoseconds.
    case every(Picoseconds)
    /// At random, as a Poisson process does, with this mean time between two.
    case poisson(mean: Picoseconds)
  }

  public let queues: Int
  public var arrivals: Arrivals
  /// Drawn from at random, each as likely as the other; a request that is there twice is twice as likely.
  public var mix: [Request]
  /// SAs over which the requests are spread at random.
  public var associations: UInt32
  private var generators: [Generator]
  private var remaining: [UInt64]

  /// - Parameters:
  ///   - count: requests on each queue.
  ///   - mix: at least one request.
  ///   - associations: at least 1.
  public init(
    _ arrivals: Arrivals = .saturating, mix: [Request], count: UInt64, queues: Int = 1, associations: UInt32 = 1,
    seed: UInt64 = 1
  ) {
    precondition(!mix.isEmpty && queues > 0 && associations > 0, "traffic has requests, queues and SAs")
    self.arrivals = arrivals
    self.mix = mix
    self.queues = queues
    self.associations = associations
    var seeds = Generator(seed: seed)
    generators = (0..<queues).map { _ in Generator(seed: seeds.next()) }
    remaining = Array(repeating: count, count: queues)
  }

  public mutating func next(on queue: Int) -> (gap: Picoseconds, request: Request)? {
    if remaining[queue] == 0 { return nil }
    remaining[queue] -= 1
    var request = mix[mix.count == 1 ? 0 : Int(generators[queue].next(below: UInt64(mix.count)))]
    if associations > 1 { request.association = UInt32(generators[queue].next(below: UInt64(associations))) }
    switch arrivals {
    case .saturating: return (0, request)
    case .every(let gap): return (gap, request)
    case .poisson(let mean): return (generators[queue].exponential(mean: mean), request)
    }
  }
}
