public import Spec
public import Virtio
public import Wire

/// Why something asked of the testbench did not come about.
public enum TestbenchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rings, the memory or the negotiation.
  case virtio(VirtioError)
  /// The device's status for a command or packet, by its name, and what it refers to.
  case status(String, detail: UInt32)
  /// The device has not used the chain.
  case unanswered
  /// The answer is not what the definition says.
  case malformedAnswer(String)
  /// An SA that the version's messages have no room for: which field of it.
  case inexpressible(String, SpecVersion)
  /// A plan that cannot be run: where, and what is wrong.
  case plan(String)

  public var description: String {
    switch self {
    case .virtio(let error): "\(error)"
    case .status(let name, let detail): "device: \(name)\(Self.text(of: detail, name))"
    case .unanswered: "device: the chain was not used"
    case .malformedAnswer(let what): "device: answer is malformed: \(what)"
    case .inexpressible(let field, let version): "\(field): version \(version) cannot say it"
    case .plan(let what): what
    }
  }

  /// What a status refers to, in words; nothing where it refers to nothing.
  private static func text(of detail: UInt32, _ status: String) -> String {
    let known = V2_0.Status.allCases.first { $0.entry.name == status }
    if known != .unsupportedFeature, detail == 0 { return "" }
    switch known {
    case .unsupportedFeature: return " (\(Feature(rawValue: UInt8(clamping: detail))?.entry.name ?? "\(detail)"))"
    case .unsupportedAlgorithm: return " (algorithm \(detail))"
    case .invalidValue, .malformed: return " (byte \(detail) of the request)"
    default: return " (\(detail))"
    }
  }

  /// The error that a status of version 2.0 makes.
  public static func status(_ status: V2_0.Status, detail: UInt32 = 0) -> Self {
    .status(status.entry.name, detail: detail)
  }
}
