import Foundation
import LayoutDiff

/// The C types of an object: its own BTF, or what pahole makes of its DWARF.
struct DebugInformation {
  private(set) var definition = ForeignDefinition(hasMacros: false)
  /// Whether there is any.
  private(set) var isPresent = true

  /// - Parameters:
  ///   - object: a path.
  ///   - name: what errors call it; its path if nil.
  /// - Throws: `UnreadableInput` for what is no object, and where pahole is needed and not installed.
  init(_ object: String, of name: String? = nil) throws(UnreadableInput) {
    let name = name ?? object
    guard let data = FileManager.default.contents(atPath: object), let file = ELF(Array(data)) else {
      throw UnreadableInput("\(name): cannot be read as an object")
    }
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
      types = FileManager.default.contents(atPath: folder.file("btf")).map { Array($0) } ?? []
    }
    guard !types.isEmpty else {
      isPresent = false
      return
    }
    do throws(BTFError) { definition = try BTF(types).definition() } catch {
      throw UnreadableInput("\(name): its debug information \(error)")
    }
  }
}
