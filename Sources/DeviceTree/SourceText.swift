extension DeviceTree {
  /// The tree as source that `dtc` takes and people read.
  public var source: String {
    let reserved = reservations.map { range in
      "/memreserve/ 0x\(String(range.address, radix: 16)) 0x\(String(range.size, radix: 16));\n"
    }
    return "/dts-v1/;\n" + reserved.joined() + "\n" + Self.text(root, depth: 0)
  }

  private static func text(_ node: Node, depth: Int) -> String {
    let indent = String(repeating: "\t", count: depth)
    let body =
      node.properties.map { indent + "\t" + text($0) + "\n" }.joined()
      + node.children.map { "\n" + text($0, depth: depth + 1) }.joined()
    return indent + (node.name.isEmpty ? "/" : node.name) + " {\n" + body + indent + "};\n"
  }

  private static func text(_ property: Property) -> String {
    if property.bytes.isEmpty { return property.name + ";" }
    return property.name + " = " + value(property) + ";"
  }

  /// Strings where every byte could be one's, else cells, else bytes.
  private static func value(_ property: Property) -> String {
    if let strings = property.strings, strings.allSatisfy(isPrintable) {
      return strings.map { "\"\($0)\"" }.joined(separator: ", ")
    }
    if let cells = property.cells { return "<" + cells.map(hex).joined(separator: " ") + ">" }
    return "[" + property.bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined(separator: " ") + "]"
  }

  private static func isPrintable(_ string: String) -> Bool {
    let escaped = [UInt8(ascii: "\""), UInt8(ascii: "\\")]
    return !string.isEmpty && string.utf8.allSatisfy { (0x20..<0x7f).contains($0) && !escaped.contains($0) }
  }

  private static func hex(_ cell: UInt32) -> String { "0x" + String(cell, radix: 16) }
}
