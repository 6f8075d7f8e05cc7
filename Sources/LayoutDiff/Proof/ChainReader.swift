import Model

/// Reads a chain by the grammar of one layout: what a careful device, or a forgiving driver, does.
struct ChainReader {
  let index: LayoutIndex
  let bigEndianGuest: Bool
  /// Values of what neither side sends but both know.
  let context: UInt64
  /// Whether unknown attributes and codes are passed over, as a driver does with what it did not ask for.
  let isForgiving: Bool

  private(set) var transcript = Transcript()
  private var bytes: [UInt8] = []
  private var position = 0
  /// The attribute that is being read.
  private var attribute: String?
  private var occurrences: [Transcript.Piece.Identity: Int] = [:]

  init(_ index: LayoutIndex, bigEndianGuest: Bool, context: UInt64, isForgiving: Bool) {
    self.index = index
    self.bigEndianGuest = bigEndianGuest
    self.context = context
    self.isForgiving = isForgiving
  }

  /// How many bytes before and behind the place where reading ended are shown.
  private static let shown = 16

  /// Ends the reading of an area.
  private struct Stop: Error {
    let reason: String
  }

  /// Reads an area; `scope` keeps what later areas refer to.
  mutating func read(_ parts: [Layout.Part], _ area: [UInt8], _ scope: inout ReadScope) -> Transcript {
    bytes = area
    position = 0
    transcript = Transcript()
    attribute = nil
    occurrences = [:]
    do throws(Stop) {
      try read(parts, &scope, end: area.count)
      if position < area.count {
        throw Stop(reason: "finds \(area.count - position) bytes too many, from \(position) on")
      }
    } catch {
      // What is wanted is beyond the end, what is wrong was read just before.
      let around = max(0, min(position, area.count) - Self.shown)..<min(area.count, position + Self.shown)
      transcript.failure = Observation(text: error.reason, range: around)
    }
    return transcript
  }

  private mutating func read(_ parts: [Layout.Part], _ scope: inout ReadScope, end: Int) throws(Stop) {
    let (head, tail) = parts.atSlack
    guard tail.isEmpty else {
      // What stands at the end is read first: the rest may depend on it.
      let start = position
      let border = max(start, end - fixedSize(tail))
      position = border
      try read(Array(tail), &scope, end: end)
      position = start
      try read(Array(head), &scope, end: border)
      position = end
      return
    }
    for (number, part) in parts.enumerated() {
      if case .bytes(let name, .rest, _) = part {
        try run(name, max(0, end - fixedSize(parts[(number + 1)...]) - position), end: end)
      } else {
        try read(part, &scope, end: end)
      }
    }
  }

  private mutating func read(_ part: Layout.Part, _ scope: inout ReadScope, end: Int) throws(Stop) {
    switch part {
    case .structure(let name): try structure(name, &scope, end: end)
    case .bytes(let name, .field(let reference, let limit), _):
      let count = scope.value(reference, index)
      // Room that an earlier area gave is filled as far as is needed: behind the last bytes nothing is written.
      // Who asked for the room knows how much it is.
      let isRoom = !transcript.structures.contains { $0.name == reference.structure }
      guard count <= UInt64(limit) || isRoom && isForgiving else {
        throw Stop(reason: "finds \(reference) \(count) above the limit of \(limit)")
      }
      try run(name, isRoom ? min(Int(clamping: count), end - position) : Int(count), end: end)
    case .bytes(let name, .rest, _): try run(name, end - position, end: end)
    case .slack:
      transcript.room = end - position
      position = end
    case .optional(let condition, let inner): if holds(condition, scope) { try read([inner], &scope, end: end) }
    case .repeated(let name, let reference, let parts):
      let count = scope.value(reference, index)
      for turn in 0..<Int(min(count, UInt64(bytes.count + 1))) {
        var inner = scope.entering(name, turn)
        try read(parts, &inner, end: end)
        scope.leave(name, turn, inner)
      }
    case .measured(let reference, let parts):
      let length = scope.value(reference, index)
      guard length <= UInt64(end - position) else {
        throw Stop(reason: "finds \(reference) \(length) where \(end - position) bytes follow")
      }
      let inner = position + Int(length)
      try read(parts, &scope, end: inner)
      guard position == inner else {
        throw Stop(reason: "finds \(inner - position) bytes that \(reference) counts too many")
      }
    case .group(let name): try read(index.groups[name]?.parts ?? [], &scope, end: end)
    case .attributes(let name): if let set = index.attributeSets[name] { try read(set, &scope, end: end) }
    }
  }

