import Foundation
import TestSupport
@testable import VhostUser

/// `ipsec-la serve` in a process of its own.
final class KillableProgram {
  private let process = Process()
  private let folder: TemporaryFolder
  private let path: String

  /// - Parameter errors: standard error, instead of a file that `log` reads.
  init(_ folder: TemporaryFolder, _ arguments: [String] = [], errors: FileHandle? = nil) throws {
    self.folder = folder
    path = folder.path + "/killable"
    try folder.write("", to: "errors")
    process.executableURL = URL(filePath: program)
    process.arguments = ["serve", "--socket", path] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try errors ?? FileHandle(forWritingTo: folder.url("errors"))
    try process.run()
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

  /// Ends the program, which leaves its state behind: its status, or the signal that it needed after 20 seconds.
  @discardableResult
  func end() -> Int32 {
    end(SIGTERM)
    return process.terminationStatus
  }

  private func end(_ signal: Int32) {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, signal)
    for _ in 0..<2000 where process.isRunning { usleep(10_000) }
    if process.isRunning { Foundation.kill(process.processIdentifier, SIGKILL) }
    process.waitUntilExit()
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
