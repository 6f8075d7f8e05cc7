extension Optional where Wrapped: ~Copyable {
  /// What a value that cannot be copied says of itself; nil where there is none.
  @inline(__always)
  func borrow<Result>(_ body: (borrowing Wrapped) -> Result) -> Result? {
    switch self {
    case .some(let value): body(value)
    case nil: nil
    }
  }
}
