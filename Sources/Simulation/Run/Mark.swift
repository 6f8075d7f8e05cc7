public import CycleModel
import Device
import Testbench

/// A cycle of a run, and what the run has come to there: another run of the same scenario comes to the same, or is not
/// the same run.
public struct Mark: Hashable, Sendable, Codable {
  /// Of the core's clock, from the start of the run.
  public let cycle: UInt64
  public let statistics: Statistics
  /// The SHA-256 of the device's state: SAs with keys, sequence numbers, windows and lifetimes; empty without a device.
  public let device: [UInt8]

  init(_ run: Run, cycle: UInt64) {
    self.cycle = cycle
    statistics = run.statistics
    device = run.deviceState.map { Array(StateDigest.append(to: $0).suffix(StateDigest.byteCount)) } ?? []
  }
}
