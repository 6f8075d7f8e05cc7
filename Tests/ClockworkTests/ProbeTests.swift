import Testing

@testable import Clockwork

@Suite struct ProbeTests {
  @Test func `occupancy is weighted by time`() {
    var occupancy = Occupancy()
    occupancy.enter(at: Instant(picoseconds: 10))
    occupancy.enter(at: Instant(picoseconds: 20))
    occupancy.leave(at: Instant(picoseconds: 50))
    #expect(occupancy.integral(until: Instant(picoseconds: 100)) == 10 * 1 + 30 * 2 + 50 * 1)
    #expect((occupancy.count, occupancy.peak, occupancy.arrivals) == (1, 2, 2))
  }

  @Test func `the shares of a unit's time are one whole`() {
    var use = Utilisation(lanes: 2)
    use.start(at: Instant(picoseconds: 20))
    use.wait(.blocked, at: Instant(picoseconds: 30))
    use.start(at: Instant(picoseconds: 50))
    use.finish(at: Instant(picoseconds: 60))
    use.wait(.held, at: Instant(picoseconds: 80))
    let end = Instant(picoseconds: 100)
    #expect(use.busyTime(until: end) == 30 + 2 * 10 + 40)
    #expect(use.time(of: .starved, until: end) == 2 * 20 + 10)
    #expect(use.time(of: .blocked, until: end) == 20 + 20)
    #expect(use.time(of: .held, until: end) == 20)
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `quantiles are within 1 in 32 of the exact ones`(seed: UInt64) {
    var generator = Generator(seed: seed)
    var histogram = Histogram()
    let values = (0..<5_000).map { _ in generator.next() >> (8 + generator.next(below: 50)) }
    for value in values { histogram.record(value) }
    let sorted = values.sorted()
    for (fraction, rank) in [(0.5, 2_499), (0.99, 4_949), (0.999, 4_994), (1.0, 4_999)] {
      let quantile = histogram.quantile(fraction)
      #expect(quantile >= sorted[rank] && quantile - sorted[rank] <= sorted[rank] / 32, "seed \(seed)")
      #expect(values.contains(quantile), "seed \(seed)")
    }
    #expect(histogram.distribution.map(\.count).reduce(0, +) == histogram.count)
    #expect((histogram.minimum, histogram.maximum) == (sorted.first!, sorted.last!))
  }

  @Test func `what one histogram adds to another is as if it had been recorded there`() {
    var generator = Generator(seed: 1)
    var part = Histogram()
    var rest = Histogram()
    var whole = Histogram()
    for index in 0..<1_000 {
      let value = generator.next() >> (8 + generator.next(below: 50))
      whole.record(value)
      if index % 3 == 0 { part.record(value) } else { rest.record(value) }
    }
    part.add(rest)
    #expect((part.count, part.sum) == (whole.count, whole.sum))
    #expect((part.minimum, part.maximum) == (whole.minimum, whole.maximum))
    for fraction in [0.01, 0.5, 0.99] { #expect(part.quantile(fraction) == whole.quantile(fraction)) }
    #expect(part.distribution.map(\.count) == whole.distribution.map(\.count))
  }

  @Test func `where all values of a bucket are the same, a quantile is exact`() {
    var histogram = Histogram()
    for _ in 0..<99 { histogram.record(4_000) }
    histogram.record(15_058_000)
    #expect(histogram.quantile(0.5) == 4_000 && histogram.quantile(0.99) == 4_000)
    let copy = histogram.copy()
    #expect(copy.quantile(0.5) == 4_000 && copy.quantile(1) == 15_058_000)
  }

  @Test func `every value lies in its bucket, and buckets touch`() {
    for exponent in 0..<64 {
      for value in [1 << exponent, 1 << exponent | 1, (1 << exponent) &- 1] as [UInt64] {
        let bucket = Histogram.bucket(of: value)
        #expect(Histogram.upperEnd(of: bucket) >= value)
        #expect(bucket == 0 || Histogram.upperEnd(of: bucket - 1) < value)
      }
    }
    #expect(Histogram.bucket(of: .max) < Histogram().buckets.count)
  }
}
