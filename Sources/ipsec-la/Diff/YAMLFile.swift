import Foundation
import Yams

/// A YAML file, every scalar of which is a string.
struct YAMLFile {
  let content: Any?

  /// - Throws: `UnreadableInput` for a file that cannot be read or is no YAML.
  init(_ path: String) throws(UnreadableInput) {
    let text: String
    do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
      throw UnreadableInput("\(path): cannot be read")
    }
    do { content = try Yams.load(yaml: text, .basic) } catch {
      throw UnreadableInput("\(path): not YAML: \(Self.firstLine(error))")
    }
  }

  private static func firstLine(_ error: any Error) -> String {
    "\(error)".split(separator: "\n").first.map(String.init) ?? "it cannot be parsed"
  }
}
