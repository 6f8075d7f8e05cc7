public import CycleModel
import Spec
public import Virtio
public import Wire

/// What is to be simulated: a device, what its driver sends, what goes wrong, and what is to come of it.
public struct Scenario: Sendable {
  /// How much of the device runs. The workload is the same, and so is the way it takes.
  public enum Mode: String, Sendable, CaseIterable {
    /// Packets and no time.
    case functional
    /// Packets through the pipeline.
    case timed
    /// Sizes through the pipeline; nothing is encrypted.
    case timingOnly = "timing-only"
  }

  public var name: String
  /// One sentence.
  public var summary = ""
  public var version: SpecVersion = .v2_0
  public var mode = Mode.timed
  public var seed: UInt64 = 1
  public var ring = RingFormat.split
  /// Whether the driver accepts IN_ORDER, so that one used element can stand for several requests.
  public var isInOrder = false
  /// Pairs of encap and decap queues.
  public var pairs = 1
  /// Features that the driver does not know.
  public var without: FeatureSet = []
  /// What the profile is called.
  public var profileName = "default"
  public var profile = Profile()
  public var associations: [ScenarioAssociation] = []
  public var flows: [Flow] = []
  public var churns: [Churn] = []
  public var faults: [Fault] = []
  public var expectations: [Expectation] = []

  public init(name: String) { self.name = name }

  /// A day, in picoseconds: nothing is planned for later, and no run goes on for twice as long.
  public static let longest: UInt64 = 86_400_000_000_000_000

  /// Packets that the driver sends when nothing goes wrong.
  public var packetCount: UInt64 { flows.map(\.count).reduce(0, +) }
}
