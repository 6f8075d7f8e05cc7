import Testing

@testable import Clockwork

@Suite struct ClockDomainTests {
  static let frequencies: [UInt64] = [
    1, 7, 32_768, 133_333_333, 250_000_000, 1_000_000_000, 3_000_000_000, 999_999_999_989,
  ]

  @Test(arguments: frequencies)
  func `edge k is k periods after the start, rounded down once`(frequency: UInt64) {
    let clock = ClockDomain(frequency: frequency)
    for cycle in [0, 1, 2, 3, 1_000, 999_983, frequency, frequency * 3] as [UInt64] {
      let exact = UInt128(cycle) * 1_000_000_000_000 / UInt128(frequency)
      #expect(clock.instant(ofCycle: cycle).picoseconds == UInt64(exact))
    }
  }

  @Test(arguments: frequencies)
  func `the first edge is not before the instant, and the one before it is`(frequency: UInt64) {
    let clock = ClockDomain(frequency: frequency)
    var generator = Generator(seed: frequency)
    for _ in 0..<1_000 {
      let instant = Instant(picoseconds: generator.next() >> 4)
      let cycle = clock.firstCycle(at: instant)
      #expect(clock.instant(ofCycle: cycle) >= instant)
      #expect(cycle == 0 || clock.instant(ofCycle: cycle - 1) < instant)
    }
  }

  @Test func `a clock of 3 GHz does not drift in an hour`() {
    let clock = ClockDomain(frequency: 3_000_000_000)
    #expect(clock.instant(ofCycle: 3_000_000_000 * 3_600).picoseconds == 3_600 * 1_000_000_000_000)
  }

  @Test(arguments: [(64, 16, 1, 4), (65, 16, 1, 5), (0, 16, 1, 0), (100, 16, 3, 19), (1, 7, 2, 1)])
  func `a rate takes whole cycles`(bytes: UInt32, per: UInt32, cycles: UInt32, expected: UInt64) {
    #expect(Rate(bytes: per, cycles: cycles).cycles(for: bytes) == expected)
  }
}
