/// Asks until there is an answer; real devices give one within a few reads.
///
/// - Throws: `VirtioError.timeout` after a thousand.
func poll<Value>(_ what: String, for answer: () -> Value?) throws(VirtioError) -> Value {
  for _ in 0..<1000 {
    if let value = answer() { return value }
  }
  throw .timeout(what)
}

/// Asks until a condition holds.
///
/// - Throws: `VirtioError.timeout` after a thousand times.
func poll(_ what: String, until condition: () -> Bool) throws(VirtioError) {
  try poll(what) { condition() ? () : nil }
}
