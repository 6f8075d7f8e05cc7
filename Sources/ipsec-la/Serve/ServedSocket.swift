import Device
import Foundation
import Synchronization
import VhostUser

/// Ends all devices at once.
final class StopSignal: Sendable {
  let event: FileDescriptor

  init() throws(SystemError) { event = try .event() }
}

/// One device, in a thread of its own.
final class ServedSocket: Sendable {
  let path: String
  private let stop: StopSignal
  private let log: LogWriter
  private let ready = DispatchSemaphore(value: 0)
  private let ended = DispatchSemaphore(value: 0)
  private let failure = Mutex<String?>(nil)

  init(_ path: String, stop: StopSignal, log: LogWriter = LogWriter(STDERR_FILENO)) {
    self.path = path
    self.stop = stop
    self.log = log
  }

  /// Starts the thread; whether front ends can connect.
  func start(_ profile: AcceleratorProfile, _ mode: Server.Mode, isTraced: Bool) -> Bool {
    Thread { [self] in
      serve(profile, mode, isTraced: isTraced)
      ended.signal()
    }.start()
    ready.wait()
    return failure.withLock { $0 == nil }
  }

  /// Waits for the end of the thread: what went wrong, nil for nothing.
  func join() -> String? {
    ended.wait()
    return failure.withLock(\.self)
  }

  private func serve(_ profile: AcceleratorProfile, _ mode: Server.Mode, isTraced: Bool) {
    do {
      let server = try Server(
        profile, at: try Listener(path: path), mode: mode, report: say,
        trace: isTraced ? { frame in self.say("\(frame)") } : nil)
      ready.signal()
      try server.run(until: stop.event)
    } catch {
      failure.withLock { $0 = "\(path): \(error)" }
      ready.signal()
    }
  }

  private func say(_ line: String) { log.say("\(path): \(line)") }
}
