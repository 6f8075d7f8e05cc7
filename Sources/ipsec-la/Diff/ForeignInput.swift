import Foundation
import LayoutDiff
import Model

/// A C header, or an object with debug information, that somebody else wrote.
struct ForeignInput {
  private let path: String

  /// Nil for what is neither by its name or its first bytes.
  init?(_ path: String) {
    let isHeader = path.hasSuffix(".h")
    let head = FileHandle(forReadingAtPath: path).flatMap { try? $0.read(upToCount: 4) }
    guard let head, isHeader || head == Data([0x7f, 0x45, 0x4c, 0x46]) else { return nil }
    self.path = path
  }

  /// What a compiler made of it; of a header, the values of those macros that are alike to ours.
  ///
  /// - Throws: `UnreadableInput` with the compiler's message, or with the flag that makes debug information.
  func definition(for layout: Layout, names: [String: String]) throws(UnreadableInput) -> ForeignDefinition {
    guard path.hasSuffix(".h") else { return try Self.structures(of: path, name: path) }
    let folder = FileManager.default.temporaryDirectory.appending(path: "ipsec-la-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    do { try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true) } catch {
      throw UnreadableInput("\(folder.path): cannot be made")
    }
    let object = folder.appending(path: "header.o").path
    let include = "#include \"\(URL(filePath: path).path)\"\n"
    _ = try compile(["-g", "-c", "-fno-eliminate-unused-debug-types", "-o", object], include + "int ipsec_la_unit;\n")
    var definition = try Self.structures(of: object, name: path)
    let macros = try compile(["-E", "-dM"], include).split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /#define (\w+) \S.*/).map { String($0.1) }
    }
    let wanted = Drift.valueNames(layout, among: macros, names: names)
    definition.values.merge(try values(of: wanted, include)) { _, new in new }
    return definition
  }

  /// Evaluates macros by compiling them, without running anything.
  private func values(of macros: [String], _ include: String) throws(UnreadableInput) -> [String: UInt64] {
    let lines = macros.enumerated().map {
      "const unsigned long long ipsec_la_value_\($0) = (unsigned long long)(\($1));\n"
    }
    let text = try compile(["-S", "-O0", "-o", "-"], include + lines.joined())
    var values: [String: UInt64] = [:]
    var current: String?
    for line in text.split(separator: "\n") {
      if let label = line.wholeMatch(of: /ipsec_la_value_(\d+):.*/) {
        current = Int(label.1).map { macros[$0] }
      } else if let name = current,
        let number = line.wholeMatch(of: /\s+\.(?:quad|xword|8byte)\s+(-?)(?:0x)?([0-9a-f]+).*/)
      {
        let value = UInt64(number.2, radix: line.contains("0x") ? 16 : 10) ?? 0
        values[name] = number.1.isEmpty ? value : 0 &- value
        current = nil
      } else if let name = current, line.contains(".zero") {
        values[name] = 0
        current = nil
      }
    }
    return values
  }

  private func compile(_ options: [String], _ source: String) throws(UnreadableInput) -> String {
    let result = Tool.run(["cc", "-x", "c"] + options + ["-"], input: source)
    guard result.status == 0 else { throw UnreadableInput("\(path): does not compile:\n\(result.errors)") }
    return result.text
  }

  private static func structures(of object: String, name: String) throws(UnreadableInput) -> ForeignDefinition {
    let result = Tool.run(["pahole", object])
    guard result.status != 127 else {
      throw UnreadableInput("pahole is not installed: it reads the layout of structures")
    }
    var definition = ForeignDefinition()
    definition.add(pahole: result.text)
    if definition.structures.isEmpty, definition.values.isEmpty, name == object {
      throw UnreadableInput("\(name): has no debug information; compile it with -g")
    }
    return definition
  }
}
