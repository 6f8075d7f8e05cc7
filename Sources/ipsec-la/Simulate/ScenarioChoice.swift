import Foundation
import Simulation

/// A scenario by its name, or from a file.
enum ScenarioChoice {
  /// - Throws: `CommandError` for a name that is neither, and for what is wrong in the file.
  static func scenario(_ name: String) throws -> Scenario {
    if let text = ShippedScenarios.text(named: name) {
      return try ScenarioYAML(path: "\(name).yaml").read(text, name: name)
    }
    guard name.contains("/") || name.contains(".") || FileManager.default.fileExists(atPath: name) else {
      throw CommandError("there is no scenario '\(name)'; there are \(names), and files")
    }
    let title = ((name as NSString).lastPathComponent as NSString).deletingPathExtension
    return try ScenarioYAML(path: name).read(try YAMLDocument.text(at: name), name: title)
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
