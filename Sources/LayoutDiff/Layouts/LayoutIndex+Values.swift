import Model

extension LayoutIndex {
  /// The bits of an integer that a sender sets in some of the values that a range of it may have.
  func values(_ range: Layout.BitRange) -> UInt64 {
    guard let largest = largest(range) else { return range.mask }
    if let codes = range.enumeration.flatMap({ codes[$0] }) {
      return codes.reduce(0) { $0 | $1 } << UInt64(range.low) & range.mask
    }
    return (UInt64.max >> UInt64(largest.leadingZeroBitCount)) << UInt64(range.low) & range.mask
  }

  /// The same of every range in use: all other bits are zero, where senders write zero to what is reserved.
  func written(_ bits: Layout.BitLayout) -> UInt64 { bits.ranges.used.reduce(0) { $0 | values($1) } }

  /// The largest number that a range has, if there is room for more: a code, or as many pairs as there may be.
  func largest(_ range: Layout.BitRange) -> UInt64? {
    let all = range.mask >> UInt64(range.low)
    if let largest = range.enumeration.flatMap({ codes[$0]?.max() }) { return min(largest, all) }
    return range.name == "max_pairs" ? min(UInt64(max(1, layout.queues.maximumPairs)), all) : nil
  }
}
