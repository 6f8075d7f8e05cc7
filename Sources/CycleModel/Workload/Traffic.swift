public import Clockwork

/// Seeded traffic of sizes only: each queue repeats a mix of requests, over so many SAs.
public struct Traffic: Sendable {
  public enum Arrivals: Hashable, Sendable {
    /// As fast as the ring takes them.
    case saturating
    /// Evenly, one every so many picoseconds.
    case every(Picoseconds)
    /// At random, as a Poisson process does, with this mean time between two.
    case poisson(mean: Picoseconds)
    /// So many at once, and again after so many picoseconds.
    case bursts(of: UInt32, every: Picoseconds)
  }

  public let queues: Int
  public var arrivals: Arrivals
  /// Drawn from at random, each as likely as the other; a request that is there twice is twice as likely.
  public var mix: [Request]
  /// SAs over which the requests are spread at random.
  public var associations: UInt32
  /// Requests on each queue.
  public var count: UInt64
  public var seed: UInt64

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
    self.count = count
    self.queues = queues
    self.associations = associations
    self.seed = seed
  }

  /// What goes over each queue.
  var flows: [SizesOnly.Flow] {
    var seeds = Generator(seed: seed)
    // By SA, and for each SA by shape.
    let table = (0..<associations).flatMap { association in
      mix.map { request in
        var request = request
        if associations > 1 { request.association = association }
        return request
      }
    }
    return (0..<queues).map { _ in
      let draw = Draw(
        arrivals, count: count, shapes: mix.count, associations: Int(associations), seed: seeds.next())
      return SizesOnly.Flow(draw, table)
    }
  }
}

extension Traffic.Arrivals {
  /// The time between request `number`, from 0 on, and the one before.
  func gap(before number: UInt64, _ generator: inout Generator) -> Picoseconds {
    switch self {
    case .saturating: 0
    case .every(let gap): gap
    case .poisson(let mean): generator.exponential(mean: mean)
    case .bursts(let size, let gap): number > 0 && number % UInt64(max(1, size)) == 0 ? gap : 0
    }
  }
}
