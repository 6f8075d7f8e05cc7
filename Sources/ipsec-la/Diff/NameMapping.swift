import Foundation
import Yams

/// A YAML file that says what our names are called in a foreign definition.
struct NameMapping {
  let names: [String: String]

  /// - Throws: `CommandError` for a file that cannot be read or is no mapping of names to names.
  init(_ path: String) throws(CommandError) {
    guard let text = try? String(contentsOfFile: path, encoding: .utf8) else {
      throw CommandError("\(path): cannot be read")
    }
    do {
      guard let names = try Yams.load(yaml: text) as? [String: String] else {
        throw CommandError("\(path): not a mapping of our names to theirs")
      }
      self.names = names
    } catch let error as CommandError { throw error } catch { throw CommandError("\(path): not YAML: \(error)") }
  }
}
