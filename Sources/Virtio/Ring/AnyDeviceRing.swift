/// A device's ring whose format is known at run time: one predictable branch a call.
public struct AnyDeviceRing: DeviceRing, ~Copyable {
  // One of the two is there, or none for a queue that has no ring. Not an enumeration: its payload can only be changed
  // by moving it out and back.
  private var split: SplitDeviceRing?
  private var packed: PackedDeviceRing?

  /// No ring, which only says so of itself.
  init() {
    split = nil
    packed = nil
  }

  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    _ format: RingFormat, in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions,
    state: RingState = RingState()
  ) throws(VirtioError) {
    switch format {
    case .split:
      split = try SplitDeviceRing(in: memory, size: size, at: addresses, options: options, state: state)
      packed = nil
    case .packed:
      split = nil
      packed = try PackedDeviceRing(in: memory, size: size, at: addresses, options: options, state: state)
    }
  }

  public mutating func pop(into chain: inout Chain) throws(ChainError) -> Bool {
    if split != nil { try split!.pop(into: &chain) } else { try packed!.pop(into: &chain) }
  }

  public mutating func complete(_ chain: borrowing Chain) {
    if split != nil { split!.complete(chain) } else { packed!.complete(chain) }
  }

  public mutating func giveBack(_ error: ChainError) {
    if split != nil { split!.giveBack(error) } else { packed!.giveBack(error) }
  }

  public mutating func publish() -> Bool {
    if split != nil { split!.publish() } else { packed!.publish() }
  }

  public mutating func enableNotifications() -> Bool {
    if split != nil { split!.enableNotifications() } else { packed!.enableNotifications() }
  }

  public mutating func disableNotifications() {
    if split != nil { split!.disableNotifications() } else { packed!.disableNotifications() }
  }

  /// Has a packed ring take note of where the device stands; a split ring says so itself.
  mutating func keepPosition(in journal: UsedJournal?) {
    if packed != nil { packed!.journal = journal }
  }

  /// Whether a chain is available.
  var hasAvailable: Bool { split.borrow { $0.hasAvailable } ?? packed.borrow { $0.hasAvailable } ?? false }

  /// Nil for no ring.
  var stateIfAny: RingState? { split.borrow { $0.state } ?? packed.borrow { $0.state } }
  public var state: RingState { stateIfAny! }
  public var inFlight: Int { split.borrow { $0.inFlight } ?? packed.borrow { $0.inFlight } ?? 0 }
}
