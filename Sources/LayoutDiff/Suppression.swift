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

/// A change that a suppression took out of a diff.
public struct SuppressedChange: Sendable {
  public let change: Change
  public let suppression: Suppression
}

extension LayoutDiff {
  /// The diff without what is suppressed.
  ///
  /// - Parameter today: the day, as `2027-06-30`.
  /// - Throws: `StaleSuppression` for the first that is expired, or that matches no change that is still there.
  public func suppressing(_ suppressions: [Suppression], today: String) throws(StaleSuppression) -> LayoutDiff {
    var rest = self
    for suppression in suppressions {
      let name = "\(suppression.rule) at \(suppression.place)"
      if let expires = suppression.expires, expires < today {
        throw StaleSuppression(description: "\(name): expired on \(expires)")
      }
      let matching = { (change: Change) in change.rule.id == suppression.rule && change.place == suppression.place }
      let found = rest.changes.filter(matching)
      guard !found.isEmpty else {
        let isTwice = changes.contains(where: matching)
        throw StaleSuppression(description: "\(name): \(isTwice ? "suppressed twice" : "nothing matches it any more")")
      }
      rest.suppressed += found.map { SuppressedChange(change: $0, suppression: suppression) }
      rest.changes.removeAll(where: matching)
    }
    return rest
  }
}
