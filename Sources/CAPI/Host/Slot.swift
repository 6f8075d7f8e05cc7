import Driver
import Wire

/// Where an accelerator is plugged in.
protocol Slot: AnyObject {
  /// The version whose identity its accelerator has.
  var definition: Definition { get }
  /// Whether an accelerator is there, or is to be as soon as it can be.
  var isTaken: Bool { get }
  /// Whether what was plugged in has come, or cannot for now.
  var isSettled: Bool { get }
  func plug() throws(DriverError)
  /// Pulls it out, whatever it does.
  func unplug()
  /// Has the accelerator leave packets alone, or go on with them.
  func hold(_ isHeld: Bool)
  /// Has the accelerator ask for a reset.
  func needReset()
}
