import TestSupport
import Testing

extension Trait where Self == Conformance {
  /// The test shows these rows of `matrix.tsv` to hold.
  static func conforms(_ ids: String...) -> Self { Conformance(ids, of: .shared) }
}
