/// Bytes a cycle, as an exact fraction: `bytes` every `cycles`.
public struct Rate: Hashable, BitwiseCopyable, Sendable {
  public let bytes: UInt32
  public let cycles: UInt32

  /// Both are more than zero.
  public init(bytes: UInt32, cycles: UInt32 = 1) {
    precondition(bytes > 0 && cycles > 0, "a rate is more than zero and finite")
    self.bytes = bytes
    self.cycles = cycles
  }

  /// Whole cycles that `count` bytes take.
  @inlinable @inline(__always)
  public func cycles(for count: UInt32) -> UInt64 {
    let work = UInt64(count) * UInt64(cycles) + UInt64(bytes) - 1
    return bytes & (bytes - 1) == 0 ? work >> UInt64(bytes.trailingZeroBitCount) : work / UInt64(bytes)
  }
}

extension Rate: CustomStringConvertible {
  public var description: String { cycles == 1 ? "\(bytes) B/cycle" : "\(bytes)/\(cycles) B/cycle" }
}