  private mutating func read(_ set: Layout.AttributeSet, _ scope: inout ReadScope, end: Int) throws(Stop) {
    guard let header = index.structures[set.header], header.fields.count > 1 else { return }
    while position < end {
      let start = position
      try need(header.size, set.header, end: end)
      let slice = bytes[start...]
      let type = header.fields[0].value(in: slice, bigEndianGuest: bigEndianGuest)
      let length = header.fields[1].value(in: slice, bigEndianGuest: bigEndianGuest)
      position += header.size
      guard length <= UInt64(end - position) else {
        throw Stop(reason: "finds attribute \(type) at \(start) of \(length) bytes, beyond the end")
      }
      let inner = position + Int(length)
      if let known = set.attributes.first(where: { $0.type.value == type }) {
        attribute = known.name
        try read(known.parts, &scope, end: inner)
        attribute = nil
        guard position == inner else {
          throw Stop(reason: "finds \(inner - position) bytes too many in attribute \(known.name)")
        }
      } else if !isForgiving, !set.ignores(type) {
        throw Stop(reason: "does not know attribute \(type), at \(start)")
      }
      position = min(end, start + (inner - start + set.alignment - 1) / set.alignment * set.alignment)
    }
  }

  private func need(_ count: Int, _ name: String, end: Int) throws(Stop) {
    guard count <= end - position else {
      throw Stop(reason: "wants \(name) of \(count) bytes at \(position), where \(max(0, end - position)) are left")
    }
  }

  /// The piece of that name at the position.
  private mutating func piece(_ name: String, _ count: Int) -> Transcript.Piece {
    let first = Transcript.Piece.Identity(attribute: attribute, name: name)
    var identity = first
    identity.occurrence = occurrences[first, default: 0]
    occurrences[first, default: 0] += 1
    return Transcript.Piece(identity: identity, offset: position, count: count)
  }

  private mutating func run(_ name: String, _ count: Int, end: Int) throws(Stop) {
    try need(count, name, end: end)
    transcript.runs.append(piece(name, count))
    position += count
  }

  private mutating func structure(_ name: String, _ scope: inout ReadScope, end: Int) throws(Stop) {
    guard let structure = index.structures[name] else { throw Stop(reason: "has no structure \(name)") }
    try need(structure.size, name, end: end)
    transcript.structures.append(piece(name, structure.size))
    let check = StructureCheck(index, bigEndianGuest: bigEndianGuest)
    let range = position..<position + structure.size
    if transcript.reserved == nil {
      transcript.reserved = check.reserved(structure, bytes, at: position).map { Observation(text: $0, range: range) }
    }
    if transcript.unknown == nil, !isForgiving {
      transcript.unknown = check.unknown(structure, bytes, at: position).map { Observation(text: $0, range: range) }
    }
    scope.bind(name, bytes[position..<position + structure.size], bigEndianGuest: bigEndianGuest)
    position += structure.size
  }

  /// Bytes of parts of fixed size.
  private func fixedSize(_ parts: ArraySlice<Layout.Part>) -> Int {
    parts.reduce(0) { sum, part in
      if case .structure(let name) = part { sum + (index.structures[name]?.size ?? 0) } else { sum }
    }
  }

  private func holds(_ condition: Layout.Condition, _ scope: ReadScope) -> Bool {
    switch condition {
    case .equals(let reference, let value): scope.value(reference, index) == value
    case .context(_, let value, _): context == value
    case .all(let conditions): conditions.allSatisfy { holds($0, scope) }
    case .any(let conditions): conditions.contains { holds($0, scope) }
    }
  }
}
