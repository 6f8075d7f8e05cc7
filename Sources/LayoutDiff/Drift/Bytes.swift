/// A cursor over numbers of 32 bits in either byte order.
struct Bytes {
  let bytes: [UInt8]
  let isBig: Bool
  var offset: Int

  /// - Throws: `BTFError` beyond the end.
  mutating func word() throws(BTFError) -> Int {
    guard offset >= 0, offset <= bytes.count - 4 else { throw BTFError("ends early") }
    defer { offset += 4 }
    let word = bytes[offset..<offset + 4]
    return isBig ? word.reduce(0) { $0 << 8 | Int($1) } : word.reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  mutating func skip(_ count: Int) throws(BTFError) {
    guard count <= bytes.count - offset else { throw BTFError("ends early") }
    offset += count
  }

  /// The string up to the zero that ends it.
  func text(at start: Int) throws(BTFError) -> String {
    guard bytes.indices.contains(start), let end = bytes[start...].firstIndex(of: 0) else {
      throw BTFError("ends early")
    }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}
