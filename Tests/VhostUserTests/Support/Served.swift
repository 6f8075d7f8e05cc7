import Device
import Foundation
import Synchronization
import TestSupport
@testable import VhostUser

/// A device behind a socket, in a thread of its own; it ends with its owner.
final class Served: Sendable {
  let path: String
  private let folder: TemporaryFolder
  private let stop: FileDescriptor
  private let lines = Mutex<[String]>([])
  private let frames = Mutex<[String]>([])
  private let ended = DispatchSemaphore(value: 0)
  private let failure = Mutex<(any Error)?>(nil)

  /// - Throws: what keeps the server from serving.
  init(_ mode: Server.Mode = .event, _ profile: AcceleratorProfile = AcceleratorProfile()) throws {
    Server.prepareProcess()
    folder = try TemporaryFolder()
    path = folder.path + "/device"
    stop = try .event()
    let started = DispatchSemaphore(value: 0)
    Thread { [self] in
      do {
        let server = try Server(
          profile, at: try Listener(path: path), mode: mode,
          report: { line in self.lines.withLock { $0.append(line) } },
          trace: { frame in self.frames.withLock { $0.append(frame.description) } })
        started.signal()
        try server.run(until: stop)
      } catch {
        failure.withLock { $0 = error }
        started.signal()
      }
      ended.signal()
    }.start()
    started.wait()
    if let error = failure.withLock(\.self) { throw error }
  }

  /// Stops the server, and waits until it has.
  func end() {
    stop.signal()
    ended.wait()
  }

  /// What it had to say.
  var log: [String] { lines.withLock(\.self) }
  /// Whether it says something, within five seconds.
  func tells(_ line: String) -> Bool {
    for _ in 0..<500 where !log.contains(line) { usleep(10_000) }
    return log.contains(line)
  }
  /// The frames that went either way, in words.
  var trace: [String] { frames.withLock(\.self) }

  func connect() throws -> FileDescriptor { try .connected(to: path) }
}
