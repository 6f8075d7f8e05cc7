/// Why a saved state cannot be taken over.
public enum StateError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No state of an accelerator at all.
  case notAState
  /// A format of another version of this program.
  case format(found: UInt16, known: UInt16)
  /// Not as it was saved: its digest does not match.
  case damaged
  /// The state ends within a part, or goes on behind its end.
  case length(String)
  /// Saved under a version of the interface that this device does not offer.
  case version(String)
  /// Features were negotiated that are not the ones negotiated here.
  case features(missing: String)
  /// More of something than this device has.
  case limit(String)
  /// The keys cannot be unsealed here.
  case keys
  /// A value that its meaning does not allow.
  case value(String)
  /// Parts of the state that contradict each other.
  case inconsistent(String)

  public var description: String {
    switch self {
    case .notAState: "state: not one of an accelerator"
    case .format(let found, let known): "state: format \(found); format \(known) is known here"
    case .damaged: "state: damaged since it was saved"
    case .length(let what): "state: wrong length at \(what)"
    case .version(let version): "state: saved under version \(version), which is not offered here"
    case .features(let missing): "state: needs features \(missing)"
    case .limit(let what): "state: more \(what) than this device has"
    case .keys: "state: the keys cannot be unsealed here"
    case .value(let what): "state: \(what) has a value that is not allowed"
    case .inconsistent(let what): "state: \(what) contradict each other"
    }
  }
}
