import Testing

@testable import Clockwork

@Suite struct GeneratorTests {
  /// The state {1, 2, 3, 4}, of which the first numbers stand in rand_xoshiro's tests, made with the authors' C code.
  @Test func `xoshiro256** gives the published numbers`() {
    var generator = Generator(state: (1, 2, 3, 4))
    let numbers: [UInt64] = [
      11_520, 0, 1_509_978_240, 1_215_971_899_390_074_240, 1_216_172_134_540_287_360, 607_988_272_756_665_600,
      16_172_922_978_634_559_625, 8_476_171_486_693_032_832, 10_595_114_339_597_558_777, 2_904_607_092_377_533_576,
    ]
    #expect(numbers.map { _ in generator.next() } == numbers)
  }

  /// The first three numbers of SplitMix64 from seed 1234567, as Rosetta Code lists them.
  @Test func `SplitMix64 gives the published numbers`() {
    let seeded = Generator(seed: 1_234_567)
    #expect(seeded.state.0 == 6_457_827_717_110_365_317)
    #expect(seeded.state.1 == 3_203_168_211_198_807_973)
    #expect(seeded.state.2 == 9_817_491_932_198_370_423)
  }

  @Test func `bounded numbers are uniform`() {
    var generator = Generator(seed: 3)
    var counts = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 { counts[Int(generator.next(below: 7))] += 1 }
    let chiSquare = counts.map { Double(($0 - 10_000) * ($0 - 10_000)) / 10_000 }.reduce(0, +)
    #expect(chiSquare < 22.46, "6 degrees of freedom, one in a thousand")
  }

  @Test func `exponential times have the mean, the variance and the tail of their distribution`() {
    var generator = Generator(seed: 4)
    let mean = 1_000_000.0
    let times = (0..<200_000).map { _ in Double(generator.exponential(mean: 1_000_000)) }
    let average = times.reduce(0, +) / Double(times.count)
    let variance = times.map { ($0 - average) * ($0 - average) }.reduce(0, +) / Double(times.count)
    #expect(abs(average / mean - 1) < 0.01)
    #expect(abs(variance / (mean * mean) - 1) < 0.02)
    for (multiple, share) in [(1.0, 0.367_879), (2.0, 0.135_335), (3.0, 0.049_787)] {
      let beyond = Double(times.count { $0 > multiple * mean }) / Double(times.count)
      #expect(abs(beyond / share - 1) < 0.03)
    }
  }
}
