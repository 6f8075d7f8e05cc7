/// A change that somebody decided to live with.
public struct Suppression: Hashable, Sendable {
  public let rule: String
  public let place: String
  public let reason: String
  /// The last day on which it holds, as `2027-06-30`; nil for one that always does.
  public let expires: String?

  public init(rule: String, place: String, reason: String, expires: String? = nil) {
    self.rule = rule
    self.place = place
    self.reason = reason
    self.expires = expires
  }
}

/// A suppression that must go.
public struct StaleSuppression: Error, CustomStringConvertible {
  public let description: String
}

extension LayoutDiff {
  /// The diff without what is suppressed.
  ///
  /// - Parameter today: the day, as `2027-06-30`.
  /// - Throws: `StaleSuppression` for the first that is expired or that matches no change.
  public func suppressing(_ suppressions: [Suppression], today: String) throws(StaleSuppression) -> LayoutDiff {
    var rest = self
    for suppression in suppressions {
      let name = "\(suppression.rule) at \(suppression.place)"
      if let expires = suppression.expires, expires < today {
        throw StaleSuppression(description: "\(name): expired on \(expires)")
      }
      let matching = { (change: Change) in change.rule.id == suppression.rule && change.place == suppression.place }
      guard changes.contains(where: matching) else {
        throw StaleSuppression(description: "\(name): nothing matches it any more")
      }
      rest.suppressed += rest.changes.filter(matching)
      rest.changes.removeAll(where: matching)
    }
    return rest
  }
}
