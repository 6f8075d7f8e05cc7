import Foundation
import Yams

/// A YAML file that says what our names are called in a foreign definition.
struct NameMapping {
  let names: [String: String]

  /// - Throws: `UnreadableInput` for a file that cannot be read, `CommandError` for no mapping of names to names.
  init(_ path: String) throws {
    let loaded = try YAMLFile(path).content
    guard let names = loaded as? [String: String] else {
      throw CommandError("\(path): not a mapping of our names to theirs")
    }
    self.names = names
  }
}
