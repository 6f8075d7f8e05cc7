package import Spec
import Wire

extension V2_0.Status {
  /// The status by its name, and what its detail says.
  ///
  /// - Parameter field: which field of the request a detail that is an offset stands for.
  package func text(detail: UInt32, field: String?) -> String {
    entry.name + (meaning(of: detail, field).map { " (\($0))" } ?? "")
  }

  /// Nil where it says nothing.
  private func meaning(of detail: UInt32, _ field: String?) -> String? {
    if self != .unsupportedFeature, detail == 0 { return nil }
    switch self {
    case .unsupportedFeature: return Feature(rawValue: UInt8(clamping: detail))?.entry.name ?? "\(detail)"
    case .unsupportedAlgorithm: return "algorithm \(detail)"
    case .keyRejected, .unknownAttribute:
      return V2_0.AttributeType(rawValue: UInt16(clamping: detail))?.entry.name ?? "attribute \(detail)"
    case .noSpace: return "\(detail) bytes are needed"
    case .invalidValue, .malformed: return "byte \(detail) of the request" + (field.map { ": \($0)" } ?? "")
    default: return "\(detail)"
    }
  }

  /// What a detail of versions 0.4 and 1.0 stands for: they leave the numbers open, and here they are 2.0's, with the
  /// top bit set for those that concern packets. Nil for a number that is none.
  package init?(legacyDetail detail: UInt32) {
    guard detail <= 0xff else { return nil }
    self.init(rawValue: detail & 0x7f | (detail & 0x80) << 1)
  }
}

extension Legacy.Result {
  /// The result by its name, its detail, and what 2.0 calls it.
  package func text(detail: UInt32) -> String {
    if detail == 0 { return entry.name }
    return "\(entry.name) (\(detail)" + (V2_0.Status(legacyDetail: detail).map { ": \($0.entry.name)" } ?? "") + ")"
  }
}
