import Wire

extension MutableRawSpan {
  /// Copies `bytes` to `offset`.
  @inline(__always) @_lifetime(self: copy self)
  mutating func copy(_ bytes: RawSpan, to offset: Int) {
    precondition(offset >= 0 && offset + bytes.byteCount <= byteCount)
    withUnsafeMutableBytes { destination in
      bytes.withUnsafeBytes {
        if let source = $0.baseAddress {
          (destination.baseAddress.unsafelyUnwrapped + offset).copyMemory(from: source, byteCount: $0.count)
        }
      }
    }
  }

  /// Zeroes a range.
  @_lifetime(self: copy self)
  mutating func zero(_ range: Range<Int>) {
    for offset in range { store(UInt8(0), at: offset, .big) }
  }

  /// Moves bytes within the span; the places may overlap.
  @inline(__always) @_lifetime(self: copy self)
  mutating func move(from source: Int, to destination: Int, count: Int) {
    precondition(source >= 0 && destination >= 0 && max(source, destination) + count <= byteCount)
    withUnsafeMutableBytes {
      let start = $0.baseAddress.unsafelyUnwrapped
      (start + destination).copyMemory(from: start + source, byteCount: count)
    }
  }
}
