public import CycleModel

/// How a device's time passes. The device and what it does are the same in all modes.
public enum Mode: Hashable, Sendable {
  /// It does not: a request is done when the driver rings.
  case functional
  /// The device does real work over guest memory and rings, and the pipeline decides when.
  case timed(Profile = Profile())
  /// As timed, with sizes instead of packets: no guest memory, no rings, no cryptography.
  case timingOnly(Profile = Profile())

  /// Nil where no time passes.
  public var profile: Profile? {
    switch self {
    case .functional: nil
    case .timed(let profile), .timingOnly(let profile): profile
    }
  }
}
