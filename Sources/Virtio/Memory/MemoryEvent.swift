/// What one side does to guest memory.
public enum MemoryEvent: Sendable, Hashable {
  /// About to read: what an observer changes now is what the reader gets.
  case read(address: UInt64, byteCount: Int)
  /// Has written.
  case write(address: UInt64, byteCount: Int)
  /// Has ordered what came before against what comes after.
  case fence(Barrier)
}
