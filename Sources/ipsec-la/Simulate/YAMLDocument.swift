import Foundation
import Yams

/// A YAML text whose root is a mapping.
enum YAMLDocument {
  /// Reads a file of at most 16 MiB.
  static func text(at path: String) throws -> String {
    guard let data = FileManager.default.contents(atPath: path) else { throw CommandError("\(path): cannot be read") }
    guard data.count <= 1 << 24 else { throw CommandError("\(path): is larger than 16 MiB") }
    guard let text = String(data: data, encoding: .utf8) else { throw CommandError("\(path): is not UTF-8") }
    return text
  }

  static func fields(_ text: String, path: String) throws -> YAMLFields {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw CommandError("\(path):\(AssociationYAML.oneLine(error))")
    }
    guard let mapping = root?.mapping else { throw CommandError("\(path):\(root?.mark?.line ?? 1): is not a mapping") }
    return YAMLFields(path: path, mapping: mapping, mark: root?.mark)
  }

  /// A path in a file, which is meant from where the file is.
  static func path(_ path: String, from file: String) -> String {
    if path.hasPrefix("/") { return path }
    let folder = (file as NSString).deletingLastPathComponent
    return folder.isEmpty ? path : "\(folder)/\(path)"
  }
}
