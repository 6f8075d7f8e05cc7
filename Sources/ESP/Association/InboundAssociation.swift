import Synchronization
import Wire

/// A security association for packets received: prepared once, then used by any number of threads.
public final class InboundAssociation: Sendable {
  public let parameters: Parameters
  let framing: Framing
  let transform: any Transform
  private let progress: Mutex<Progress>

  private struct Progress {
    var window: ReplayWindow
    var usage: Usage
    var statistics: Statistics
  }

  /// - Parameters:
  ///   - state: where an earlier association with these parameters left off.
  ///   - lanes: how many threads can decrypt at once; each costs one cipher context, about 1 KiB.
  /// - Throws: `ParameterError` naming the parameter at fault.
  public init(
    _ parameters: Parameters, state: AssociationState = AssociationState(), lanes: Int = 1
  ) throws(ParameterError) {
    try parameters.validate()
    guard parameters.extendedSequence || state.sequence <= UInt64(UInt32.max) else {
      throw .state("sequence \(state.sequence) does not fit 32 bits")
    }
    self.parameters = parameters
    self.framing = Framing(parameters)
    self.transform = try parameters.makeTransform(sealing: false, lanes: lanes)
    let window: ReplayWindow
    if let words = state.window {
      guard let restored = ReplayWindow(size: parameters.replayWindow, top: state.sequence, words: words) else {
        throw .state("the replay window has \(words.count) words, which \(parameters.replayWindow) packets do not need")
      }
      window = restored
    } else {
      window = ReplayWindow(size: parameters.replayWindow, top: state.sequence)
    }
    self.progress = Mutex(Progress(window: window, usage: state.usage, statistics: state.statistics))
  }

  public var statistics: Statistics { progress.withLock { $0.statistics } }

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

  /// The full sequence number of a packet, if it may be processed: the check before the ICV's.
  @inline(__always)
  func admit(low: UInt32) throws(Refusal) -> UInt64 {
    try progress.withLock { progress throws(Refusal) in
      if progress.usage.isExpired(parameters.lifetime) { throw .hardLifetime }
      let sequence = progress.window.infer(low: low, extended: parameters.extendedSequence)
      try progress.window.check(sequence)
      return sequence
    }
  }

  /// Marks a packet with a good ICV as received: the check after the ICV's, because the same packet may have been under way
  /// twice.
  @inline(__always)
  func accept(_ sequence: UInt64) throws(Refusal) -> Events {
    try progress.withLock { progress throws(Refusal) in
      try progress.window.check(sequence)
      let top = progress.window.top
      progress.window.update(sequence)
      let interval = parameters.sequenceInterval
      return interval > 0 && top / interval != progress.window.top / interval ? .sequencePeriodic : []
    }
  }

  /// Accounts for a packet of `count` bytes that is handed out.
  @inline(__always)
  func deliver(_ count: Int) -> Events {
    progress.withLock { progress in
      progress.statistics.packets &+= 1
      progress.statistics.bytes &+= UInt64(count)
      return progress.usage.add(bytes: count, parameters.lifetime) ? .softLifetime : []
    }
  }

  func count(_ refusal: Refusal) {
    progress.withLock { $0.statistics.count(refusal) }
  }
}
