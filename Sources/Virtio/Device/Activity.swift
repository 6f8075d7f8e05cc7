/// Whether a device runs: kept by the device, shared with its queues, which ask for every chain.
///
/// A class of its own, because whoever asked the device itself would count references to it.
final class Activity {
  // No access overlaps another: each is a load or a store of one byte.
  /// The device may consume buffers.
  @exclusivity(unchecked) var isRunning = false
  /// The device is about to stand still: it may end what is in progress.
  @exclusivity(unchecked) var isSuspending = false
}
