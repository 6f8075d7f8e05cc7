public import CycleModel
public import ESP
public import Testbench

/// Why a scenario cannot run.
public enum SimulationError: Error, Sendable, CustomStringConvertible {
  case profile(ProfileError)
  /// An SA, by its name, whose parameters make none.
  case association(String, ParameterError)
  /// The device refused an SA, by its name.
  case refused(String, TestbenchError)
  /// The device did not start.
  case start(TestbenchError)

  public var description: String {
    switch self {
    case .profile(let error): "profile: \(error)"
    case .association(let name, let error): "associations: \(name): \(error)"
    case .refused(let name, let error): "associations: \(name): \(error)"
    case .start(let error): "the device does not start: \(error)"
    }
  }
}
