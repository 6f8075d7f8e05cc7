/// Something that goes wrong in a run on purpose: what, when, and for how long.
public struct Fault: Hashable, Sendable {
  /// What goes wrong. `Trigger.chance` counts the opportunities that each case names.
  public enum Kind: UInt8, CaseIterable, Sendable {
    /// A transfer's answer comes later by `duration`; one later than the profile's `bus.timeout` never comes.
    /// Opportunity: a transfer on a bus.
    case delayedDMA
    /// A transfer's answer never comes; after the profile's `bus.timeout` the device gives it up. What belongs to one
    /// request fails that request; what belongs to a ring or to the SA cache is asked for again.
    /// Opportunity: a transfer on a bus.
    case droppedDMA
    /// A descriptor on the ring points outside guest memory, so that its request is given back with nothing written.
    /// Opportunity: a request put on a ring.
    case corruptedDescriptor
    /// The driver resets the device and starts it anew; what was under way is lost. Opportunity: a request put on a
    /// ring.
    case reset
    /// The driver does not look at its used rings for `duration`; 0 is for ever. Opportunity: an interrupt.
    case driverStop
    /// What does the cryptography is away for `duration`; 0 is for ever. Packets on the lanes fail, the others wait.
    /// Opportunity: a request put on a ring.
    case backendLoss
  }

  /// When it goes wrong.
  public enum Trigger: Hashable, Sendable {
    /// At this cycle of the core's clock, counted from the start of the run; with the first opportunity from there on
    /// where it needs one.
    case cycle(UInt64)
    /// At each opportunity with this chance, in millionths: seeded, and the same on every machine.
    case chance(perMillion: UInt32)
  }

  public var kind: Kind
  public var trigger: Trigger
  /// In nanoseconds; each kind says what it means.
  public var duration: UInt64

  /// - Parameter duration: in nanoseconds.
  public init(_ kind: Kind, _ trigger: Trigger, duration: UInt64 = 0) {
    self.kind = kind
    self.trigger = trigger
    self.duration = duration
  }
}

extension Fault.Kind: CustomStringConvertible {
  /// Name in scenarios, tables and traces.
  public var description: String {
    switch self {
    case .delayedDMA: "delayed-dma"
    case .droppedDMA: "dropped-dma"
    case .corruptedDescriptor: "corrupted-descriptor"
    case .reset: "reset"
    case .driverStop: "driver-stop"
    case .backendLoss: "backend-loss"
    }
  }
}
