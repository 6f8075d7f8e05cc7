import Driver
public import Spec
public import Virtio
public import Wire

/// Why something asked of the testbench did not come about.
public enum TestbenchError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The rings, the memory or the negotiation.
  case virtio(VirtioError)
  /// The device's status for a command or packet, by its name, and what it refers to: the field of the request where
  /// that is an offset.
  case status(String, detail: UInt32, field: String? = nil)
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
    case .status(let name, let detail, let field): "device: \(Self.text(of: name, detail, field))"
    case .unanswered: "device: the chain was not used"
    case .malformedAnswer(let what): "device: answer is malformed: \(what)"
    case .inexpressible(let field, let version): "\(field): version \(version) cannot say it"
    case .plan(let what): what
    }
  }

  private static func text(of status: String, _ detail: UInt32, _ field: String?) -> String {
    if status == Legacy.Result.error.entry.name { return Legacy.Result.error.text(detail: detail) }
    let known = V2_0.Status.allCases.first { $0.entry.name == status }
    return known?.text(detail: detail, field: field) ?? status
  }

  /// The error that a status of version 2.0 makes.
  public static func status(_ status: V2_0.Status, detail: UInt32 = 0, field: String? = nil) -> Self {
    .status(status.entry.name, detail: detail, field: field)
  }
}
