import Clockwork

/// The cache of SAs: sets of ways, of which the least recently used gives way; a line may still be being read.
struct SACache: ~Copyable, Sendable {
  enum Outcome {
    case hit
    /// The line is being read for somebody else.
    case pending(line: UInt32)
    /// The line was set aside for the SA and is to be read.
    case miss(line: UInt32)
    /// All lines of the set are being read.
    case full
  }

  struct Line: BitwiseCopyable, Sendable {
    var association: UInt32 = .max
    var isPending = false
    var used: UInt64 = 0
    /// Requests that wait for the line, linked through their items.
    var firstWaiter: UInt32 = .max
    var lastWaiter: UInt32 = .max
    /// The lane that reads it.
    var lane: UInt16 = 0
  }

  var lines: Cells<Line>
  let ways: Int
  private var time: UInt64 = 0
  private let sets: UInt32
  private(set) var hits: UInt64 = 0
  private(set) var misses: UInt64 = 0
  /// Misses on a line that was already being read.
  private(set) var merged: UInt64 = 0

  init(entries: Int, ways: Int) {
    lines = Cells(repeating: Line(), count: entries)
    self.ways = ways
    sets = UInt32(entries / ways)
  }

  /// - Parameter mayMiss: whether another line may be read; if not, a miss changes nothing and is `full`.
  mutating func look(up association: UInt32, mayMiss: Bool) -> Outcome {
    let first = Int(association % sets) * ways
    var victim = -1
    for line in first..<first + ways {
      if lines[line].association == association {
        time += 1
        lines[line].used = time
        if lines[line].isPending {
          merged += 1
          return .pending(line: UInt32(line))
        }
        hits += 1
        return .hit
      }
      if !lines[line].isPending && (victim < 0 || lines[line].used < lines[victim].used) { victim = line }
    }
    if victim < 0 || !mayMiss { return .full }
    time += 1
    misses += 1
    lines[victim] = Line(association: association, isPending: true, used: time)
    return .miss(line: UInt32(victim))
  }

  /// Forgets all SAs, those that are being read too.
  mutating func removeAll() {
    for line in 0..<lines.count { lines[line] = Line() }
  }
}

extension SACache: Duplicable {
  borrowing func copy() -> SACache { SACache(copying: self) }

  private init(copying other: borrowing SACache) {
    lines = other.lines.copied()
    (ways, sets, time) = (other.ways, other.sets, other.time)
    (hits, misses, merged) = (other.hits, other.misses, other.merged)
  }
}
