/// What one side does to guest memory.
public enum MemoryEvent: Sendable, Hashable {
  /// About to read: what an observer changes now is what the reader gets.
  case read(address: UInt64, byteCount: Int)
  /// Has written.
  case write(address: UInt64, byteCount: Int)
  /// Has ordered what came before against what comes after.
  case fence(Barrier)
}

/// Whom a memory barrier has to convince.
public enum Barrier: Sendable, Hashable {
  /// Other processors: enough where the device is software on this machine.
  case processors
  /// Devices on the platform's bus: what VIRTIO_F_ORDER_PLATFORM asks for.
  case platform
}

/// Sees each access of one side as it happens: a tracer, a trap, or a hostile peer that changes memory between reads.
public protocol MemoryObserver: AnyObject {
  func observe(_ event: MemoryEvent)
}
