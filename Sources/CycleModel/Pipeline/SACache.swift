/// The cache of SAs: sets of ways, of which the least recently used gives way; a line may still be being read.
struct SACache: Sendable {
  enum Outcome {
    case hit
    /// The line is being read for somebody else.
    case pending(line: UInt32)
    /// The line was set aside for the SA and is to be read.
    case miss(line: UInt32)
    /// All lines of the set are being read.
    case full
  }

  struct Line: Sendable {
    var association: UInt32 = .max
    var isPending = false
    var used: UInt64 = 0
    /// Requests that wait for the line, linked through their items.
    var firstWaiter: UInt32 = .max
    var lastWaiter: UInt32 = .max
    /// The lane that reads it.
    var lane: UInt16 = 0
  }

  var lines: [Line]
  let ways: Int
  private var time: UInt64 = 0
  private let sets: UInt32
  private(set) var hits: UInt64 = 0
  private(set) var misses: UInt64 = 0
  /// Misses on a line that was already being read.
  private(set) var merged: UInt64 = 0

  init(entries: Int, ways: Int) {
    lines = Array(repeating: Line(), count: entries)
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
}
