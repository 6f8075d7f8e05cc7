public import Clockwork

/// Everything that the timing of a device depends on. `ProfileKey.all` documents each value, with its unit.
public struct Profile: Hashable, Sendable {
  public var coreFrequency: UInt64 = 500_000_000
  public var busFrequency: UInt64 = 500_000_000
  public var busRate = Rate(bytes: 32)
  public var busDuplex: UInt64 = 1
  public var busOutstanding: UInt64 = 64
  public var readLatency: UInt64 = 400
  public var writeLatency: UInt64 = 100
  public var busTimeout: UInt64 = 20_000

  public var scaling: UInt64 = 1
  public var ringSize: UInt64 = 256
  public var doorbellLatency: UInt64 = 300
  public var fetchPrefetch: UInt64 = 8
  public var fetchOutstanding: UInt64 = 4
  public var headerQueue: UInt64 = 64
  public var headerOutstanding: UInt64 = 32

  public var parseQueue: UInt64 = 32
  public var parseCycles: UInt64 = 4

  public var cacheEntries: UInt64 = 1024
  public var cacheWays: UInt64 = 4
  public var cacheQueue: UInt64 = 16
  public var cacheHitCycles: UInt64 = 2
  public var cacheMissCycles: UInt64 = 8
  public var cacheOutstanding: UInt64 = 8
  public var associationBytes: UInt64 = 256

  public var inputQueue: UInt64 = 64
  public var inputOutstanding: UInt64 = 32
  public var laneQueue: UInt64 = 64
  public var lanes: UInt64 = 4
  public var outputQueue: UInt64 = 64
  public var outputOutstanding: UInt64 = 32

  public var usedBatch: UInt64 = 8
  public var usedTimeout: UInt64 = 1_000
  public var usedOutstanding: UInt64 = 8
  public var interruptBatch: UInt64 = 32
  public var interruptTimeout: UInt64 = 10_000
  public var interruptLatency: UInt64 = 500

  public var controlQueue: UInt64 = 8
  public var controlCycles: UInt64 = 200
  public var notificationQueue: UInt64 = 16
  public var notificationBytes: UInt64 = 32

  /// At each cipher's raw value.
  public var ciphers = EngineRate.ciphers
  /// At each integrity algorithm's raw value.
  public var authenticators = EngineRate.authenticators

  /// The preset "default".
  public init() {}

  /// The clock that `cycles` are counted by, but for the bus.
  public var core: ClockDomain { ClockDomain(frequency: coreFrequency) }
  public var bus: ClockDomain { ClockDomain(frequency: busFrequency) }
}
