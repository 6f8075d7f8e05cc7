import CGAPI
import CSystem
import Driver
import Glibc

/// All that there is behind the C functions: one lock, what it guards, and the thread that callbacks run on.
///
/// Sendable: whatever changes is read and written with the lock held, which `call` and the worker take.
final class Library: @unchecked Sendable {
  static let shared = Library()

  private let monitor = Monitor()
  /// Nil until the first call that needs accelerators.
  private(set) var host: Host?
  var applications = HandleTable<Application>(kind: 1)
  var groups = HandleTable<GroupEntry>(kind: 2)
  var associations = HandleTable<SAEntry>(kind: 3)
  /// Calls with packets that nobody makes.
  var idleCalls: [PacketCall] = []
  /// Those that somebody waited for, of which there are few at a time: the next has room for as many packets again.
  var idleWaits: [PacketCall] = []

  /// Asynchronous control calls.
  private var jobs = Backlog<Job>()
  private var callbacks = Backlog<Callback>()
  /// There are packets that nobody waits for.
  private var hasPackets = false
  private var worker: Worker?
  /// The callback that runs at this time.
  private var running: Callback?

  /// What an application has asked for, and has not waited for.
  struct Job {
    let application: Application
    let body: () -> Void
  }

  /// A call of a function of the application's.
  struct Callback {
    let application: Application
    let kind: Kind
    let body: Body

    enum Kind { case answer, event, broken }

    enum Body {
      case function(() -> Void)
      /// Packets have come back.
      case packets(g_ipsec_la_resp_args, g_ipsec_la_packet_outargs)

      func call() {
        switch self {
        case .function(let function): function()
        case .packets(let resp, var outargs): resp.cb_fn?(resp.cb_arg, resp.cb_arg_len, &outargs)
        }
      }
    }

    init(application: Application, kind: Kind, body: Body) {
      (self.application, self.kind, self.body) = (application, kind, body)
    }

    init(application: Application, kind: Kind, body: @escaping () -> Void) {
      self.init(application: application, kind: kind, body: .function(body))
    }
  }

  private init() {}

  // MARK: Calls

  /// Runs a function's body with the lock held; its error becomes a negative number.
  ///
  /// A child of fork has neither the library's threads nor, for certain, the lock; and were it to go on where its
  /// parent was, it would use the same sequence numbers, and the rings of a served device.
  ///
  /// Until that is known, nothing may need a lock of Swift's runtime, as the metadata of a generic type does for the
  /// first time: a thread of the parent's may have held it.
  static func call(_ function: StaticString = #function, _ body: (Library) throws(DriverError) -> Void) -> Int32 {
    guard system_enter() == 0 else { return -Errno.ENODEV.rawValue }
    let library = shared
    return library.monitor.hold {
      do throws(DriverError) {
        try body(library)
        return 0
      } catch { return error.errno.result(of: function) }
    }
  }

  /// The host, which is built now if there is none: as the environment says, or else with two simulated cards.
  func platform() throws(DriverError) -> Host {
    while let host {
      if host.isReady { return host }
      monitor.wait()
    }
    return try start { (places) throws(DriverError) in
      guard let places else { return try Host([.simulated, .simulated], cpuCount: 1) }
      return try Host(places, cpuCount: Self.processorCount)
    }
  }

