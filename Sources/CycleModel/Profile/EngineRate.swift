public import Clockwork

/// How fast a lane's engine runs one algorithm.
public struct EngineRate: Hashable, BitwiseCopyable, Sendable {
  /// Bytes that it takes in a cycle.
  public var rate: Rate
  /// Cycles that a packet costs on top: key schedule, finalisation.
  public var setup: UInt64
  /// Cycles from the last byte in to the last byte out, in which the lane already takes the next packet.
  public var latency: UInt64

  /// - Parameters:
  ///   - setup: cycles that a packet costs on top.
  ///   - latency: cycles from the last byte in to the last byte out.
  public init(_ rate: Rate, setup: UInt64 = 0, latency: UInt64 = 0) {
    self.rate = rate
    self.setup = setup
    self.latency = latency
  }

  /// Cycles that the lane is occupied by so many packets of `count` bytes together.
  func occupancy(of count: UInt32, packets: UInt32) -> UInt64 { setup * UInt64(packets) + rate.cycles(for: count) }
}
