import Foundation
import LayoutDiff
import Model

/// A C header, or an object with debug information, that somebody else wrote.
struct ForeignInput {
  let path: String
  private var isHeader: Bool { path.hasSuffix(".h") }

  /// Nil for what is neither by its name or its first bytes.
  init?(_ path: String) {
    guard let file = FileHandle(forReadingAtPath: path) else { return nil }
    // A pipe gives its first bytes once: those of a layout are for its reader.
    let head = FilePath.isRegular(path) ? try? file.read(upToCount: 4) : nil
    guard path.hasSuffix(".h") || head == Data([0x7f, 0x45, 0x4c, 0x46]) else { return nil }
    self.path = path
  }

  /// The file; of a header, with the lines on which its names are.
  var artifact: Artifact {
    Artifact(path: path, header: isHeader ? (try? String(contentsOfFile: path, encoding: .utf8)) ?? "" : "")
  }

  /// What a compiler made of it; of a header, the values of those macros that are like ours.
  ///
  /// - Throws: `UnreadableInput` with the compiler's message, or with the flag that makes debug information.
  func definition(for layout: Layout, names: [String: String]) throws(UnreadableInput) -> ForeignDefinition {
    guard isHeader else {
      let types = try DebugInformation(path)
      if let absence = types.absence { throw UnreadableInput("\(path): \(absence)") }
      return types.definition
    }
    let header = ForeignHeader(path)
    var definition = try header.types()
    let macros = try header.macros()
    definition.hasMacros = true
    let wanted = Drift.valueNames(layout, among: macros, names: names)
    let values = try header.values(of: wanted)
    definition.values.merge(values) { _, new in new }
    for name in wanted where values[name] == nil { definition.texts[name] = macros[name] }
    return definition
  }
}
