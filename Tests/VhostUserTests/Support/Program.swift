import Foundation
import TestSupport

/// The program as it was built, beside the tests.
let program: String = {
  var folder = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath().deletingLastPathComponent()
  while folder.path != "/", !FileManager.default.fileExists(atPath: folder.appending(path: "ipsec-la").path) {
    folder.deleteLastPathComponent()
  }
  return folder.appending(path: "ipsec-la").path
}()
