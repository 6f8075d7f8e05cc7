/// Makes up chains that obey the grammar: every choice random, every length, count and condition right.
///
/// What it makes is what a correct driver or device could send, so that parsers can be tried on it.
public struct ChainSampler {
  private let layout: Layout
  private let command: Layout.Command
  private let bigEndianGuest: Bool
  /// Values of what neither side sends but both know.
  private let context: UInt64
  private var random: SplitMix
  private var area: [UInt8] = []
  /// Bytes at the end of the area that are room of which nothing is used: nobody writes them.
  private var unused = 0
  /// Fields that say how long or how many, and how much that may be.
  private var amounts: [Layout.Reference: Int] = [:]
  /// Values that conditions ask for.
  private var wanted: [Layout.Reference: [UInt64]] = [:]

  /// What the device reads and what it writes.
  public struct Chain: Hashable, Sendable {
    public var readable: [UInt8]
    public var writable: [UInt8]
  }

  public init(_ command: Layout.Command, of layout: Layout, bigEndianGuest: Bool, context: UInt64 = 0, seed: UInt64) {
    self.layout = layout
    self.command = command
    self.bigEndianGuest = bigEndianGuest
    self.context = context
    random = SplitMix(seed: seed)
    for part in (command.readable + command.writable).flatMap({ $0.descendants(in: layout) }) { note(part) }
  }

  /// The next chain.
  public mutating func next() -> Chain {
    var scope = SampleScope()
    area = []
    appendArea(command.readable, &scope, codes: command.codes)
    let readable = area
    area = []
    scope.beginArea(reading: readable)
    unused = 0
    appendArea(command.writable, &scope)
    area.removeLast(unused)
    return Chain(readable: readable, writable: area)
  }

  /// What stands behind slack is made first, since the rest may depend on it, and then moved to the end.
  private mutating func appendArea(_ parts: [Layout.Part], _ scope: inout SampleScope, codes: [Layout.Number] = []) {
    let (head, tail) = parts.atSlack
    for part in tail { append(part, &scope) }
    let moved = area.count
    for (index, part) in head.enumerated() { append(part, &scope, codes: index == 0 ? codes : []) }
    guard moved > 0 else { return }
    area = Array(area[moved...] + area[..<moved])
    unused = 0
    scope.rotate(by: moved, of: area.count)
  }

  private mutating func note(_ part: Layout.Part) {
    switch part {
    case .bytes(_, .field(let reference, let limit), _): amounts[reference] = min(limit, amounts[reference] ?? 40)
    case .repeated(_, let count, _): amounts[count] = 3
    case .optional(let condition, _): note(condition)
    case .structure, .bytes, .measured, .group, .attributes, .slack: break
    }
  }

  private mutating func note(_ condition: Layout.Condition) {
    switch condition {
    case .equals(let reference, let value): wanted[reference, default: []].append(value)
    case .context: break
    case .all(let conditions), .any(let conditions): for condition in conditions { note(condition) }
    }
  }

  private mutating func append(_ part: Layout.Part, _ scope: inout SampleScope, codes: [Layout.Number] = []) {
    switch part {
    case .structure(let name): append(structure: name, &scope, codes: codes)
    case .bytes(_, .field(let reference, _), _):
      append(bytes: Int(value(reference, scope)), measuredBy: reference, scope)
    case .bytes(_, .rest, _): append(bytes: Int.random(in: 0...40, using: &random))
    case .slack: break
    case .optional(let condition, let inner): if holds(condition, scope) { append(inner, &scope) }
    case .repeated(let name, let count, let parts):
      for index in 0..<Int(value(count, scope)) {
        var inner = scope.entering(name, index, counter: count)
        for part in parts { append(part, &inner) }
        scope.leave(name, index, inner)
      }
    case .measured(let reference, let parts):
      let start = area.count
      for part in parts { append(part, &scope) }
      if let (field, _) = layout.resolve(reference), case .here(let offset)? = scope.place(of: reference.structure) {
        field.set(UInt64(area.count - start), in: &area, at: offset, bigEndianGuest: bigEndianGuest)
      }
    case .group(let name): for part in layout.group(name)?.parts ?? [] { append(part, &scope) }
    case .attributes(let name): if let set = layout.attributeSet(name) { append(set, &scope) }
    }
  }

  private mutating func append(bytes count: Int) {
    for _ in 0..<count { area.append(UInt8.random(in: 0...255, using: &random)) }
  }

  private mutating func append(_ set: Layout.AttributeSet, _ scope: inout SampleScope) {
    guard let header = layout.structure(set.header) else { return }
    for attribute in set.attributes where Bool.random(using: &random) {
      let start = area.count
      area += [UInt8](repeating: 0, count: header.size)
      for part in attribute.parts { append(part, &scope) }
      let length = area.count - start - header.size
      header.fields[0].set(attribute.type.value, in: &area, at: start, bigEndianGuest: bigEndianGuest)
      header.fields[1].set(UInt64(length), in: &area, at: start, bigEndianGuest: bigEndianGuest)
      while (area.count - start) % set.alignment != 0 { area.append(0) }
    }
  }

  private mutating func append(structure name: String, _ scope: inout SampleScope, codes: [Layout.Number]) {
    guard let structure = layout.structure(name) else { return }
    unused = 0
    let start = area.count
    area += [UInt8](repeating: 0, count: structure.size)
    for (index, field) in structure.fields.enumerated() {
      let code = index < codes.count ? codes[index].value : scope.isCounter(field.name, of: name) ? 0 : nil
      for element in 0..<(field.count ?? 1) {
        let value = code ?? sample(field, of: name)
        field.set(value, in: &area, at: start, element: element, bigEndianGuest: bigEndianGuest)
      }
    }
    scope.bind(name, at: start)
    for bound in structure.bounds where scope.place(of: bound.limit.structure) != nil { keep(bound, scope) }
  }

