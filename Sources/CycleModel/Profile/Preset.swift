import Clockwork

/// A profile with a name, for the command line to list.
public struct Preset: Sendable {
  public let name: String
  /// What it stands for, and where its numbers are from.
  public let summary: String
  public let profile: Profile

  public static let all = [
    Preset(
      name: "default", summary: "Four lanes at 500 MHz behind 16 GB/s each way; illustrative.", profile: Profile()),
    Preset(
      name: "small",
      summary: "One lane at 200 MHz behind 1.6 GB/s both ways together, a cache of 64 SAs; illustrative.",
      profile: small),
    Preset(
      name: "large",
      summary: "Sixteen lanes at 1 GHz behind 64 GB/s each way, a cache of 16,384 SAs; illustrative.",
      profile: large),
  ]

  private static var small: Profile {
    var profile = Profile()
    (profile.coreFrequency, profile.busFrequency) = (200_000_000, 200_000_000)
    (profile.busRate, profile.busDuplex, profile.busOutstanding) = (Rate(bytes: 8), 0, 8)
    (profile.readLatency, profile.writeLatency) = (160, 40)
    (profile.cacheEntries, profile.lanes) = (64, 1)
    return profile
  }

  private static var large: Profile {
    var profile = Profile()
    (profile.coreFrequency, profile.busFrequency) = (1_000_000_000, 1_000_000_000)
    (profile.busRate, profile.busOutstanding) = (Rate(bytes: 64), 256)
    (profile.readLatency, profile.writeLatency) = (800, 200)
    (profile.cacheEntries, profile.lanes) = (16_384, 16)
    (profile.fetchPrefetch, profile.fetchOutstanding, profile.ringSize) = (16, 8, 1_024)
    (profile.headerOutstanding, profile.inputOutstanding, profile.outputOutstanding) = (64, 64, 64)
    (profile.headerQueue, profile.inputQueue, profile.laneQueue, profile.outputQueue) = (128, 128, 128, 128)
    return profile
  }
}
