import Testing

/// What a replay found for each clause: how often it was at stake, and where it was broken.
struct Findings {
  private var witnessed: [String: Int] = [:]
  private var broken: [String: [String]] = [:]

  /// A clause was at stake.
  mutating func check(_ id: String, _ holds: Bool, _ what: String = "") {
    witnessed[id, default: 0] += 1
    if !holds { broken[id, default: []].append(what) }
  }

  mutating func formUnion(_ other: Findings) {
    witnessed.merge(other.witnessed, uniquingKeysWith: +)
    broken.merge(other.broken, uniquingKeysWith: +)
  }

  /// Clauses that were broken.
  var brokenIDs: Set<String> { Set(broken.keys) }

  /// Fails the test where a clause was broken, or was never at stake.
  func expect(_ ids: [String], at location: SourceLocation = #_sourceLocation) {
    for id in ids {
      #expect(witnessed[id, default: 0] > 0, "\(id) was never at stake", sourceLocation: location)
      #expect(broken[id, default: []].prefix(3) == [], "\(id)", sourceLocation: location)
    }
  }
}
