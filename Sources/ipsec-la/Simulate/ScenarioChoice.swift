import Foundation
import Simulation
import Yams

/// A scenario as it is written, and where that stands.
struct ScenarioSource: Codable, Hashable {
  var name: String
  /// As messages name it; paths in the text are meant from there.
  var path: String
  var text: String

  /// - Throws: `CommandError` for what is wrong in the text.
  func scenario(_ selection: ScenarioSelection = ScenarioSelection()) throws -> Scenario {
    try ScenarioYAML(path: path, selection: selection).read(text, name: name)
  }

  /// Paths of itself, and of what it names to be read.
  ///
  /// - Throws: `CommandError` for what is wrong in the text.
  func files() throws -> [String] {
    let fields = try YAMLDocument.fields(text, path: path)
    let captures = try fields.list("traffic").compactMap { $0["pcap"]?.string }
    let named = captures + [fields["profile"]?.string].compactMap(\.self)
    return [path] + named.map { YAMLDocument.path($0, from: path) }
  }
}

/// A scenario by its name, or from a file.
enum ScenarioChoice {
  /// - Throws: `CommandError` for a name that is neither, and for what is wrong in the file.
  static func scenario(_ name: String) throws -> Scenario { try source(name).scenario() }

  /// - Throws: `CommandError` for a name that is neither, and for a file that cannot be read.
  static func source(_ name: String) throws -> ScenarioSource {
    if let text = ShippedScenarios.text(named: name) {
      return ScenarioSource(name: name, path: "\(name).yaml", text: text)
    }
    guard name.contains("/") || name.contains(".") || FileManager.default.fileExists(atPath: name) else {
      throw CommandError("there is no scenario '\(name)'; there are \(names), and files")
    }
    let title = (URL(filePath: name).lastPathComponent as NSString).deletingPathExtension
    return ScenarioSource(name: title, path: name, text: try YAMLDocument.text(at: name))
  }

  /// The text of a scenario that comes with the program.
  static func shipped(_ name: String) throws -> String {
    guard let text = ShippedScenarios.text(named: name) else {
      throw CommandError("--show-scenario: there is no scenario '\(name)'; there are \(names)")
    }
    return text
  }

  private static var names: String { ShippedScenarios.all.map(\.name).joined(separator: ", ") }
}
