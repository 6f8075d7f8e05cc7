import Clockwork
import Spec
import Testing

@testable import CycleModel

@Suite struct ProfileTests {
  @Test func `every key has its own name and its own place`() {
    #expect(Set(ProfileKey.all.map(\.name)).count == ProfileKey.all.count)
    var changed: Set<Profile> = []
    for key in ProfileKey.all {
      var profile = Profile()
      switch key.place {
      case .number(let path, _): profile[keyPath: path] += 1
      case .rate(let path): profile[keyPath: path] = Rate(bytes: 7, cycles: 5)
      }
      changed.insert(profile)
      #expect(profile != Profile() && key.summary.hasSuffix("."), "\(key.name)")
    }
    #expect(changed.count == ProfileKey.all.count)
  }

  @Test(arguments: Preset.all.map(\.name))
  func `a preset is valid and says where its numbers are from`(name: String) throws {
    let preset = try #require(Preset.all.first { $0.name == name })
    try preset.profile.validate()
    #expect(preset.summary.contains("illustrative"))
  }

  @Test func `a value out of its range is refused by name`() {
    for key in ProfileKey.all {
      guard case .number(let path, let range) = key.place else { continue }
      var profile = Profile()
      profile[keyPath: path] = range.upperBound + 1
      let error = ProfileError.outOfRange(key: key.name, value: range.upperBound + 1, allowed: range)
      #expect(throws: error) { try profile.validate() }
    }
  }

  @Test func `cores need a lane each, and a place in front of it`() {
    var profile = Profile()
    (profile.scaling, profile.lanes) = (4, 3)
    #expect(throws: ProfileError.scaling(cores: 4, key: "lane.count", value: 3)) {
      try profile.validate()
    }
    (profile.lanes, profile.laneQueue) = (4, 2)
    #expect(throws: ProfileError.scaling(cores: 4, key: "lane.queue", value: 2)) {
      try profile.validate()
    }
    profile.laneQueue = 4
    #expect(throws: Never.self) { try profile.validate() }
  }

  @Test(arguments: [
    ("bus.rate", 1, 400, "1/4000000000"), ("bus.read-latency", 1, 100_000, "4096/1"),
    ("bus.rate", 1_000, 1, "1/4294967295"),
  ]) func `a step that takes longer than time can be told is refused by name`(
    key: String, frequency: UInt64, latency: UInt64, rate: String
  ) throws {
    var profile = Profile()
    let parts = rate.split(separator: "/").compactMap { UInt32($0) }
    (profile.busFrequency, profile.readLatency) = (frequency, latency)
    profile.busRate = Rate(bytes: parts[0], cycles: parts[1])
    #expect(throws: ProfileError.slow(key: key)) { try profile.validate() }
  }

  /// Cores share the lanes there are: 103 cycles of a lane for each packet, whatever the cores. With a lane for each,
  /// one is out of packets a little before the others.
  @Test(arguments: [1, 2, 4] as [UInt64]) func `cores make no lanes`(cores: UInt64) throws {
    var profile = boundless
    (profile.lanes, profile.scaling, profile.parseCycles) = (4, cores, 1)
    let measured = try throughput(
      profile, Request(bytesIn: 1_520, bytesOut: 64, cipher: .aesGCM16), queues: 8)
    #expect(abs(measured / (Double(profile.coreFrequency) * 4 / 103) - 1) < 0.02)
  }

  @Test func `a cache that is no multiple of its ways is refused`() {
    var profile = Profile()
    profile.cacheEntries = 1_023
    #expect(throws: ProfileError.ways(entries: 1_023, ways: 4)) { try profile.validate() }
    #expect("\(ProfileError.ways(entries: 1_023, ways: 4))" == "cache.entries: 1023 is not a multiple of cache.ways, 4")
  }
}
