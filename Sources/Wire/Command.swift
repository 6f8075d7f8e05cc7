/// Something the guest asks of the device: a control command, a data request or a buffer for notifications.
public struct Command: Sendable {
  /// The enumerators that say which one it is, outermost first (class, then command); none where the queue says it all.
  public let codes: [any Enumeration]
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let summary: StaticString
  /// The feature without which the device answers with an error.
  public let feature: (any Enumeration)?
  public let chain: Chain

  public init(
    _ name: StaticString, _ codes: [any Enumeration] = [], _ summary: StaticString, feature: (any Enumeration)? = nil,
    readable: [Part] = [], writable: [Part] = []
  ) {
    self.codes = codes
    self.name = name
    self.summary = summary
    self.feature = feature
    self.chain = Chain(readable: readable, writable: writable)
  }
}
