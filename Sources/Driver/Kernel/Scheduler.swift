/// Simulated time and everything that waits for its turn: work, timers, threaded interrupt handlers.
///
/// There is one thread of execution, as on one processor: what runs runs to its end, unless it waits. Whoever waits
/// lets the others run. The same inputs give the same order, always.
public final class Scheduler {
  /// Nanoseconds since boot; with a world of its own, what that says.
  public var now: UInt64 { world?.now ?? elapsed }
  @exclusivity(unchecked) private var elapsed: UInt64 = 0
  /// Where not everything is simulated; nil where waiting takes no time.
  public var world: (any World)?
  private var ready: [Work] = []
  private var timers: [Work] = []
  /// Hands pending interrupts to their handlers; whether there were any.
  var deliverInterrupts: () -> Bool = { false }
  /// The world outside goes on while the kernel waits; whether it did anything.
  public var outside: () -> Bool = { false }

  /// Time passes.
  func spend(_ nanoseconds: UInt64) { elapsed += nanoseconds }

  func enqueue(_ work: Work) { ready.append(work) }

  func enqueue(_ work: Work, at time: UInt64) {
    work.expiry = time
    let index = timers.firstIndex { $0.expiry > time } ?? timers.count
    timers.insert(work, at: index)
  }

  func remove(_ work: Work) {
    ready.removeAll { $0 === work }
    timers.removeAll { $0 === work }
  }

  /// Interrupts, then one piece of work; whether there was anything.
  private func step() -> Bool {
    if deliverInterrupts() { return true }
    while let timer = timers.first, timer.expiry <= now {
      timers.removeFirst()
      ready.append(timer)
    }
    guard !ready.isEmpty else { return false }
    let work = ready.removeFirst()
    spend(200)
    work.execute()
    return true
  }

  /// Runs until nothing is left to do now; timers that lie ahead stay.
  public func run() {
    while step() || outside() {}
  }

  /// Waits until a condition holds, at most so long; whether it does. Everything else goes on meanwhile.
  ///
  /// - Parameter timeout: in nanoseconds of simulated time.
  public func wait(upTo timeout: UInt64, until condition: () -> Bool) -> Bool {
    let deadline = now + timeout
    while !condition() {
      if step() || outside() { continue }
      let next = min(timers.first?.expiry ?? deadline, deadline)
      guard now < deadline else { return false }
      if let world { world.sleep(until: next) } else { elapsed = max(elapsed, next) }
    }
    return true
  }

  /// Lets time pass: `msleep`.
  public func sleep(_ nanoseconds: UInt64) { _ = wait(upTo: nanoseconds) { false } }

  /// What waits: work that is queued, and timers.
  public var pendingCount: Int { ready.count + timers.count }
}

/// A world that does not wait for the kernel, as it has devices in it that are not simulated.
public protocol World: AnyObject {
  /// Nanoseconds, since whenever.
  var now: UInt64 { get }
  /// Sleeps until a time, or until interrupts have come, which it raises.
  func sleep(until time: UInt64)
}

extension UInt64 {
  /// Milliseconds in nanoseconds.
  static func milliseconds(_ count: UInt64) -> UInt64 { count * 1_000_000 }
}
