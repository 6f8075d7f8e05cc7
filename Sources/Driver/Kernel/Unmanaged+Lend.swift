extension Unmanaged {
  /// Lends what somebody else keeps meanwhile: no reference to it is counted, which would cost a packet more than most
  /// of what is done to it.
  @inline(__always)
  func lend<Value, Failure: Error>(_ body: (Instance) throws(Failure) -> Value) throws(Failure) -> Value {
    try _withUnsafeGuaranteedRef { instance in Result { () throws(Failure) in try body(instance) } }.get()
  }
}

extension Span<IPsecRequest> {
  /// Lends a request, which whoever has the span keeps.
  @inline(__always)
  func lend<Value, Failure: Error>(
    _ index: Int, _ body: (IPsecRequest) throws(Failure) -> Value
  ) throws(Failure) -> Value {
    try Unmanaged.passUnretained(self[index]).lend(body)
  }
}
