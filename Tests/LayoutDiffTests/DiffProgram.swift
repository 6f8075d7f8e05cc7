import Foundation
import TestSupport

/// Tests of the program as it was built, beside the tests.
protocol DiffProgram {
  /// Where it runs.
  var folder: TemporaryFolder { get }
}

extension DiffProgram {
  static var program: String {
    var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
    while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
      folder.deleteLastPathComponent()
    }
    return folder.appending(path: "ipsec-la").path
  }

  func diff(_ arguments: String...) throws -> Shell.Outcome {
    try Shell.outcome([Self.program, "diff"] + arguments, in: folder.path)
  }

  /// The layout of a version as the program writes it.
  func layout(_ version: String = "2.0") throws -> String {
    _ = try Shell.run([Self.program, "generate", "--spec-version", version, "--output", "gen"], in: folder.path)
    return try folder.read("gen/\(version)/layout.json")
  }
}
