import Foundation
import TestSupport
@testable import VhostUser

/// `ipsec-la serve` in a process of its own.
final class KillableProgram {
  private let process: ChildProcess
  private let folder: TemporaryFolder
  private let path: String

  /// - Parameter errors: standard error, instead of a file that `log` reads.
  init(_ folder: TemporaryFolder, _ arguments: [String] = [], errors: ChildProcess.Output? = nil) throws {
    self.folder = folder
    path = folder.path + "/killable"
    process = try ChildProcess(
      [program, "serve", "--socket", path] + arguments, errors: errors ?? .file(folder.url("errors").path))
  }

  deinit { kill() }

  /// Connects as soon as the program listens.
  func connect() throws -> FileDescriptor {
    for _ in 0..<1000 {
      if let socket = try? FileDescriptor.connected(to: path) { return socket }
      usleep(10_000)
    }
    return try .connected(to: path)
  }

  /// Ends the program without its knowing.
  func kill() { end(SIGKILL) }

  /// Ends the program, which leaves its state behind; kills it if it does not end within 20 seconds.
  @discardableResult
  func end() -> ChildProcess.Ending { end(SIGTERM) }

  @discardableResult
  private func end(_ signal: Int32) -> ChildProcess.Ending {
    process.signal(signal)
    for _ in 0..<2000 where process.isRunning { usleep(10_000) }
    process.signal(SIGKILL)
    return process.wait()
  }

  /// Whether these lines are all that it has to say, within five seconds.
  func tells(_ lines: [String]) throws -> Bool {
    for _ in 0..<500 where try log() != lines { usleep(10_000) }
    return try log() == lines
  }

  /// What it had to say, without the name of its socket.
  func log() throws -> [String] {
    try folder.read("errors").split(separator: "\n").map { String($0.dropFirst(path.count + 2)) }
  }
}
