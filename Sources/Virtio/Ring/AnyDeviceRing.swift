/// A device's ring whose format is known at run time: one predictable branch a call.
public struct AnyDeviceRing: DeviceRing, ~Copyable {
  // One of the two is there, or none for a queue that has no ring; it is used where it stands, as the driver's is.
  private let split: UnsafeMutablePointer<SplitDeviceRing>?
  private let packed: UnsafeMutablePointer<PackedDeviceRing>?

  /// No ring, which only says so of itself.
  init() { (split, packed) = (nil, nil) }

  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    _ format: RingFormat, in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions,
    state: RingState = RingState()
  ) throws(VirtioError) {
    switch format {
    case .split:
      let ring = try SplitDeviceRing(in: memory, size: size, at: addresses, options: options, state: state)
      (split, packed) = (.allocate(capacity: 1), nil)
      split!.initialize(to: ring)
    case .packed:
      let ring = try PackedDeviceRing(in: memory, size: size, at: addresses, options: options, state: state)
      (split, packed) = (nil, .allocate(capacity: 1))
      packed!.initialize(to: ring)
    }
  }

  deinit {
    split?.deinitialize(count: 1)
    split?.deallocate()
    packed?.deinitialize(count: 1)
    packed?.deallocate()
  }

  public mutating func pop(into chain: inout Chain) throws(ChainError) -> Bool {
    if let split { try split.pointee.pop(into: &chain) } else { try packed!.pointee.pop(into: &chain) }
  }

  public mutating func complete(_ chain: borrowing Chain) {
    if let split { split.pointee.complete(chain) } else { packed!.pointee.complete(chain) }
  }

  public mutating func giveBack(_ error: ChainError) {
    if let split { split.pointee.giveBack(error) } else { packed!.pointee.giveBack(error) }
  }

  public mutating func publish() -> Bool {
    if let split { split.pointee.publish() } else { packed!.pointee.publish() }
  }

  public mutating func enableNotifications() -> Bool {
    if let split { split.pointee.enableNotifications() } else { packed!.pointee.enableNotifications() }
  }

  public mutating func disableNotifications() {
    if let split { split.pointee.disableNotifications() } else { packed!.pointee.disableNotifications() }
  }

  /// Has a packed ring take note of where the device stands; a split ring says so itself.
  mutating func keepPosition(in journal: UsedJournal?) { packed?.pointee.journal = journal }

  /// Whether a chain is available.
  var hasAvailable: Bool { split?.pointee.hasAvailable ?? packed?.pointee.hasAvailable ?? false }

  /// Nil for no ring.
  var stateIfAny: RingState? { split?.pointee.state ?? packed?.pointee.state }
  public var state: RingState { stateIfAny! }
  public var inFlight: Int { split?.pointee.inFlight ?? packed?.pointee.inFlight ?? 0 }
}
