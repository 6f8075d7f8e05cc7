import Foundation
import Yams

/// A YAML text that somebody wrote: whatever this program reads as YAML is read here.
enum YAMLDocument {
  /// Reads a file of at most 16 MiB; a pipe will do, as a shell's `<(…)` is one.
  ///
  /// - Throws: `CommandError` for what cannot be read, is larger, or is not UTF-8.
  static func text(at path: String) throws(CommandError) -> String {
    let data = try InputFile.contents(at: path)
    guard let text = String(data: data, encoding: .utf8) else { throw CommandError("\(path): is not UTF-8") }
    return text
  }

  /// The root of a text; nil for an empty one.
  ///
  /// - Parameters:
  ///   - path: as messages name it.
  ///   - resolver: what makes numbers and dates of plain values.
  /// - Throws: `CommandError` naming file and line for what is no YAML, and for aliases that stand for too much.
  static func root(_ text: String, path: String, resolver: Resolver = .default) throws(CommandError) -> Node? {
    do {
      try AliasExpansion.check(text)
      return try Yams.compose(yaml: text, resolver)
    } catch let error as AliasExpansion.Excess {
      throw CommandError("\(path):\(error.line): aliases stand for more than \(AliasExpansion.mostNodes) nodes")
    } catch let error as YamlError {
      throw CommandError("\(path):\(oneLine(error))")
    } catch {
      throw CommandError("\(path): not YAML")
    }
  }

  /// A text whose root is a mapping.
  static func fields(_ text: String, path: String) throws(CommandError) -> YAMLFields {
    let root = try root(text, path: path)
    guard let root else { throw CommandError("\(path): is empty") }
    guard let mapping = root.mapping else { throw CommandError("\(path):\(root.mark?.line ?? 1): is not a mapping") }
    return YAMLFields(path: path, mapping: mapping, mark: root.mark)
  }

  /// A path in a file, which is meant from where the file is.
  static func path(_ path: String, from file: String) -> String {
    if path.hasPrefix("/") { return path }
    let folder = FilePath.folder(of: file)
    return folder.isEmpty ? path : "\(folder)/\(path)"
  }

  /// What the YAML parser found, as `line: problem`.
  private static func oneLine(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      "\(mark.line): " + (problem.contains("nesting level") ? "is nested too deeply" : "not YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      "\(context.mark.line): \(keys.map(\.withoutKeys).joined(separator: ", ")): is there twice"
    default: "1: not YAML"
    }
  }
}
