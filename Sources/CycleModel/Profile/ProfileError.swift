/// What is wrong with a profile: which key, what it has, and what would be allowed.
public enum ProfileError: Error, Hashable, CustomStringConvertible {
  case outOfRange(key: String, value: UInt64, allowed: ClosedRange<UInt64>)
  case ways(entries: UInt64, ways: UInt64)

  public var description: String {
    switch self {
    case .outOfRange(let key, let value, let allowed):
      "\(key): \(value) is not within \(allowed.lowerBound) to \(allowed.upperBound)"
    case .ways(let entries, let ways):
      "cache.entries: \(entries) is not a multiple of cache.ways, \(ways)"
    }
  }
}

extension Profile {
  /// - Throws: `ProfileError` that names the first value out of its range.
  public func validate() throws(ProfileError) {
    for key in ProfileKey.all {
      guard case .number(let path, let range) = key.place, !range.contains(self[keyPath: path]) else { continue }
      throw .outOfRange(key: key.name, value: self[keyPath: path], allowed: range)
    }
    if cacheEntries % cacheWays != 0 { throw .ways(entries: cacheEntries, ways: cacheWays) }
  }
}
