/// Sees each access of one side as it happens: a tracer, a trap, or a hostile peer that changes memory between reads.
public protocol MemoryObserver: AnyObject {
  func observe(_ event: MemoryEvent)
}
