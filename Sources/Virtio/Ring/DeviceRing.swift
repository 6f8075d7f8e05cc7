/// A virtqueue as the device uses it.
public protocol DeviceRing: ~Copyable {
  /// Takes the next available chain; false when there is none.
  ///
  /// A chain that breaks the rules is taken, too: give it back with `giveBack`, or ask for a reset.
  mutating func pop(into chain: inout Chain) throws(ChainError) -> Bool
  /// Uses a chain; the used length is what was written without a gap, and at most 2³² − 1, the largest that there is
  /// room for. The driver sees it after `publish` at the latest.
  ///
  /// - Precondition: the chain was taken from this ring, and not used yet.
  mutating func complete(_ chain: borrowing Chain)
  /// Uses a malformed chain, with nothing written.
  ///
  /// - Precondition: the error is of this ring, can be returned, and was not given back yet.
  mutating func giveBack(_ error: ChainError)
  /// Shows the driver what was completed; true when it wants to be notified.
  mutating func publish() -> Bool
  /// Asks the driver for notifications; true when chains are available already.
  mutating func enableNotifications() -> Bool
  /// Asks the driver for silence; it may notify all the same.
  mutating func disableNotifications()
  /// Where the device stands.
  var state: RingState { get }
  /// Chains taken and not yet completed.
  var inFlight: Int { get }
}
