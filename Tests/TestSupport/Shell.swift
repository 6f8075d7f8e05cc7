public import Foundation

/// Runs programs, for evidence from outside.
public enum Shell {
  /// What a program said and how it ended.
  public struct Outcome: Sendable {
    public let status: Int32
    public let output: String
    public let errors: String
  }

  /// A program that could not be run or did not exit with 0.
  public struct Failure: Error, CustomStringConvertible {
    public let description: String
  }

  /// Runs a program with `input` on its standard input, however it ends.
  public static func outcome(_ command: [String], input: String = "", in folder: String? = nil) throws -> Outcome {
    // Files instead of pipes: neither side can wait for the other.
    let scratch = try TemporaryFolder()
    try scratch.write(input, to: "in")
    let child = try ChildProcess(
      ["/usr/bin/env", "--"] + command, in: folder, input: scratch.url("in").path,
      output: .file(scratch.url("out").path), errors: .file(scratch.url("err").path))
    return Outcome(status: child.wait().status, output: try scratch.read("out"), errors: try scratch.read("err"))
  }

  /// Runs a program that has to succeed.
  ///
  /// - Returns: its standard output.
  /// - Throws: `Failure` with what it said if it cannot be run or does not exit with 0.
  public static func run(_ command: [String], input: String = "", in folder: String? = nil) throws -> String {
    let outcome = try outcome(command, input: input, in: folder)
    guard outcome.status == 0 else {
      throw Failure(
        description: "\(command.joined(separator: " ")): exit \(outcome.status)\n\(outcome.errors.prefix(4000))")
    }
    return outcome.output
  }
}

/// A folder that goes away with its last owner.
public final class TemporaryFolder: Sendable {
  public let path: String

  public init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "ipsec-la-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  public func url(_ name: String) -> URL { URL(filePath: "\(path)/\(name)") }

  public func read(_ name: String) throws -> String { String(decoding: try Data(contentsOf: url(name)), as: UTF8.self) }

  /// Writes a file, and the folders it needs.
  public func write(_ text: String, to name: String) throws {
    let folder = url(name).deletingLastPathComponent()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url(name))
  }
}