  /// Bytes of which another field may say that not all of them are used; the others are zero.
  private mutating func append(bytes count: Int, measuredBy length: Layout.Reference, _ scope: SampleScope) {
    let used = layout.structures.flatMap(\.bounds).first { bound in
      guard case .here? = scope.place(of: bound.terms[0].structure) else { return false }
      return bound.limit == length && bound.terms.count == 1
    }
    let filled = used.map { min(count, Int(value($0.terms[0], scope))) } ?? count
    append(bytes: filled)
    area += [UInt8](repeating: 0, count: count - filled)
    unused = (filled > 0 ? 0 : unused) + count - filled
  }

  /// Gives the fields that a bound speaks of values that keep to it.
  private mutating func keep(_ bound: Layout.Bound, _ scope: SampleScope) {
    var left = bound.condition.map { holds($0, scope) } == false ? 0 : value(bound.limit, scope)
    for term in bound.terms {
      guard let (field, _) = layout.resolve(term), case .here(let start)? = scope.place(of: term.structure) else {
        continue
      }
      // A length or count stays small enough to be written out, even if nothing but a large number bounds it.
      let most = amounts[term].map { min(left, UInt64($0)) } ?? left
      let value = UInt64.random(in: 0...most, using: &random)
      left -= value
      field.set(value, in: &area, at: start, bigEndianGuest: bigEndianGuest)
    }
  }

  /// A value that the field may have.
  private mutating func sample(_ field: Layout.Field, of structure: String) -> UInt64 {
    let reference = Layout.Reference(structure: structure, field: field.name)
    let least = field.least ?? 0
    if let most = amounts[reference] { return UInt64.random(in: least...max(least, UInt64(most)), using: &random) }
    let any = UInt64.random(in: least...(field.most ?? .max >> UInt64(64 - 8 * field.width)), using: &random)
    switch field.type {
    case .reserved: return 0
    case .number, .structure: return pick(wanted[reference]) ?? any
    case .code(let enumeration):
      return pick(wanted[reference]) ?? layout.enumeration(enumeration)?.numbers.randomElement(using: &random)?.value
        ?? any
    case .bits(let name):
      return (layout.bitLayout(name)?.ranges ?? []).reduce(0) { value, range in
        if range.isReserved { return value }
        let bits = Layout.Reference(structure: structure, field: field.name, bits: range.name)
        let amount = amounts[bits].map { UInt64.random(in: 0...UInt64($0), using: &random) }
        let code = range.enumeration.flatMap { layout.enumeration($0)?.numbers.randomElement(using: &random)?.value }
        return value | ((pick(wanted[bits]) ?? amount ?? code).map { $0 << UInt64(range.low) } ?? any) & range.mask
      }
    }
  }

  /// Half of the time, one of the values.
  private mutating func pick(_ values: [UInt64]?) -> UInt64? {
    Bool.random(using: &random) ? values?.randomElement(using: &random) : nil
  }

  private func holds(_ condition: Layout.Condition, _ scope: SampleScope) -> Bool {
    switch condition {
    case .equals(let reference, let value): self.value(reference, scope) == value
    case .context(_, let value, _): context == value
    case .all(let conditions): conditions.allSatisfy { holds($0, scope) }
    case .any(let conditions): conditions.contains { holds($0, scope) }
    }
  }

  private func value(_ reference: Layout.Reference, _ scope: SampleScope) -> UInt64 {
    guard let (field, bits) = layout.resolve(reference), let place = scope.place(of: reference.structure) else {
      return 0
    }
    let bytes =
      switch place {
      case .here(let offset): area[offset...]
      case .before(let offset): scope.earlier[offset...]
      }
    let value = field.value(in: bytes, bigEndianGuest: bigEndianGuest)
    return bits.map { (value & $0.mask) >> UInt64($0.low) } ?? value
  }
}

/// Where the structures that a part can refer to stand.
struct SampleScope {
  /// An offset in the area that is being made, or in the one before it.
  enum Place {
    case here(Int)
    case before(Int)
  }

  private var places: [String: Place] = [:]
  private var repetitions: [String: [Int: [String: Place]]] = [:]
  private(set) var earlier: [UInt8] = []
  private var counter: Layout.Reference?

  func place(of structure: String) -> Place? { places[structure] }

  mutating func bind(_ structure: String, at offset: Int) { places[structure] = .here(offset) }

  /// Whether a field counts the repetition around it, in which it is 0.
  func isCounter(_ field: String, of structure: String) -> Bool {
    counter?.structure == structure && counter?.field == field
  }

  func entering(_ repetition: String, _ index: Int, counter: Layout.Reference) -> SampleScope {
    var inner = self
    inner.counter = counter
    inner.places.merge(repetitions[repetition]?[index] ?? [:]) { $1 }
    return inner
  }

  mutating func leave(_ repetition: String, _ index: Int, _ inner: SampleScope) {
    repetitions[repetition, default: [:]][index] = inner.places
  }

  mutating func beginArea(reading bytes: [UInt8]) {
    earlier = bytes
    places = places.mapValues(Self.moved)
    repetitions = repetitions.mapValues { $0.mapValues { $0.mapValues(Self.moved) } }
  }

  /// The first `count` of an area's bytes were moved to its end.
  mutating func rotate(by count: Int, of size: Int) {
    places = places.mapValues { place in
      if case .here(let offset) = place { .here((offset + size - count) % size) } else { place }
    }
  }

  private static func moved(_ place: Place) -> Place {
    if case .here(let offset) = place { .before(offset) } else { place }
  }
}
