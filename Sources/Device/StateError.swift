/// Why a saved state cannot be taken over.
public enum StateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// Parts of the state that contradict each other.
  case inconsistent(String)

  public var description: String {
    switch self {
    case .inconsistent(let what): "state: \(what) contradict each other"
    }
  }
}
