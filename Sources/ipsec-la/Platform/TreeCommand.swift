import ArgumentParser
import DeviceTree
import Foundation
import Testbench

struct TreeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tree",
    abstract: "The device tree of the simulated platform.",
    discussion: """
      Prints the tree of the board that `ipsec-la platform` builds when it is given none, or that of FILE, a flattened \
      tree (.dtb). With --output, writes it: flattened, or as source with --dts.

      Exit codes: 0 done; 2 bad usage or a file that is no device tree.

      Examples:
        ipsec-la tree
        ipsec-la tree --dts > board.dts
        ipsec-la tree --output board.dtb
        ipsec-la tree board.dtb --overlay extra.dtbo --dts
        ipsec-la tree --schema > virtio,ipsec-la.yaml
      """)

  @Argument(help: ArgumentHelp("A flattened tree to read instead of the board's.", valueName: "file"))
  var file: String?

  @Flag(help: "As source, which dtc takes.")
  var dts = false

  @Option(help: ArgumentHelp("A flattened overlay to apply; may be given several times.", valueName: "file"))
  var overlay: [String] = []

  @Option(help: ArgumentHelp("Where to write the tree.", valueName: "file"))
  var output: String?

  @Flag(help: "The binding of the device's own node, for dt-validate.")
  var schema = false

  func run() throws {
    guard !schema else { return try write(text: PlatformTree.schema) }
    let tree = try TreeFile.read(file, overlays: overlay)
    if dts { return try write(text: tree.source) }
    guard output != nil else { return print(Self.outline(tree.root), terminator: "") }
    let blob: [UInt8]
    do throws(DeviceTreeError) { blob = try tree.blob() } catch { throw CommandError("tree: \(error)") }
    try write(blob)
  }

  private func write(text: String) throws(CommandError) {
    if output == nil { print(text, terminator: "") } else { try write(Array(text.utf8)) }
  }

  private func write(_ bytes: [UInt8]) throws(CommandError) {
    guard let output else { return }
    let file = try StreamedFile(output)
    file.write(bytes)
    try file.commit()
  }

  /// Names, what they are compatible with, and where their registers are.
  private static func outline(_ node: Node, _ indent: String = "", under parent: Node? = nil) -> String {
    let registers = parent.flatMap { try? node.registers(under: $0) } ?? []
    let places = registers.map { "0x\(String($0.address, radix: 16))+0x\(String($0.size, radix: 16))" }
    let details = [
      node.compatible.joined(separator: " "), places.joined(separator: " "), node.isEnabled ? "" : "disabled",
    ].filter { !$0.isEmpty }.joined(separator: "  ")
    let line = indent + (node.name.isEmpty ? "/" : node.name) + (details.isEmpty ? "" : "  " + details) + "\n"
    return line + node.children.map { outline($0, indent + "  ", under: node) }.joined()
  }
}

/// A flattened tree in a file, or the board's.
enum TreeFile {
  /// - Throws: `CommandError` for a file that cannot be read, or is no device tree.
  static func read(_ path: String?, overlays: [String] = []) throws(CommandError) -> DeviceTree {
    var tree = try path.map { (path) throws(CommandError) in
      try named(path) { (bytes) throws(DeviceTreeError) in try DeviceTree(blob: bytes) }
    } ?? PlatformTree.board()
    for overlay in overlays {
      tree = try named(overlay) { (bytes) throws(DeviceTreeError) in try tree.applying(overlay: bytes) }
    }
    return tree
  }

  /// Reads a file; what is wrong with it has its name in front.
  private static func named(
    _ path: String, _ decode: ([UInt8]) throws(DeviceTreeError) -> DeviceTree
  ) throws(CommandError) -> DeviceTree {
    let bytes = Array(try InputFile.bytes(at: path))
    do throws(DeviceTreeError) { return try decode(bytes) } catch { throw CommandError("\(path): \(error)") }
  }
}
