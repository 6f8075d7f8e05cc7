import Foundation
import LayoutDiff
import Model
import Spec
import Wire

/// One side of a diff, as a user names it.
struct DiffInput {
  private let name: String

  init(_ name: String) { self.name = name }

  /// The layout.
  ///
  /// - Throws: `UnreadableInput` if it cannot be read or cannot be executed.
  func layout() throws(UnreadableInput) -> Layout {
    if let definition = Spec.all.first(where: { "\($0.version)" == name }) { return Layout(definition) }
    let layout = try Self.decode(name.hasPrefix("git:") ? GitRevision(name).layout() : file(), name)
    if let defect = layout.defects.first { throw UnreadableInput("\(name): \(defect)") }
    return layout
  }

  /// The file that has it, as seen from the repository's root; its lines are known if it is at hand.
  var artifact: Artifact {
    let version = Spec.all.first { "\($0.version)" == name }.map { "\($0.version)" }
    let path = version.map(GitRevision.path) ?? (name.hasPrefix("git:") ? GitRevision(name).path : name)
    // What is no file has been read by now, and is gone.
    return Artifact(
      path: path, text: FilePath.isRegular(path) ? try? String(contentsOfFile: path, encoding: .utf8) : nil)
  }

  private func file() throws(UnreadableInput) -> Data {
    guard FileManager.default.fileExists(atPath: name) else {
      let versions = Spec.all.map { "\($0.version)" }.joined(separator: ", ")
      throw UnreadableInput("\(name): neither a version (\(versions)) nor a file")
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: name, isDirectory: &isFolder), isFolder.boolValue {
      throw UnreadableInput("\(name): is a directory; its layout.json is wanted")
    }
    do { return try InputFile.bytes(at: name) } catch { throw UnreadableInput("\(error)") }
  }

  private static func decode(_ data: Data, _ name: String) throws(UnreadableInput) -> Layout {
    if data.isEmpty { throw UnreadableInput("\(name): is empty") }
    let layout: Layout
    do { layout = try JSONDecoder().decode(Layout.self, from: data) } catch let error as DecodingError {
      if case .dataCorrupted = error, let odd = OddNumber(in: data) { throw UnreadableInput("\(name): \(odd)") }
      throw UnreadableInput("\(name): \(error.place)")
    } catch {
      throw UnreadableInput("\(name): \(error.localizedDescription)")
    }
    if let stray = StrayKey(in: data, of: layout) { throw UnreadableInput("\(name): \(stray)") }
    return layout
  }
}

/// What a person is told when an input cannot be read: one line, and an exit code of its own.
struct UnreadableInput: Error, CustomStringConvertible {
  let description: String

  /// - Parameter output: lines that another program wrote about it, which follow as they are.
  init(_ description: String, output: [String] = []) {
    self.description = ([description] + output).map(\.onOneLine).joined(separator: "\n")
  }
}

extension DecodingError {
  /// What is wrong and where in the file: `structures[3].size: no such key`.
  fileprivate var place: String {
    let (path, problem): ([any CodingKey], String) =
      switch self {
      case .keyNotFound(let key, let context):
        (context.codingPath + [key], "is missing; this is no layout.json of format \(Layout.currentFormat)")
      case .typeMismatch(_, let context) where context.codingPath.isEmpty:
        ([], "an object is wanted at the top; this is no layout.json of format \(Layout.currentFormat)")
      case .typeMismatch(_, let context), .valueNotFound(_, let context): (context.codingPath, context.debugDescription)
      case .dataCorrupted(let context):
        (context.codingPath, (context.codingPath.isEmpty ? "not JSON: " : "") + context.debugDescription)
      @unknown default: ([], "cannot be decoded")
      }
    let text = path.reduce("") { text, key in
      key.intValue.map { "\(text)[\($0)]" } ?? (text.isEmpty ? key.stringValue : "\(text).\(key.stringValue)")
    }
    return text.isEmpty ? problem : "\(text): \(problem)"
  }
}
