/// Times in buckets of constant relative width, as HdrHistogram keeps them: 1/32 of the value, at most 3.2 % off. Each
/// knows the highest value in it: where all are the same, nothing is off.
///
/// Storage is set aside once; recording allocates nothing.
public struct Histogram: ~Copyable, Sendable {
  /// Buckets of one power of two.
  static var halves: UInt64 { 32 }
  var buckets = Cells<UInt64>(repeating: 0, count: Int(halves) * 60)
  var highest = Cells<UInt64>(repeating: 0, count: Int(halves) * 60)
  public internal(set) var count: UInt64 = 0
  /// Sum of all values.
  public internal(set) var sum: UInt64 = 0
  public internal(set) var minimum: UInt64 = .max
  public internal(set) var maximum: UInt64 = 0

  /// Of nothing yet.
  public init() {}

  /// Counts a value.
  public mutating func record(_ value: UInt64) {
    count += 1
    sum &+= value
    if value < minimum { minimum = value }
    if value > maximum { maximum = value }
    let bucket = Self.bucket(of: value)
    buckets[bucket] += 1
    if value > highest[bucket] { highest[bucket] = value }
  }

  /// Counts all that another has counted.
  public mutating func add(_ other: borrowing Histogram) {
    count += other.count
    sum &+= other.sum
    minimum = min(minimum, other.minimum)
    maximum = max(maximum, other.maximum)
    for bucket in 0..<buckets.count where other.buckets[bucket] > 0 {
      buckets[bucket] += other.buckets[bucket]
      highest[bucket] = max(highest[bucket], other.highest[bucket])
    }
  }

  /// Arithmetic mean; 0 without values.
  public var mean: Double { count == 0 ? 0 : Double(sum) / Double(count) }

  /// A value that was recorded and that `fraction` of all do not exceed: the highest in the bucket of the least such
  /// value, and so at most 1/32 above that.
  public func quantile(_ fraction: Double) -> UInt64 {
    let exact = fraction * Double(count)
    let rank = max(1, UInt64(exact) + (exact > Double(UInt64(exact)) ? 1 : 0))
    var seen: UInt64 = 0
    for index in 0..<buckets.count where buckets[index] > 0 {
      seen += buckets[index]
      if seen >= rank { return highest[index] }
    }
    return maximum
  }

  /// Non-empty buckets in order: the values from `lower` to `upper`, and how many there were.
  public var distribution: [(lower: UInt64, upper: UInt64, count: UInt64)] {
    var result: [(lower: UInt64, upper: UInt64, count: UInt64)] = []
    for index in 0..<buckets.count where buckets[index] > 0 {
      let lower = index == 0 ? 0 : Self.upperEnd(of: index - 1) + 1
      result.append((lower, Self.upperEnd(of: index), buckets[index]))
    }
    return result
  }

  /// Values below 64 have a bucket each; above, 32 buckets share a power of two.
  static func bucket(of value: UInt64) -> Int {
    if value < 2 * halves { return Int(value) }
    let shift = UInt64(58 - value.leadingZeroBitCount)
    return Int(shift * halves + value >> shift)
  }

  static func upperEnd(of bucket: Int) -> UInt64 {
    if bucket < 2 * Int(halves) { return UInt64(bucket) }
    let shift = UInt64(bucket) / halves - 1
    return ((UInt64(bucket) - shift * halves) << shift) + (1 << shift - 1)
  }
}

extension Histogram: Duplicable {
  public borrowing func copy() -> Histogram { Histogram(copying: self) }

  private init(copying other: borrowing Histogram) {
    buckets = other.buckets.copied()
    highest = other.highest.copied()
    (count, sum, minimum, maximum) = (other.count, other.sum, other.minimum, other.maximum)
  }
}
