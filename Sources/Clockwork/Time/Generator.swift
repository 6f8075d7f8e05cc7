/// Seeded random numbers, the same on every machine: xoshiro256**, seeded by SplitMix64 (Blackman and Vigna, 2018).
public struct Generator: RandomNumberGenerator, Hashable, Sendable {
  var state: (UInt64, UInt64, UInt64, UInt64)

  init(state: (UInt64, UInt64, UInt64, UInt64)) { self.state = state }

  /// The same seed gives the same numbers on every machine.
  public init(seed: UInt64) {
    var splitMix = seed
    func next() -> UInt64 {
      splitMix &+= 0x9e37_79b9_7f4a_7c15
      var word = splitMix
      word = (word ^ (word >> 30)) &* 0xbf58_476d_1ce4_e5b9
      word = (word ^ (word >> 27)) &* 0x94d0_49bb_1331_11eb
      return word ^ (word >> 31)
    }
    state = (next(), next(), next(), next())
  }

  /// The next 64 bits.
  public mutating func next() -> UInt64 {
    let result = rotated(state.1 &* 5, 7) &* 9
    let shifted = state.1 << 17
    state.2 ^= state.0
    state.3 ^= state.1
    state.1 ^= state.2
    state.0 ^= state.3
    state.2 ^= shifted
    state.3 = rotated(state.3, 45)
    return result
  }

  /// Less than `bound`, each equally likely; `bound` is more than zero.
  public mutating func next(below bound: UInt64) -> UInt64 {
    var product = next().multipliedFullWidth(by: bound)
    if product.low < bound {
      let threshold = (0 &- bound) % bound
      while product.low < threshold { product = next().multipliedFullWidth(by: bound) }
    }
    return product.high
  }

  /// A time between the arrivals of a Poisson process, of the given mean.
  ///
  /// Von Neumann's method of 1951 compares uniform numbers and needs no logarithm, so that no machine rounds it
  /// otherwise.
  public mutating func exponential(mean: Picoseconds) -> Picoseconds {
    var whole: UInt64 = 0
    while true {
      let first = next()
      var (last, runLength) = (first, 1)
      while true {
        let word = next()
        if word >= last { break }
        last = word
        runLength += 1
      }
      if runLength % 2 == 1 { return whole * mean + first.multipliedFullWidth(by: mean).high }
      whole += 1
    }
  }

  func rotated(_ word: UInt64, _ bits: UInt64) -> UInt64 { (word << bits) | (word >> (64 - bits)) }

  public static func == (one: Generator, other: Generator) -> Bool { one.state == other.state }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(state.0)
    hasher.combine(state.1)
    hasher.combine(state.2)
    hasher.combine(state.3)
  }
}
