import Synchronization
import Wire

/// A security association for packets to be sent: prepared once, then used by any number of threads.
///
/// Keys, cipher contexts and header template are made by `init`; encapsulation allocates nothing.
public final class OutboundAssociation: Sendable {
  public let parameters: Parameters
  let framing: Framing
  let outer: OuterHeader?
  let transform: any Transform
  /// Written into every packet instead of a derived IV: published vectors need it.
  let fixedIV: [UInt8]?
  private let progress: Mutex<Progress>

  private struct Progress {
    var counter: SequenceCounter
    var usage: Usage
    var statistics: Statistics
  }

  /// - Parameters:
  ///   - state: where an earlier association with these parameters left off.
  ///   - lanes: how many threads can encrypt at once; each costs one cipher context, about 1 KiB.
  /// - Throws: `ParameterError` naming the parameter at fault.
  public convenience init(
    _ parameters: Parameters, state: AssociationState = AssociationState(), lanes: Int = 1
  ) throws(ParameterError) {
    try self.init(parameters, state: state, lanes: lanes, fixedIV: nil)
  }

  init(_ parameters: Parameters, state: AssociationState, lanes: Int, fixedIV: [UInt8]?) throws(ParameterError) {
    try parameters.validate()
    let counter = SequenceCounter(last: state.sequence, extended: parameters.extendedSequence)
    guard counter.last == state.sequence else { throw .state("sequence \(state.sequence) does not fit 32 bits") }
    self.parameters = parameters
    self.framing = Framing(parameters)
    self.transform = try parameters.makeTransform(sealing: true, lanes: lanes)
    self.fixedIV = fixedIV
    self.outer =
      if case .tunnel(let source, let destination) = parameters.mode {
        OuterHeader(
          source: source, destination: destination, hopLimit: parameters.hopLimit,
          next: parameters.udpEncapsulation == nil ? parameters.protocol.number : IPProtocol.udp)
      } else {
        nil
      }
    self.progress = Mutex(Progress(counter: counter, usage: state.usage, statistics: state.statistics))
  }

  /// Bytes that must be free in front of a packet (at most, over both IP versions).
  public var headRoom: Int { (outer?.length ?? 0) + framing.frontLength(outer?.version ?? .v6) }

  /// Bytes that must be free behind a packet of at least `parameters.tfcLength` bytes.
  public var tailRoom: Int { framing.protocol == .ah ? 0 : framing.alignment + 1 + framing.icvLength }

  public var statistics: Statistics { progress.withLock { $0.statistics } }

  /// Everything needed to continue elsewhere. The association must not be used any more: its sequence numbers would be used twice.
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
      progress.counter = SequenceCounter(last: sequence, extended: parameters.extendedSequence)
    }
  }

  /// Takes a sequence number for a packet of `count` bytes and accounts for it.
  @inline(__always)
  func reserve(_ count: Int) throws(Refusal) -> (sequence: UInt64, events: Events) {
    try progress.withLock { progress throws(Refusal) in
      if progress.usage.isExpired(parameters.lifetime) { throw .hardLifetime }
      let sequence = try progress.counter.next()
      var events: Events = []
      if progress.usage.add(bytes: count, parameters.lifetime) { events.insert(.softLifetime) }
      if progress.counter.remaining == parameters.overflowNotice { events.insert(.sequenceOverflowNear) }
      if parameters.sequenceInterval > 0, sequence % parameters.sequenceInterval == 0 { events.insert(.sequencePeriodic) }
      progress.statistics.packets &+= 1
      progress.statistics.bytes &+= UInt64(count)
      return (sequence, events)
    }
  }

  func count(_ refusal: Refusal) {
    progress.withLock { $0.statistics.count(refusal) }
  }
}
