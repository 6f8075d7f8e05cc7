public import Clockwork
import Device

/// A stream of packets from the driver.
public struct Flow: Sendable, Hashable {
  /// When packets come.
  public enum Arrivals: Sendable, Hashable {
    /// As fast as the ring takes them.
    case saturating
    /// Evenly: a burst of so many packets every so many picoseconds.
    case bursts(of: UInt64, every: Picoseconds)
    /// At random, as a Poisson process does, with this mean time between two.
    case poisson(mean: Picoseconds)
  }

  /// What packets there are.
  public enum Content: Sendable, Hashable {
    /// Made up, of these sizes.
    case sizes(PacketSizes)
    /// These, over and over: IP packets.
    case packets([[UInt8]])
  }

  /// Place of its SAs in the scenario: the first copy's SA.
  public var association: Int
  /// The queue pair.
  public var pair = 0
  public var content: Content
  public var arrivals = Arrivals.saturating
  /// Packets to send.
  public var count: UInt64
  /// Buffers that a packet comes in, and as many for what becomes of it.
  public var segments = 1
  /// Whether a result goes to the memory in which its packet stands.
  public var isInPlace = false
  /// Packets of one SA that go in one chain, which comes with the last of them; the last chain may have fewer.
  public var packetsPerChain = 1
  /// When the first may come.
  public var start: Picoseconds = 0
  /// Share of the packets that an attacker sends once more; of inbound flows only.
  public var replayed = 0.0
  /// Share of the packets of which a byte is changed on the way; of inbound flows only.
  public var corrupted = 0.0

  public init(association: Int, content: Content, count: UInt64) {
    self.association = association
    self.content = content
    self.count = count
  }

  /// Most segments: the shortest packet has more bytes, so that none is empty.
  public static let segmentLimit = 16

  /// Most packets in a chain, as the device's capabilities say.
  public static let chainLimit = Limits().packets

  /// Whether its last packet would come later than any scenario goes on; at random, than it is likely to.
  public var isTooLong: Bool {
    let gap: Double =
      switch arrivals {
      case .saturating: 0
      case .bursts(let size, let interval): Double(interval) / Double(size)
      case .poisson(let mean): Double(mean)
      }
    return Double(start) + Double(count) * gap > Double(Scenario.longest)
  }
}

/// SAs that come and go: a control command every so often deletes the oldest SA that was added, or adds one.
public struct Churn: Sendable, Hashable {
  /// The SA to add copies of.
  public var association: Int
  /// Time between two commands.
  public var interval: Picoseconds
  /// Commands to send.
  public var count: UInt64
  /// SAs that stay: as many are added before the first is deleted.
  public var alive: Int

  public init(association: Int, interval: Picoseconds, count: UInt64, alive: Int) {
    self.association = association
    self.interval = interval
    self.count = count
    self.alive = alive
  }
}
