/// A JSON value.
indirect enum JSON: Codable, Hashable {
  case null
  case bool(Bool)
  case number(UInt64)
  case negative(Int64)
  case text(String)
  case array([JSON])
  case object([String: JSON])

  init(from decoder: any Decoder) throws {
    let value = try decoder.singleValueContainer()
    if value.decodeNil() {
      self = .null
    } else if let bool = try? value.decode(Bool.self) {
      self = .bool(bool)
    } else if let number = try? value.decode(UInt64.self) {
      self = .number(number)
    } else if let number = try? value.decode(Int64.self) {
      self = .negative(number)
    } else if let text = try? value.decode(String.self) {
      self = .text(text)
    } else if let array = try? value.decode([JSON].self) {
      self = .array(array)
    } else {
      self = .object(try value.decode([String: JSON].self))
    }
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .null: try container.encodeNil()
    case .bool(let bool): try container.encode(bool)
    case .number(let number): try container.encode(number)
    case .negative(let number): try container.encode(number)
    case .text(let text): try container.encode(text)
    case .array(let array): try container.encode(array)
    case .object(let object): try container.encode(object)
    }
  }

  /// A way from the root to a value within.
  enum Step: Hashable {
    case key(String)
    case index(Int)
  }

  /// Every value within, the root excepted, with the way to it.
  func nodes(_ path: [Step] = []) -> [(path: [Step], value: JSON)] {
    let inner: [([Step], JSON)] =
      switch self {
      case .array(let values): values.enumerated().map { (path + [.index($0)], $1) }
      case .object(let values): values.sorted { $0.key < $1.key }.map { (path + [.key($0.key)], $0.value) }
      case .null, .bool, .number, .negative, .text: []
      }
    return inner.flatMap { path, value in [(path: path, value: value)] + value.nodes(path) }
  }

  /// The same with another value at the end of a way; nil takes it out.
  func replacing(_ path: ArraySlice<Step>, with value: JSON?) -> JSON {
    guard let step = path.first else { return value ?? .null }
    let isLast = path.count == 1
    switch (self, step) {
    case (.array(var values), .index(let index)):
      if isLast, value == nil {
        values.remove(at: index)
      } else {
        values[index] = values[index].replacing(path.dropFirst(), with: value)
      }
      return .array(values)
    case (.object(var values), .key(let key)):
      values[key] = isLast && value == nil ? nil : values[key]?.replacing(path.dropFirst(), with: value)
      return .object(values)
    default: return self
    }
  }
}

extension [JSON.Step] {
  /// What kind of place it is: the way without the numbers of elements.
  var kind: String { map { if case .key(let key) = $0 { key } else { "#" } }.joined(separator: ".") }
}
