/// On which line of a `layout.json` each named thing begins.
struct LineIndex {
  private var lines: [String: Int] = [:]

  init(_ text: String) {
    var scanner = JSONScanner(text)
    index(scanner.value(), under: "", in: "")
  }

  /// The line of a place as a diff writes it, or of what is around it; 1 if nothing is known.
  func line(of place: String) -> Int {
    var words = place.split(separator: ".").map(String.init)
    if let section = Self.sections[words.first ?? ""] { words[0] = section }
    while !words.isEmpty {
      let name = words.joined(separator: ".")
      if let line = lines[name] ?? lines["numbers.\(name)"] { return line }
      words.removeLast()
    }
    return 1
  }

  /// Sections of the file that a diff calls otherwise.
  private static let sections = ["attributes": "attributeSets", "queues": "kinds"]

  /// Notes what has a name: by the names around it, and by the array that it is in.
  private mutating func index(_ node: JSONScanner.Node, under path: String, in section: String) {
    for (key, child) in node.members { index(child, under: path, in: key) }
    for element in node.elements {
      guard let name = element.name else { continue }
      for key in [path.isEmpty ? name : "\(path).\(name)", "\(section).\(name)"] where lines[key] == nil {
        lines[key] = element.line
      }
      let inner = section == "attributeSets" ? "\(section).\(name)" : path.isEmpty ? name : "\(path).\(name)"
      index(element, under: inner, in: section)
    }
  }
}

/// Reads JSON that is known to be sound, for where things stand in it.
struct JSONScanner {
  /// An object or an array; what is neither has no content.
  struct Node {
    let line: Int
    var name: String?
    var members: [(key: String, node: Node)] = []
    var elements: [Node] = []
  }

  private let bytes: [UInt8]
  private var offset = 0
  private var line = 1

  init(_ text: String) { bytes = Array(text.utf8) }

  /// The value that comes next.
  mutating func value() -> Node {
    var node = Node(line: 1)
    switch next() {
    case UInt8(ascii: "{"):
      node = Node(line: line)
      advance()
      while let byte = next(), byte == UInt8(ascii: "\"") {
        let key = string()
        if next() == UInt8(ascii: ":") { advance() }
        if key == "name" || key == "id", next() == UInt8(ascii: "\"") {
          node.name = string()
        } else {
          node.members.append((key, value()))
        }
        if next() == UInt8(ascii: ",") { advance() }
      }
      advance()
    case UInt8(ascii: "["):
      node = Node(line: line)
      advance()
      while let byte = next(), byte != UInt8(ascii: "]") {
        let before = offset
        node.elements.append(value())
        if next() == UInt8(ascii: ",") { advance() }
        if offset == before { advance() }
      }
      advance()
    case UInt8(ascii: "\""): _ = string()
    default:
      while let byte = next(), ![UInt8(ascii: ","), UInt8(ascii: "]"), UInt8(ascii: "}")].contains(byte) { advance() }
    }
    return node
  }

  /// The next byte that is no blank.
  private mutating func next() -> UInt8? {
    while offset < bytes.count, [0x20, 0x0a, 0x0d, 0x09].contains(bytes[offset]) { advance() }
    return offset < bytes.count ? bytes[offset] : nil
  }

  private mutating func advance() {
    if offset < bytes.count, bytes[offset] == 0x0a { line += 1 }
    offset += 1
  }

  /// A string, without its quotation marks; escapes stay as they are.
  private mutating func string() -> String {
    advance()
    let start = offset
    while offset < bytes.count, bytes[offset] != UInt8(ascii: "\"") {
      if bytes[offset] == UInt8(ascii: "\\") { advance() }
      advance()
    }
    let end = min(offset, bytes.count)
    advance()
    return String(decoding: bytes[min(start, end)..<end], as: UTF8.self)
  }
}
