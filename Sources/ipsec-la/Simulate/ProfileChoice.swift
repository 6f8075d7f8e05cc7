import CycleModel
import Foundation

/// A profile by its name, or from a file.
enum ProfileChoice {
  /// - Parameter option: that names it, for messages.
  /// - Throws: `CommandError` for a name that is neither a preset nor a file, and for what is wrong in the file.
  static func profile(_ name: String, option: String = "--profile") throws -> Profile {
    if let preset = Preset.all.first(where: { $0.name == name }) { return preset.profile }
    guard isFile(name, name) else {
      throw CommandError("\(option): there is no profile '\(name)'; there are \(names), and files")
    }
    return try ProfileYAML(path: name).read(try YAMLDocument.fields(try YAMLDocument.text(at: name), path: name))
  }

  /// The same, named by a field of a file.
  static func profile(_ name: String, at fields: YAMLFields, from path: String) throws -> Profile {
    if let preset = Preset.all.first(where: { $0.name == name }) { return preset.profile }
    guard isFile(name, YAMLDocument.path(name, from: path)) else {
      throw fields.error("profile", "there is no profile '\(name)'; there are \(names), and files")
    }
    return try profile(YAMLDocument.path(name, from: path))
  }

  /// Whether a name is a file's: it looks like one's, or there is one.
  private static func isFile(_ name: String, _ path: String) -> Bool {
    name.contains("/") || name.contains(".") || FileManager.default.fileExists(atPath: path)
  }

  private static var names: String { Preset.all.map(\.name).joined(separator: ", ") }
}
