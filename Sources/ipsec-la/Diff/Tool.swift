import Foundation

/// A program that the diff asks: git, a C compiler, pahole.
enum Tool {
  struct Result {
    let status: Int32
    let output: Data
    let errors: String

    /// What went wrong, as far as a line says it.
    var firstLine: String { errors.split(separator: "\n").first.map(String.init) ?? "exit \(status)" }
    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// Runs a program with `input` on its standard input, however it ends.
  static func run(_ command: [String], input: String = "") -> Result {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    // Files instead of pipes: neither side can wait for the other.
    do {
      let folder = try ScratchFolder()
      defer { folder.remove() }
      let files = ["in", "out", "err"].map { URL(filePath: folder.file($0)) }
      for (file, text) in zip(files, [input, "", ""]) { try Data(text.utf8).write(to: file) }
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
      process.waitUntilExit()
      return Result(
        status: process.terminationStatus, output: try Data(contentsOf: files[1]),
        errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    } catch {
      return Result(status: 127, output: Data(), errors: "\(command[0]): \(error)")
    }
  }
}
