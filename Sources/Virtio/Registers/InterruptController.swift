/// What the device's interrupts go to.
public protocol InterruptController: AnyObject {
  /// The level of the interrupt line: INTx, or the MMIO device's own.
  func setLine(_ isAsserted: Bool)
  /// A message-signalled interrupt.
  func message(address: UInt64, data: UInt32)
}
