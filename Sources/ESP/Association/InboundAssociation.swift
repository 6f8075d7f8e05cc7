import Synchronization
import Wire

/// A security association for packets received: prepared once, then used by any number of threads.
public final class InboundAssociation: Sendable {
  public let parameters: Parameters
  let framing: Framing
  let progress: Mutex<Progress>

  /// What changes, and what one thread may use at a time.
  struct Progress: ~Copyable, Sendable {
    // Reached through the lock alone, of which there is one an association: one thread at a time calls it.
    nonisolated(unsafe) let transform: any Transform
    var window: ReplayWindow
    var usage: Usage
    var statistics: Statistics
    var softUsage: Usage?
  }

  /// - Parameter state: where an earlier association with these parameters left off.
  /// - Throws: `ParameterError` naming the parameter at fault.
  public init(_ parameters: Parameters, state: AssociationState = AssociationState()) throws(ParameterError) {
    try parameters.validate()
    _ = try SequenceCounter(last: state.sequence, extended: parameters.extendedSequence)
    self.parameters = parameters
    self.framing = Framing(parameters)
    let transform = try parameters.makeTransform(ivs: nil)
    let size = parameters.authenticates ? parameters.replayWindow : 0
    let window: ReplayWindow
    if let words = state.window {
      guard let restored = ReplayWindow(size: size, top: state.sequence, words: words) else {
        throw .state("the replay window has \(words.count) words, which \(size) packets do not need")
      }
      window = restored
    } else {
      window = ReplayWindow(size: size, top: state.sequence)
    }
    self.progress = Mutex(
      Progress(transform: transform, window: window, usage: state.usage, statistics: state.statistics))
  }

  public var statistics: Statistics { progress.withLock { $0.statistics } }

  /// What had been used when `Events.softLifetime` was last reported; nil when it was not.
  public var softUsage: Usage? { progress.withLock { $0.softUsage } }

  /// Counts a packet that was refused before its turn came.
  func count(_ refusal: Refusal) { progress.withLock { $0.statistics.count(refusal) } }

  /// Everything needed to continue elsewhere.
  public var state: AssociationState {
    progress.withLock {
      var state = AssociationState(sequence: $0.window.top)
      state.window = Array($0.window.words[...])
      state.usage = $0.usage
      state.statistics = $0.statistics
      return state
    }
  }
}

extension InboundAssociation.Progress {
  /// The full sequence number of a packet, if it may be processed: the check before the ICV's.
  @inline(__always)
  func admit(low: UInt32, _ parameters: Parameters) throws(Refusal) -> UInt64 {
    if usage.isExpired(parameters.lifetime) { throw .hardLifetime }
    let sequence = window.infer(low: low, extended: parameters.extendedSequence)
    try window.check(sequence)
    return sequence
  }

  /// Marks a packet with a good ICV as received: the checks after the ICV's, because the same packet may stand in a
  /// burst twice, and others of the burst may have used up the lifetime.
  @inline(__always)
  mutating func accept(_ sequence: UInt64, _ parameters: Parameters) throws(Refusal) -> Events {
    if usage.isExpired(parameters.lifetime) { throw .hardLifetime }
    try window.check(sequence)
    let top = window.top
    window.update(sequence)
    let interval = parameters.sequenceInterval
    return interval > 0 && top / interval != window.top / interval ? .sequencePeriodic : []
  }

  /// Accounts for a packet of `count` bytes that is handed out.
  @inline(__always)
  mutating func deliver(_ count: Int, _ parameters: Parameters) -> Events {
    statistics.packets &+= 1
    statistics.bytes &+= UInt64(count)
    guard usage.add(bytes: count, parameters.lifetime) else { return [] }
    softUsage = usage
    return .softLifetime
  }
}
