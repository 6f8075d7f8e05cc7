public import Spec
public import Virtio

/// A chain that a model of time takes through the device step by step: `take`, `work`, `use`.
///
/// Reused from chain to chain, so that a packet costs no allocation.
public final class Ticket {
  public let queue: DeviceQueue
  let job: DataJob
  let isCommand: Bool
  // Each access is one of its own: they do not overlap.
  /// Why the chain cannot be taken: it is given back with nothing written.
  @exclusivity(unchecked) var malformation: ChainError?
  /// The SA whose engines `needs` has.
  @exclusivity(unchecked) var known: Handle?
  @exclusivity(unchecked) var wanted = Needs()
  @exclusivity(unchecked) var done = Work()

  init(_ queue: DeviceQueue, in memory: GuestMemory, isCommand: Bool) {
    self.queue = queue
    self.isCommand = isCommand
    job = DataJob(queue, in: memory)
  }

  public var isMalformed: Bool { malformation != nil }
  // Functions for other modules, where variables would be checked at run time for overlapping accesses.
  /// What the chain needs from the device.
  public var needs: Needs { wanted }
  /// What became of the chain, once the device has worked on it.
  public var outcome: Work { done }
}

/// What a chain needs from the device, in bytes and engines; nothing of what is in it.
public struct Needs: Sendable, Hashable {
  public var isCommand = false
  /// Packets in the chain; at least 1 unless it is a command.
  public var packets = 1
  /// The SA of the first packet; 0 where there is none.
  public var sa: UInt64 = 0
  /// Bytes of headers, or of a whole command.
  public var headerByteCount = 0
  /// Bytes of packets to read.
  public var inputByteCount = 0
  /// Of the SAs that each packet goes through, in the order in which they work.
  public var algorithms = AlgorithmSequence(.noCipher, .null)
}

/// What became of a chain.
public struct Work: Sendable, Hashable {
  /// Bytes written: packets and how they ended, or an answer.
  public var outputByteCount = 0
  /// Packets that were refused.
  public var refused = 0
  /// Notifications that there are to deliver because of it.
  public var events = 0
}
