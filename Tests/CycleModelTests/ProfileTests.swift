import Clockwork
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

  @Test func `a cache that is no multiple of its ways is refused`() {
    var profile = Profile()
    profile.cacheEntries = 1_023
    #expect(throws: ProfileError.ways(entries: 1_023, ways: 4)) { try profile.validate() }
    #expect("\(ProfileError.ways(entries: 1_023, ways: 4))" == "cache.entries: 1023 is not a multiple of cache.ways, 4")
  }
}
