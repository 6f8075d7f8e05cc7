/// How long a queue may be served at a stretch: a driver that refills it as fast as it is served, or whose chains have
/// no end, must not keep the device.
struct ServiceTurn {
  /// Descriptors of a chain that cost nothing apart from the chain itself.
  static let descriptorsPerChain = 16

  /// Chains that may still be taken, a long one standing for several; nil between turns, when there is no limit.
  private var budget: Int?
  /// The driver notified the queue, and it was not served since.
  private var isNotified = false
  /// The last turn ended before the queue was empty, or may have.
  private(set) var isWaiting = false

  /// The driver notified the queue; whether a turn begins: in the midst of one, the queue is served again after it.
  mutating func begin(budget: Int) -> Bool {
    (isNotified, isWaiting) = (true, false)
    guard self.budget == nil else { return false }
    self.budget = budget
    return true
  }

  /// Whether the queue is to be served now.
  mutating func goesOn() -> Bool {
    guard isNotified, hasBudget() else { return false }
    isNotified = false
    return true
  }

  mutating func end() { budget = nil }

  /// There may be something in the queue of which nobody will be notified again.
  mutating func wait() { isWaiting = true }

  /// Whether a chain may be taken; if not, the queue waits for its next turn.
  mutating func hasBudget() -> Bool {
    if budget == 0 { isWaiting = true }
    return budget != 0
  }

  /// Takes a chain, if it may.
  mutating func spend() -> Bool {
    guard hasBudget() else { return false }
    spend(1)
    return true
  }

  /// The chain turned out to have so many descriptors.
  mutating func spend(descriptors: Int) { spend(descriptors / Self.descriptorsPerChain) }

  private mutating func spend(_ chains: Int) {
    if let budget { self.budget = max(budget - chains, 0) }
  }

  /// The queue is gone, and what it waited for.
  mutating func forget() { (isNotified, isWaiting) = (false, false) }
}
