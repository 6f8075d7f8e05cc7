import Foundation
import LayoutDiff

/// The C types of an object: its own BTF, or what pahole makes of its DWARF.
struct DebugInformation {
  private(set) var definition = ForeignDefinition(hasMacros: false)
  /// Why there are no types, and what makes them; nil where there are.
  private(set) var absence: String?

  /// - Parameters:
  ///   - object: a path.
  ///   - name: what errors call it; its path if nil.
  /// - Throws: `UnreadableInput` for what is no object, and where pahole is needed and not installed.
  init(_ object: String, of name: String? = nil) throws(UnreadableInput) {
    let name = name ?? object
    guard let data = FileManager.default.contents(atPath: object) else {
      throw UnreadableInput("\(name): \(FilePath.unreadable(object))")
    }
    guard let file = ELF(Array(data)) else { throw UnreadableInput("\(name): no ELF file, or cut off in its header") }
    guard file.isWhole else { throw UnreadableInput("\(name): is cut off: its sections are not all in the file") }
    let folder = try ScratchFolder()
    defer { folder.remove() }
    let types: [UInt8]
    if let own = file.section(".BTF"), file.section(".debug_info") == nil {
      types = own
    } else {
      let result = Tool.run(["pahole", "--btf_encode_detached=\(folder.file("btf"))", object])
      guard result.status != 127 else {
        throw UnreadableInput("\(name): has DWARF, which pahole reads, and pahole is not installed")
      }
      if result.status != 0, file.section(".debug_info") != nil {
        throw UnreadableInput("\(name): pahole cannot read its DWARF: \(result.firstLine)")
      }
      types = FileManager.default.contents(atPath: folder.file("btf")).map { Array($0) } ?? []
    }
    if !types.isEmpty {
      do throws(BTFError) { definition = try BTF(types).definition() } catch {
        throw UnreadableInput("\(name): its debug information \(error)")
      }
    }
    if definition.structures.isEmpty, definition.values.isEmpty { absence = Self.absence(in: file) }
  }

  /// What an object without types says of where they are.
  private static func absence(in file: ELF) -> String {
    if let link = file.section(".gnu_debuglink") {
      return "has its debug information in \(String(decoding: link.prefix { $0 != 0 }, as: UTF8.self)): name that file"
    }
    // Only what is split has addresses in a table of their own and no types.
    if [".debug_addr", ".debug_info.dwo"].contains(where: { file.section($0) != nil }) {
      return "has its types in .dwo files (split DWARF); compile it with -gno-split-dwarf"
    }
    return file.section(".debug_info") == nil
      ? "has no debug information; compile it with -g"
      : "has no structures in its debug information; compile it with -g2"
  }
}
