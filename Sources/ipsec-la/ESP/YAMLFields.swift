import ESP
import Yams

/// One mapping of the file, whose fields are looked up by name.
struct YAMLFields {
  let path: String
  let mapping: Node.Mapping
  let mark: Mark?

  subscript(_ name: String) -> Node? { mapping[Node(name)] }

  func checkNames(_ known: [String]) throws {
    for (node, _) in mapping where !known.contains(node.string ?? "") {
      let line = (node.mark ?? mark)?.line ?? 1
      let name = (node.string ?? "?").withoutKeys
      throw CommandError("\(path):\(line): \(name): unknown field; known are " + known.joined(separator: ", "))
    }
  }

  func required(_ name: String) throws -> Node {
    guard let node = self[name] else { throw error(name, "is missing") }
    return node
  }

  func string(_ name: String) throws -> String {
    let node = try required(name)
    guard let text = node.string else { throw error(name, "is not a plain value") }
    return text
  }

  func integer<T: FixedWidthInteger>(_ name: String, _ type: T.Type) throws -> T? {
    guard let node = self[name] else { return nil }
    guard let text = node.string, let value = T(number: text) else {
      let text = node.string.map { "'\($0.withoutKeys)' " } ?? ""
      throw error(name, "\(text)is not a number within \(T.min) to \(T.max)")
    }
    return value
  }

  func flag(_ name: String) throws -> Bool? {
    guard let node = self[name] else { return nil }
    guard let value = node.bool else { throw error(name, "is neither true nor false") }
    return value
  }

  func choice<T: RawRepresentable>(_ name: String, _ all: [T]) throws -> T where T.RawValue == String {
    let text = try string(name)
    guard let value = T(rawValue: text) else {
      throw error(name, "\(text.withoutKeys) is none of \(all.map(\.rawValue).joined(separator: ", "))")
    }
    return value
  }

  func address(_ name: String) throws -> IPAddress? {
    guard self[name] != nil else { return nil }
    let text = try string(name)
    guard let address = IPAddress(text) else { throw error(name, "'\(text.withoutKeys)' is no IP address") }
    return address
  }

  /// A key or salt in hexadecimal digits. What is wrong with it is said without showing it.
  func key(_ name: String) throws -> Key? {
    guard self[name] != nil else { return nil }
    guard let bytes = [UInt8](hexadecimal: try string(name)) else {
      throw error(name, "is not an even number of hexadecimal digits after 0x")
    }
    return Key(bytes)
  }

  func fields(_ name: String) throws -> YAMLFields? {
    guard let node = self[name] else { return nil }
    guard let mapping = node.mapping else { throw error(name, "is not a mapping") }
    return YAMLFields(path: path, mapping: mapping, mark: node.mark)
  }

  /// What is wrong with a field, at its line; at the mapping's if it is missing.
  func error(_ name: String, _ what: String) -> CommandError {
    CommandError("\(path):\((self[name]?.mark ?? mark)?.line ?? 1): \(name): \(what)")
  }
}

extension String {
  /// The text for an error, with a key that stands where something else belongs left out.
  ///
  /// A few digits within a word are none: `rfc4106`.
  var withoutKeys: String {
    replacing(/[0-9A-Fa-f]{8,}/, with: "…").replacing(/(\b|0x)[0-9A-Fa-f]{6,}/) { "\($0.output.1)…" }
  }
}

extension FixedWidthInteger {
  /// A decimal number, or a hexadecimal one after `0x`.
  init?(number text: String) {
    let isHexadecimal = text.hasPrefix("0x")
    self.init(isHexadecimal ? text.dropFirst(2) : text[...], radix: isHexadecimal ? 16 : 10)
  }
}

extension [UInt8] {
  /// Bytes as an even number of hexadecimal digits after `0x`.
  init?(hexadecimal text: String) {
    guard text.hasPrefix("0x") else { return nil }
    let digits = text.dropFirst(2).map(\.hexDigitValue)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! << 4 | digits[$0 + 1]!) }
  }
}
