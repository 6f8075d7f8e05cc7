import Wire

/// Cuts bytes into the parts that rules name.
struct ChainParser {
  private let arena: Arena
  private let guest: ByteOrder
  /// What neither side sends but both know.
  private let context: UInt64
  private var offset: Int
  private var end: Int
  /// What was taken so far, for whoever wants to know what stands where.
  private var taken: [(place: Range<Int>, message: any Message.Type)]?

  /// Parses all of `arena`'s bytes from `start` on.
  ///
  /// - Parameter outer: parts of the chain that came before, to which the rules may refer.
  /// - Throws: `Rejection.malformed`, `.unknownAttribute`.
  static func parse(
    _ rules: [Rule], in arena: Arena, from start: Int = 0, seeing outer: Parts? = nil, guest: ByteOrder,
    context: UInt64 = 0
  ) throws(Rejection) -> Parts {
    let (parts, end) = try parsePrefix(rules, in: arena, from: start, seeing: outer, guest: guest, context: context)
    guard end == arena.count else { throw .malformed(offset: end) }
    return parts
  }

  /// Parses what the rules say; the parts, and where they end.
  static func parsePrefix(
    _ rules: [Rule], in arena: Arena, from start: Int = 0, seeing outer: Parts? = nil, guest: ByteOrder,
    context: UInt64 = 0
  ) throws(Rejection) -> (parts: Parts, end: Int) {
    var parser = ChainParser(arena: arena, guest: guest, context: context, offset: start, end: arena.count)
    var parts = outer ?? Parts(in: arena, guest: guest)
    try parser.parse(rules, into: &parts)
    return (parts, parser.offset)
  }

  /// The message that has the byte at an offset, and where it starts; nil where none has it, or none is found because
  /// the bytes contradict the rules before.
  static func message(
    ofByte offset: Int, _ rules: [Rule], in arena: Arena, guest: ByteOrder
  ) -> (start: Int, message: any Message.Type)? {
    var parser = ChainParser(arena: arena, guest: guest, context: 0, offset: 0, end: arena.count, taken: [])
    var parts = Parts(in: arena, guest: guest)
    try? parser.parse(rules, into: &parts)
    return parser.taken?.first { $0.place.contains(offset) }.map { ($0.place.lowerBound, $0.message) }
  }

  private mutating func parse(_ rules: [Rule], into parts: inout Parts) throws(Rejection) {
    if let slack = rules.firstIndex(where: \.isSlack), slack < rules.count - 1 {
      try parse(Array(rules[...slack]), before: rules[(slack + 1)...], into: &parts)
      return
    }
    for (index, rule) in rules.enumerated() {
      try parse(rule, into: &parts) { Rule.minimum(rules[(index + 1)...]) }
    }
  }

  /// Parses what stands at the end first: what stands before it may depend on it.
  private mutating func parse(
    _ rules: [Rule], before tail: ArraySlice<Rule>, into parts: inout Parts
  ) throws(Rejection) {
    let (start, border) = (offset, end - Rule.minimum(tail))
    guard border >= start else { throw .malformed(offset: end) }
    offset = border
    try parse(Array(tail), into: &parts)
    let last = offset
    (offset, end) = (start, border)
    try parse(rules, into: &parts)
    (offset, end) = (last, last)
  }

  private mutating func parse(_ rule: Rule, into parts: inout Parts, following: () -> Int) throws(Rejection) {
    switch rule {
    case .message(let schema): parts.messages[schema.name] = try take(schema)
    case .bytes(let name, .field(let source, let limit)):
      let count = value(source, parts)
      guard count <= UInt64(limit) else { throw .malformed(offset: offset) }
      parts.setBytes(name, at: try take(Int(count)))
    case .bytes(let name, .rest): parts.setBytes(name, at: try take(max(end - offset - following(), 0)))
    case .optional(let test, let rule): if holds(test, parts) { try parse(rule, into: &parts, following: following) }
    case .repeated(let name, let source, let rules):
      let earlier = parts.repetitions(name)
      var repetitions: [Parts] = []
      for index in 0..<value(source, parts) {
        var inner = index < earlier.count ? earlier[Int(index)] : parts.makeInner()
        try parse(rules, into: &inner)
        repetitions.append(inner)
      }
      parts.setRepetitions(name, repetitions)
    case .measured(let source, let fromStart, let rules):
      try parse(rules, measuredBy: source, from: fromStart ? 0 : offset, into: &parts)
    case .attributes(let rules): try parse(rules, into: &parts)
    case .slack: offset = max(offset, end - following())
    }
  }

  private mutating func parse(
    _ rules: [Rule], measuredBy source: Source, from start: Int, into parts: inout Parts
  ) throws(Rejection) {
    let count = value(source, parts)
    guard (UInt64(offset - start)...UInt64(end - start)).contains(count) else { throw .malformed(offset: end) }
    let outerEnd = end
    end = start + Int(count)
    try parse(rules, into: &parts)
    guard offset == end else { throw .malformed(offset: offset) }
    end = outerEnd
  }

  private mutating func parse(_ rules: AttributeRules, into parts: inout Parts) throws(Rejection) {
    while offset < end {
      let start = offset
      let header = try take(rules.header)
      let type = rules.type.load(from: arena.bytes, at: header.lowerBound, guest: guest)
      let length = Int(rules.length.load(from: arena.bytes, at: header.lowerBound, guest: guest))
      guard length <= end - offset else { throw .malformed(offset: offset) }
      let outerEnd = end
      end = offset + length
      if let inner = rules.attributes[type] {
        guard parts.attribute(number: type) == nil else { throw .malformed(offset: start) }
        var attribute = parts.makeInner()
        try parse(inner, into: &attribute)
        guard offset == end else { throw .malformed(offset: offset) }
        parts.setAttribute(number: type, attribute)
      } else {
        guard type & rules.ignorable != 0 else { throw .unknownAttribute(Int(type)) }
        offset = end
      }
      end = outerEnd
      let filling = try take((rules.alignment - length % rules.alignment) % rules.alignment)
      if let bad = filling.first(where: { arena.bytes.load(UInt8.self, at: $0, .little) != 0 }) {
        throw .malformed(offset: bad)
      }
    }
  }

  /// Takes a message whose reserved bits are zero.
  private mutating func take(_ schema: Schema) throws(Rejection) -> Range<Int> {
    let range = try take(schema.message.byteCount)
    taken?.append((range, schema.message))
    for source in schema.reserved where source.load(from: arena.bytes, at: range.lowerBound, guest: guest) != 0 {
      throw .malformed(offset: range.lowerBound + source.offset)
    }
    return range
  }

  private mutating func take(_ count: Int) throws(Rejection) -> Range<Int> {
    guard count <= end - offset else { throw .malformed(offset: end) }
    defer { offset += count }
    return offset..<offset + count
  }

  private func value(_ source: Source, _ parts: Parts) -> UInt64 {
    guard let message = parts.messages[source.message] else { preconditionFailure("no \(source.message) here") }
    return source.load(from: arena.bytes, at: message.lowerBound, guest: guest)
  }

  private func holds(_ test: Rule.Test, _ parts: Parts) -> Bool {
    switch test {
    case .equals(let source, let value): self.value(source, parts) == value
    case .context(let value): context == value
    case .all(let tests): tests.allSatisfy { holds($0, parts) }
    case .any(let tests): tests.contains { holds($0, parts) }
    }
  }
}
