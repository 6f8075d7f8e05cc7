/// Hands out outbound sequence numbers, each once (RFC 4303 sections 2.2 and 3.3.3).
public struct SequenceCounter: Sendable, Hashable {
  /// The last number handed out; 0 before the first.
  public private(set) var last: UInt64
  /// The last number there is: 2^32 − 1, or 2^64 − 1 with extended sequence numbers.
  public let limit: UInt64

  /// - Throws: `ParameterError.state` for a number that there is not.
  public init(last: UInt64 = 0, extended: Bool) throws(ParameterError) {
    self.limit = extended ? .max : UInt64(UInt32.max)
    guard last <= limit else { throw .state("sequence \(last) does not fit 32 bits") }
    self.last = last
  }

  /// How many numbers are left.
  public var remaining: UInt64 { limit - last }

  /// The next number.
  ///
  /// - Throws: `sequenceExhausted` when all have been used: the counter never cycles.
  mutating func next() throws(Refusal) -> UInt64 {
    guard last < limit else { throw .sequenceExhausted }
    last += 1
    return last
  }
}
