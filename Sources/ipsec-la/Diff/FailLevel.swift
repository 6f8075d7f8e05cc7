import ArgumentParser
import LayoutDiff

/// From what on a diff fails.
enum FailLevel: String, ExpressibleByArgument, CaseIterable {
  case any, source, wire, never

  /// The exit code for a diff.
  func exitCode(_ diff: LayoutDiff) -> Int32 {
    switch self {
    // A verdict that its proof contradicts vouches for nothing.
    case .wire, .source, .any: if diff.breaksWire || !diff.contradictions.isEmpty { return DiffExit.wire }
    case .never: return DiffExit.fine
    }
    if self != .wire, diff.breaksSource { return DiffExit.source }
    return self == .any && !diff.changes.isEmpty ? DiffExit.change : DiffExit.fine
  }
}

extension FailLevel {
  /// The exit code for a drift: what is missing breaks sources, what differs the wire, what is only theirs nothing.
  func exitCode(_ drift: Drift) -> Int32 {
    if self == .never { return DiffExit.fine }
    if drift.breaksWire { return DiffExit.wire }
    if self != .wire, drift.breaksSource { return DiffExit.source }
    return self == .any && !drift.findings.isEmpty ? DiffExit.change : DiffExit.fine
  }
}

/// How the command ends; 2 is bad usage.
enum DiffExit {
  static let fine: Int32 = 0
  static let change: Int32 = 1
  static let source: Int32 = 3
  static let wire: Int32 = 4
  static let unreadable: Int32 = 5
}
