import Clockwork

/// What is wrong with a profile: which key, what it has, and what would be allowed.
public enum ProfileError: Error, Hashable, CustomStringConvertible {
  case outOfRange(key: String, value: UInt64, allowed: ClosedRange<UInt64>)
  case ways(entries: UInt64, ways: UInt64)
  /// A value that is less than the number of cores, each of which needs a part of it.
  case scaling(cores: UInt64, key: String, value: UInt64)
  /// A step of one request that takes longer than `Profile.longestStep`.
  case slow(key: String)

  /// The key at fault.
  public var key: String {
    switch self {
    case .outOfRange(let key, _, _), .slow(let key): key
    case .ways: "cache.entries"
    case .scaling: "device.scaling"
    }
  }

  public var description: String {
    switch self {
    case .outOfRange(let key, let value, let allowed):
      "\(key): \(value) is not within \(allowed.lowerBound) to \(allowed.upperBound)"
    case .ways(let entries, let ways):
      "cache.entries: \(entries) is not a multiple of cache.ways, \(ways)"
    case .scaling(let cores, let key, let value):
      "device.scaling: \(cores) cores need one of \(key) each, and there are \(value)"
    case .slow(let key):
      "\(key): with its clock, a request of \(Profile.longestRequest) B would take longer than two hours"
    }
  }
}

extension Profile {
  /// Bytes that no request is longer than; and the longest time, in picoseconds, that a unit may need for it. What can
  /// be in flight at once can still be told in 64 bits then.
  static let longestRequest: UInt32 = 131_072
  static let longestStep: UInt64 = 7_200_000_000_000_000

  /// - Throws: `ProfileError` that names the first value out of its range.
  public func validate() throws(ProfileError) {
    for key in ProfileKey.all {
      guard case .number(let path, let range) = key.place, !range.contains(self[keyPath: path]) else { continue }
      throw .outOfRange(key: key.name, value: self[keyPath: path], allowed: range)
    }
    if cacheEntries % cacheWays != 0 { throw .ways(entries: cacheEntries, ways: cacheWays) }
    for (key, value) in [("lane.count", lanes), ("lane.queue", laneQueue)] where value < scaling {
      throw .scaling(cores: scaling, key: key, value: value)
    }
    for key in ProfileKey.all where duration(of: key) > Self.longestStep {
      throw .slow(key: key.name)
    }
  }

  /// How long the longest request takes for what a key counts in cycles; 0 for another key.
  private func duration(of key: ProfileKey) -> UInt64 {
    let clock = key.name.hasPrefix("bus.") ? bus : core
    let cycles: UInt64
    switch key.place {
    case .rate(let path): cycles = self[keyPath: path].cycles(for: Self.longestRequest)
    case .number(let path, _): cycles = key.unit.hasSuffix("cycles") ? self[keyPath: path] : 0
    }
    return cycles > clock.firstCycle(at: Instant(picoseconds: Self.longestStep))
      ? .max : clock.instant(ofCycle: cycles).picoseconds
  }
}
