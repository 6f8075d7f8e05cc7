public import ESP
public import Testbench

/// Why a scenario cannot run.
public enum SimulationError: Error, Sendable, CustomStringConvertible {
  /// An SA, by its name, whose parameters make none.
  case association(String, ParameterError)
  /// The device did not start, or did not take an SA.
  case start(TestbenchError)
  /// The device has not done what was asked of it after two days of its time.
  case tooLong
  /// The run is over before it comes to this cycle.
  case isOver(before: UInt64)
  /// Another state than the one that was noted at this cycle.
  case differs(at: UInt64)

  public var description: String {
    switch self {
    case .association(let name, let error): "associations: \(name): \(error)"
    case .start(.plan(let what)): what
    case .tooLong:
      "the device is not done after two days of device time: the profile is too slow for the traffic, or faults last "
        + "too long"
    case .isOver(let cycle): "the run is over before cycle \(cycle)"
    case .differs(let cycle): "the run does not come to the state that it had at cycle \(cycle) when that was saved"
    case .start(let error): "the device does not start: \(error)"
    }
  }
}
