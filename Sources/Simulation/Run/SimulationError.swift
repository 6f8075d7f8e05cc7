public import ESP
public import Testbench

/// Why a scenario cannot run.
public enum SimulationError: Error, Sendable, CustomStringConvertible {
  /// An SA, by its name, whose parameters make none.
  case association(String, ParameterError)
  /// The device did not start, or did not take an SA.
  case start(TestbenchError)

  public var description: String {
    switch self {
    case .association(let name, let error): "associations: \(name): \(error)"
    case .start(.plan(let what)): what
    case .start(let error): "the device does not start: \(error)"
    }
  }
}