  private static var processorCount: Int { min(max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))), 64) }

  /// - Parameter build: is given the places that the environment names, if it does.
  /// - Throws: `DriverError`: EBUSY where there is a host, EINVAL where the environment says what it may not, ENOMEM.
  @discardableResult
  func start(_ build: ([DevicePlace]?) throws(DriverError) -> Host) throws(DriverError) -> Host {
    guard host == nil else { throw DriverError(.EBUSY, "g-api", "there is a platform already") }
    do throws(DriverError) {
      let host = try build(DevicePlace.environment())
      self.host = host
      // One after the other, so that their names are in the order of their places.
      for slot in host.initialSlots {
        try slot.plug()
        settle(slot)
      }
      host.isReady = true
      monitor.wakeAll()
      return host
    } catch {
      host = nil
      monitor.wakeAll()
      guard error.errno == .EINVAL else { throw DriverError(.ENOMEM, "g-api", "no platform: \(error)") }
      Self.tell("\(error.place): \(error.problem)")
      throw error
    }
  }

  /// Tells whoever runs the program what the environment has wrong, of which a call can say only that it is.
  static func tell(_ line: String) {
    let bytes = Array("g_ipsec_la: \(line)\n".utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
  }

  /// Waits until what was plugged in has come, or cannot for now.
  func settle(_ slot: any Slot) { while !slot.isSettled { monitor.wait() } }

  /// Has a served device go on.
  func turn(of number: Int, _ attempt: consuming Attempt) -> ServedSlot.Rest {
    monitor.lock()
    defer { monitor.unlock() }
    guard let slot = host?.slots[number] as? ServedSlot else {
      return ServedSlot.Rest(descriptors: [], milliseconds: -1, path: nil)
    }
    let rest = slot.turn(attempt)
    run()
    return rest
  }

  /// Lets everything go on that can, and tells those who wait.
  func run() {
    host?.lookAside.run()
    monitor.wakeAll()
  }

  /// Waits until a condition holds, at most so long; whether it does. Others call meanwhile.
  func wait(seconds: Int, until condition: () -> Bool) -> Bool {
    // Also where it holds already: of what was polled for, no interrupt tells, but of events that came with it.
    run()
    guard !condition() else { return true }
    let deadline = Monitor.Deadline(seconds: seconds)
    while !condition() {
      guard monitor.wait(until: deadline) else { return condition() }
    }
    return true
  }

  // MARK: The worker

  /// Queues a control call.
  func enqueue(_ job: Job) throws(DriverError) {
    try startWorker()
    jobs.append(job)
    monitor.wakeAll()
  }

  /// Does what an application asked for earlier, so that its calls take effect in their order.
  ///
  /// - Throws: `DriverError`, ETIMEDOUT; they are done later then.
  func catchUp(_ application: Application) throws(DriverError) {
    guard jobs.count > 0 else { return }
    try awaitDevice(of: application)
    for job in jobs.extract(where: { $0.application === application }) { job.body() }
    monitor.wakeAll()
  }

  /// Waits while an accelerator is being reset, or has lost its back end.
  ///
  /// - Throws: `DriverError`, ETIMEDOUT.
  func awaitDevice(of application: Application) throws(DriverError) {
    guard !application.isReady, !wait(seconds: Self.timeout, until: { application.isReady }) else { return }
    throw DriverError(.ETIMEDOUT, "g-api", "the accelerator is being reset")
  }

  /// Seconds that a call waits.
  static let timeout = 2

  /// Queues a callback.
  func enqueue(_ callback: Callback) {
    callbacks.append(callback)
    monitor.wakeAll()
  }

  /// Queues the last callback of all: what was asked for before is answered first.
  func enqueue(last callback: Callback) {
    guard jobs.count > 0 else { return enqueue(callback) }
    jobs.append(
      Job(application: callback.application) { [self] in
        if !callback.application.isClosed { enqueue(callback) }
      })
  }

  /// There are packets to go on with.
  func noteWork() throws(DriverError) {
    try startWorker()
    hasPackets = true
    monitor.wakeAll()
  }

  func startWorker() throws(DriverError) {
    guard worker == nil else { return }
    guard let worker = Worker("", work) else { throw DriverError(.EAGAIN, "g-api", "no thread") }
    self.worker = worker
  }

  /// Works off what was queued, for as long as the process lives.
  private func work() {
    monitor.lock()
    while true {
      if let job = jobs.first, job.application.isReady {
        _ = jobs.popFirst()
        job.body()
        monitor.wakeAll()
      } else if hasPackets {
        hasPackets = false
        run()
      } else if let callback = callbacks.popFirst() {
        perform(callback)
      } else {
        monitor.wait()
      }
    }
  }

  /// Calls the application, without the lock.
  private func perform(_ callback: Callback) {
    if callback.kind == .answer { callback.application.pending -= 1 }
    running = callback
    monitor.unlock()
    callback.body.call()
    monitor.lock()
    running = nil
    monitor.wakeAll()
  }

  /// No callback of an application runs from now on but the one that this is called from.
  func silence(_ application: Application) {
    let isCallback = worker?.isCurrent ?? false
    while !isCallback, running?.application === application || application.pending > 0 { monitor.wait() }
    callbacks.removeAll { $0.application === application }
    application.isClosed = true
  }

  /// No event is told to an application from now on but the one that this is called from.
  func silenceEvents(of application: Application) {
    callbacks.removeAll { $0.application === application && $0.kind == .event }
    guard !(worker?.isCurrent ?? false) else { return }
    while let running, running.application === application, running.kind == .event { monitor.wait() }
  }
}
