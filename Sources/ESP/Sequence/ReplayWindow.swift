/// The sequence numbers received, as far back as the window reaches (RFC 4303 section 3.4.3, RFC 6479).
///
/// A ring of 64-bit words: number `n` is bit `n & 63` of word `(n >> 6) mod count`. The ring has one word more than
/// the window needs, so that moving the top clears whole words and never shifts.
public struct ReplayWindow: Sendable, Hashable {
  /// How many numbers below and including the highest are remembered; 0 when replays are not checked.
  public let size: Int
  /// The highest number received; 0 before the first.
  public private(set) var top: UInt64
  /// The ring: a power of two of words.
  public private(set) var words: [UInt64]

  /// A window whose highest number is `top`, with everything below it taken as received.
  public init(size: Int, top: UInt64 = 0) {
    precondition(size >= 0, "a window has no negative size")
    self.size = size
    self.top = top
    var count = 1
    while count * 64 < size + 64 { count *= 2 }
    words = Array(repeating: top == 0 ? 0 : .max, count: count)
    if top != 0 { keepOnly(bitsThrough: top) }
  }

  /// A window as another one of the same size left it.
  public init?(size: Int, top: UInt64, words: [UInt64]) {
    self.init(size: size, top: top)
    guard words.count == self.words.count else { return nil }
    self.words = words
    keepOnly(bitsThrough: top)
  }

  /// The full number of which a packet carries the low half (RFC 4303 appendix A2.2).
  ///
  /// When replays are not checked, the number nearest to the highest one: packets may then arrive in any order.
  @inline(__always)
  func infer(low: UInt32, extended: Bool) -> UInt64 {
    guard extended else { return UInt64(low) }
    let reach = size == 0 ? 1 << 31 : UInt32(truncatingIfNeeded: size)
    let topLow = UInt32(truncatingIfNeeded: top)
    let topHigh = top >> 32
    let bottom = topLow &- reach &+ 1
    let high: UInt64 =
      if topLow >= reach - 1 {
        low >= bottom ? topHigh : topHigh &+ 1
      } else {
        low >= bottom && topHigh > 0 ? topHigh - 1 : topHigh
      }
    return high << 32 | UInt64(low)
  }

  /// Whether a packet of this number may be processed.
  ///
  /// - Throws: `sequenceZero`, `late` or `replayed`.
  @inline(__always)
  func check(_ sequence: UInt64) throws(Refusal) {
    if sequence == 0 { throw .sequenceZero }
    if size == 0 || sequence > top { return }
    if top - sequence >= UInt64(size) { throw .late(sequence: sequence) }
    if words[index(sequence)] & bit(sequence) != 0 { throw .replayed(sequence: sequence) }
  }

  /// Marks a number whose packet had a good ICV.
  @inline(__always)
  mutating func update(_ sequence: UInt64) {
    if sequence > top {
      let first = top >> 6
      let steps = min(sequence >> 6 - first, UInt64(words.count))
      var step: UInt64 = 1
      while step <= steps {
        words[Int(truncatingIfNeeded: first &+ step) & (words.count - 1)] = 0
        step += 1
      }
      top = sequence
    }
    words[index(sequence)] |= bit(sequence)
  }

  @inline(__always)
  private func index(_ sequence: UInt64) -> Int { Int(truncatingIfNeeded: sequence >> 6) & (words.count - 1) }

  @inline(__always)
  private func bit(_ sequence: UInt64) -> UInt64 { 1 << (sequence & 63) }

  /// Clears the bits above `top` in its word: they stand for numbers not yet received.
  private mutating func keepOnly(bitsThrough top: UInt64) {
    let above: UInt64 = top & 63 == 63 ? 0 : .max << (top & 63 + 1)
    words[index(top)] &= ~above
  }
}
