/// Fields of a message that together are at most another field: of the same message, or of an earlier one of the chain.
///
/// A bound holds in the chains that have the other message.
public struct Bound: Sendable {
  /// What is added up.
  public let terms: [FieldReference]
  public let limit: FieldReference
  /// Unless this holds, the terms are 0.
  public let condition: Condition?

  public init(_ terms: [FieldReference], atMost limit: FieldReference, zeroUnless condition: Condition? = nil) {
    self.terms = terms
    self.limit = limit
    self.condition = condition
  }
}
