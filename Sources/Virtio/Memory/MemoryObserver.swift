/// Sees each access of one side as it happens: a tracer, a trap, or a hostile peer that changes memory between reads.
///
/// It is called in the midst of an access: it may change memory, but must not call the side that it observes.
public protocol MemoryObserver: AnyObject {
  func observe(_ event: MemoryEvent)
}
