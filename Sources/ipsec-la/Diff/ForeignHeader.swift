import Foundation
import LayoutDiff

/// A C header, as a compiler sees it; nothing of it is run.
struct ForeignHeader {
  private let path: String
  /// A compiler that includes it by its path, whatever characters that has.
  private let compiler: [String]
  private static let value = "ipsec_la_value_"

  init(_ path: String) {
    self.path = path
    compiler = ["cc", "-x", "c", "-include", URL(filePath: path).path]
  }

  /// Structures and enumerators.
  ///
  /// - Throws: `UnreadableInput` with the compiler's message.
  func types() throws(UnreadableInput) -> ForeignDefinition {
    let result = try compiled("")
    guard let types = result.types else { throw doesNotCompile(result.errors) }
    return types.definition
  }

  /// Macros without parameters, with their texts.
  func macros() throws(UnreadableInput) -> [String: String] {
    let result = Tool.run(compiler + ["-E", "-dM", "-"])
    guard result.status == 0 else { throw doesNotCompile(result.errors) }
    let pairs = result.text.split(separator: "\n").compactMap { line in
      line.wholeMatch(of: /#define (\w+) (\S.*)/).map { (String($0.1), String($0.2)) }
    }
    return Dictionary(pairs) { first, _ in first }
  }

  /// Those macros that are integer constants: each is made an enumerator, which a compiler accepts of no other.
  ///
  /// Macros that do not compile are found by halving, so that one of them says nothing about the rest.
  func values(of macros: [String]) throws(UnreadableInput) -> [String: UInt64] {
    guard !macros.isEmpty else { return [:] }
    let lines = macros.map { "enum { \(Self.value)\($0) = (\($0)) };\n" }
    if let types = try compiled(lines.joined()).types {
      let found = macros.compactMap { name in types.definition.values[Self.value + name].map { (name, $0) } }
      return Dictionary(uniqueKeysWithValues: found)
    }
    guard macros.count > 1 else { return [:] }
    let middle = macros.count / 2
    return try values(of: Array(macros[..<middle])).merging(values(of: Array(macros[middle...]))) { first, _ in first }
  }

  /// The compiler's message, as far as a person reads it.
  private func doesNotCompile(_ errors: String) -> UnreadableInput {
    let lines = errors.split(separator: "\n").prefix(20).map { String($0.prefix(200)) }
    return UnreadableInput("\(path): does not compile:", output: lines)
  }

  /// What a source defines; nil, and the compiler's message, where it does not compile.
  private func compiled(_ source: String) throws(UnreadableInput) -> (types: DebugInformation?, errors: String) {
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let object = folder.file("header.o")
    let options = ["-g", "-c", "-fno-eliminate-unused-debug-types", "-o", object]
    let result = Tool.run(compiler + options + ["-"], input: source + "int ipsec_la_unit;\n")
    return (result.status == 0 ? try DebugInformation(object, of: path) : nil, result.errors)
  }
}
