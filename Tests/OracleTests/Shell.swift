import Foundation

/// Runs the programs that give evidence from outside.
enum Shell {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// Runs a program with `input` on its standard input.
  ///
  /// - Returns: its standard output.
  /// - Throws: `Failure` with what it said if it cannot be run or does not exit with 0.
  static func run(_ command: [String], input: String = "", in folder: String? = nil) throws -> String {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    if let folder { process.currentDirectoryURL = URL(filePath: folder) }
    // Files instead of pipes: neither side can wait for the other.
    let scratch = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    try Data(input.utf8).write(to: scratch.appending(path: "in"))
    for name in ["out", "err"] { try Data().write(to: scratch.appending(path: name)) }
    process.standardInput = try FileHandle(forReadingFrom: scratch.appending(path: "in"))
    process.standardOutput = try FileHandle(forWritingTo: scratch.appending(path: "out"))
    process.standardError = try FileHandle(forWritingTo: scratch.appending(path: "err"))
    try process.run()
    process.waitUntilExit()
    let output = String(decoding: try Data(contentsOf: scratch.appending(path: "out")), as: UTF8.self)
    guard process.terminationStatus == 0 else {
      let said = String(decoding: try Data(contentsOf: scratch.appending(path: "err")), as: UTF8.self)
      throw Failure(description: "\(command.joined(separator: " ")): exit \(process.terminationStatus)\n\(said.prefix(2000))")
    }
    return output
  }
}
