import Foundation
import TestSupport
@testable import VhostUser

/// `ipsec-la serve` in a process of its own.
final class KillableProgram {
  private let process = Process()
  private let folder: TemporaryFolder
  private let path: String

  init(_ folder: TemporaryFolder, _ arguments: [String] = []) throws {
    self.folder = folder
    path = folder.path + "/killable"
    try folder.write("", to: "errors")
    process.executableURL = URL(filePath: program)
    process.arguments = ["serve", "--socket", path] + arguments
    process.standardOutput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: folder.url("errors"))
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

  /// Ends the program, which leaves its state behind.
  func end() { end(SIGTERM) }

  private func end(_ signal: Int32) {
    guard process.isRunning else { return }
    Foundation.kill(process.processIdentifier, signal)
    process.waitUntilExit()
  }

  /// What it had to say, without the name of its socket.
  func log() throws -> [String] {
    try folder.read("errors").split(separator: "\n").map { String($0.dropFirst(path.count + 2)) }
  }
}
