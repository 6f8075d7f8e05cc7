import Synchronization
import Wire

/// A security association for packets to be sent: prepared once, then used by any number of threads.
///
/// Keys, cipher contexts and header template are made by `init`; encapsulation allocates nothing.
public final class OutboundAssociation: Sendable {
  public let parameters: Parameters
  let framing: Framing
  let outer: OuterHeader?
  /// From where the outer IPv4 header's identification counts, packet by packet.
  ///
  /// RFC 6864 section 4.3 wants the identification of a packet that may be fragmented unique for its source,
  /// destination and protocol while fragments can be under way (two minutes), whichever association sent it; section
  /// 4.1 lets a packet with DF set have any. Associations between the same gateways therefore count from places that
  /// their SPIs spread over all 65,536. One that sends more than 546 packets a second cannot but repeat itself: there
  /// `Parameters.dontFragment` is to be set, as RFC 6864 section 5.2 says.
  let firstIdentification: UInt16
  public let isTunnel: Bool
  /// Whether a result can be written elsewhere: `encapsulate(_:packet:into:)`. Not in transport mode, nor with AH, nor
  /// where a transform works in place or a checksum covers the ciphertext.
  public let worksApart: Bool
  let progress: Mutex<Progress>

  /// What changes, and what one thread may use at a time.
  struct Progress: ~Copyable, Sendable {
    // Reached through the lock alone, of which there is one an association: one thread at a time calls it.
    nonisolated(unsafe) let transform: any Transform
    var counter: SequenceCounter
    var usage: Usage
    var statistics: Statistics
    var softUsage: Usage?
  }

  /// - Parameters:
  ///   - state: where an earlier association with these parameters left off.
  ///   - ivs: where IVs of block chaining come from; only a simulation has another than the system's.
  /// - Throws: `ParameterError` naming the parameter at fault.
  public init(
    _ parameters: Parameters, state: AssociationState = AssociationState(), ivs: IVSource = .system
  ) throws(ParameterError) {
    try parameters.validate()
    let counter = try SequenceCounter(last: state.sequence, extended: parameters.extendedSequence)
    self.parameters = parameters
    self.framing = Framing(parameters)
    let transform = try parameters.makeTransform(ivs: ivs)
    // Fibonacci hashing: consecutive SPIs end up far apart.
    self.firstIdentification = UInt16(truncatingIfNeeded: (parameters.spi &* 0x9e37_79b1) >> 16)
    self.outer =
      if case .tunnel(let source, let destination) = parameters.mode {
        OuterHeader(
          source: source, destination: destination, hopLimit: parameters.hopLimit,
          next: parameters.udpEncapsulation == nil ? parameters.protocol.number : IPProtocol.udp)
      } else {
        nil
      }
    self.isTunnel = outer != nil
    let hasChecksum = framing.udpLength > 0 && outer?.version == .v6
    self.worksApart = transform.worksApart && outer != nil && framing.protocol != .ah && !hasChecksum
    var usage = state.usage
    if counter.remaining > parameters.overflowNotice { usage.overflowReported = false }
    self.progress = Mutex(
      Progress(transform: transform, counter: counter, usage: usage, statistics: state.statistics))
  }

  /// Bytes that must be free in front of a packet (at most, over both IP versions).
  public var headRoom: Int { (outer?.length ?? 0) + framing.frontLength(outer?.version ?? .v6) }

  /// Bytes that must be free behind a packet of at least `parameters.tfcLength` bytes.
  public var tailRoom: Int { framing.protocol == .ah ? 0 : framing.alignment + 1 + framing.icvLength }

  public var statistics: Statistics { progress.withLock { $0.statistics } }

  /// What had been used when `Events.softLifetime` was last reported; nil when it was not.
  public var softUsage: Usage? { progress.withLock { $0.softUsage } }

  /// Counts a packet that was refused before its turn came.
  func count(_ refusal: Refusal) { progress.withLock { $0.statistics.count(refusal) } }

  /// Everything needed to continue elsewhere, as it is now; reading it changes nothing. Once another association
  /// continues from it, this one must not be used any more: sequence numbers, and with them IVs, would be used twice.
  public var state: AssociationState {
    progress.withLock {
      var state = AssociationState(sequence: $0.counter.last)
      state.usage = $0.usage
      state.statistics = $0.statistics
      return state
    }
  }

  /// Continues behind `sequence`.
  ///
  /// - Throws: `ParameterError.state` when it has been passed: its successor would repeat an IV under the same key.
  public func advance(to sequence: UInt64) throws(ParameterError) {
    try progress.withLock { progress throws(ParameterError) in
      guard sequence >= progress.counter.last else {
        throw .state("sequence \(sequence) is behind \(progress.counter.last) under the same key")
      }
      progress.counter = try SequenceCounter(last: sequence, extended: parameters.extendedSequence)
    }
  }
}

extension OutboundAssociation.Progress {
  /// Takes a sequence number for a packet of `count` bytes, and the packet from the lifetime.
  @inline(__always)
  mutating func reserve(_ count: Int, _ parameters: Parameters) throws(Refusal) -> (sequence: UInt64, events: Events) {
    if usage.isExpired(parameters.lifetime) { throw .hardLifetime }
    let sequence = try counter.next()
    var events: Events = []
    if usage.add(bytes: count, parameters.lifetime) {
      softUsage = usage
      events.insert(.softLifetime)
    }
    if counter.remaining <= parameters.overflowNotice, !usage.overflowReported {
      usage.overflowReported = true
      events.insert(.sequenceOverflowNear)
    }
    if parameters.sequenceInterval > 0, sequence % parameters.sequenceInterval == 0 { events.insert(.sequencePeriodic) }
    return (sequence, events)
  }

  /// Counts a packet of `count` bytes that is sealed. One whose cryptography failed has used up a sequence number and
  /// some of the lifetime, but did not pass.
  @inline(__always)
  mutating func pass(_ count: Int) {
    statistics.packets &+= 1
    statistics.bytes &+= UInt64(count)
  }
}
