/// A use of the interface that is an error unless a feature was negotiated; a command says so itself.
public struct FeatureUse: Sendable {
  public let feature: any Enumeration
  public let use: Use

  public init(_ feature: any Enumeration, _ use: Use) {
    self.feature = feature
    self.use = use
  }

  /// What is used.
  public enum Use: Sendable {
    /// A field, or bits of it, with more than a value.
    case above(UInt64, FieldReference)
    /// A field, or bits of it, with a value.
    case equal(UInt64, FieldReference)
    /// An enumerator, wherever a number, a type of attribute or a set names it.
    case enumerator(any Enumeration)
  }
}
