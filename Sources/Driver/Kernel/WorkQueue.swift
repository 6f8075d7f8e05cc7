/// Something to be done later, once however often it is asked for (`struct work_struct`).
public final class Work {
  public let name: String
  private let body: () -> Void
  fileprivate(set) var isPending = false
  private(set) var isRunning = false
  /// When a delayed one is due.
  var expiry: UInt64 = 0

  init(_ name: String, _ body: @escaping () -> Void) {
    self.name = name
    self.body = body
  }

  func execute() {
    isPending = false
    isRunning = true
    body()
    isRunning = false
  }
}

/// A queue of work (`struct workqueue_struct`); all of them share the one thread of the scheduler, in order.
public final class WorkQueue {
  public let name: String
  private unowned let kernel: Kernel
  private var pending: [Work] = []

  public init(_ name: String, _ kernel: Kernel) {
    self.name = name
    self.kernel = kernel
  }

  /// Makes a piece of work for this queue.
  public func makeWork(_ name: String, _ body: @escaping () -> Void) -> Work { Work(name, body) }

  private func note(_ work: Work) {
    work.isPending = true
    pending.removeAll { !$0.isPending }
    pending.append(work)
  }

  /// Queues work; false if it is queued already (`queue_work`).
  @discardableResult
  public func queue(_ work: Work) -> Bool {
    guard !work.isPending else { return false }
    note(work)
    kernel.trace(.work, name, "queue_work \(work.name)")
    kernel.scheduler.enqueue(work)
    return true
  }

  /// Queues work for later (`queue_delayed_work`).
  ///
  /// - Parameter delay: in nanoseconds.
  @discardableResult
  public func queue(_ work: Work, after delay: UInt64) -> Bool {
    guard !work.isPending else { return false }
    note(work)
    kernel.scheduler.enqueue(work, at: kernel.scheduler.now + delay)
    return true
  }

  /// Takes work off the queue; whether it was on it (`cancel_work_sync`).
  @discardableResult
  public func cancel(_ work: Work) -> Bool {
    guard work.isPending else { return false }
    work.isPending = false
    kernel.scheduler.remove(work)
    return true
  }

  /// Runs everything queued (`flush_workqueue`).
  public func flush() {
    _ = kernel.scheduler.wait(upTo: .milliseconds(1000)) { [unowned self] in !pending.contains { $0.isPending } }
  }

  /// Cancels everything (`destroy_workqueue` after its owner has stopped queueing).
  public func destroy() {
    for work in pending { cancel(work) }
    pending = []
  }
}
