import Model

/// Looks up each name of ours in a foreign definition.
struct DriftComparison {
  let layout: Layout
  let foreign: ForeignDefinition
  let names: [String: String]
  private(set) var findings: [Drift.Finding] = []
  private(set) var compared = 0
  private(set) var unseen = 0
  private(set) var unordered = 0
  private(set) var maps: [ByteMap] = []
  /// Numbers and structures of theirs that are like one of ours.
  private var known: Set<String> = []
  /// Members of theirs that are like something in the structure that is compared, and the bits that they take.
  private var met: (names: Set<String>, bits: [Range<Int>]) = ([], [])

  init(layout: Layout, foreign: ForeignDefinition, names: [String: String]) {
    self.layout = layout
    self.foreign = foreign
    self.names = names
  }

  mutating func compareValues() {
    let theirs = LooseNames(Array(foreign.values.keys) + Array(foreign.texts.keys), prefix: layout.prefix)
    for (name, value, isFeature) in layout.ownNumbers {
      let found = names[name].map { [$0] } ?? theirs.like(name)
      known.formUnion(found)
      guard found.count == 1, foreign.values[found[0]] != nil || foreign.texts[found[0]] != nil else {
        if foreign.hasMacros || !found.isEmpty { missing(name, "\(value)", found) } else { unseen += 1 }
        continue
      }
      guard let other = foreign.values[found[0]] else {
        note(.text, name, "\(value)", foreign.texts[found[0]] ?? "", as: found[0])
        continue
      }
      compared += 1
      guard value != other else { continue }
      let isMask = isFeature && value < 64 && other == 1 << value
      note(isMask ? .mask : .value, name, "\(value)", "\(other)", as: found[0])
    }
    for (name, value) in layout.derivedNumbers {
      let found = theirs.like(name).filter { theirs.isPrefixed($0) && !known.contains($0) }
      guard found.count == 1, let other = foreign.values[found[0]] else { continue }
      known.insert(found[0])
      compared += 1
      if value != other { note(.value, name, "\(value)", "\(other)", as: found[0]) }
    }
  }

  mutating func compareStructures() {
    let theirs = LooseNames(foreign.structures.keys, prefix: layout.prefix)
    for structure in layout.structures {
      let tags = names[structure.name].map { [$0] } ?? theirs.like(structure.name)
      known.formUnion(tags)
      guard tags.count == 1, let other = foreign.structures[tags[0]] else {
        missing(structure.name, structure.size.counted("byte"), tags)
        continue
      }
      compared += 1
      if structure.size != other.size {
        note(.size, structure.name, structure.size.counted("byte"), other.size.counted("byte"), as: tags[0])
      }
      met = ([], [])
      for field in structure.fields where !field.isReserved { compare(field, of: structure, other.members) }
      noteExtras(of: structure, other)
      let hasMoved = findings.contains {
        [.size, .field, .bits, .reserved].contains($0.rule) && $0.place.prefix { $0 != "." } == structure.name
      }
      if hasMoved {
        let ours = structure.fields.map(\.cell)
        maps.append(
          ByteMap(structure.name, old: ours, size: structure.size, new: other.cells, size: other.size))
      }
    }
  }

  private mutating func compare(
    _ field: Layout.Field, of structure: Layout.Structure, _ members: [ForeignDefinition.Member]
  ) {
    let place = "\(structure.name).\(field.name)"
    // What stands where it should is meant, if a nested structure repeats a name.
    let ordered = members.filter { $0.stands(at: field.offset, size: field.size) } + members
    let found = names[place].map { [$0] } ?? LooseNames(members.map(\.name), prefix: layout.prefix).like(field.name)
    met.names.formUnion(found)
    guard found.count == 1, let member = ordered.first(where: { $0.name == found[0] }) else {
      if !compareBits(of: field, place, members) { missing(place, field.bytes, found) }
      return
    }
    compared += 1
    met.bits.append(member.bits)
    if !member.stands(at: field.offset, size: field.size) {
      note(.field, place, field.bytes, member.place, as: member.name)
    }
    guard field.isInteger, field.width > 1, member.bitWidth > 8 else { return }
    if let order = member.order {
      if order != field.order { note(.order, place, field.order.text, order.text, as: member.name) }
    } else if field.order != .guest {
      unordered += 1
    }
  }

  /// Compares bits with bit-fields; whether there are any such.
  private mutating func compareBits(
    of field: Layout.Field, _ place: String, _ members: [ForeignDefinition.Member]
  ) -> Bool {
    guard case .bits(let name) = field.type, let ranges = layout.bitLayout(name)?.ranges else { return false }
    let theirs = LooseNames(members.map(\.name), prefix: layout.prefix)
    let pairs = ranges.filter { !$0.isReserved }.map { range in (range, theirs.like(range.name)) }
    guard pairs.contains(where: { $0.1.count == 1 }) else { return false }
    for (range, found) in pairs {
      let ours = "\(range.width.counted("bit")) at bit \(field.offset * 8 + range.low)"
      guard found.count == 1, let member = members.first(where: { $0.name == found[0] }) else {
        missing("\(place).\(range.name)", ours, found)
        continue
      }
      compared += 1
      met.bits.append(member.bits)
      if member.bitOffset != field.offset * 8 + range.low || member.bitWidth != range.width {
        note(.bits, "\(place).\(range.name)", ours, member.place, as: member.name)
      }
    }
    return true
  }

  /// What only they have in a structure: a member that is like nothing of ours and no other view of what is.
  private mutating func noteExtras(of structure: Layout.Structure, _ other: ForeignDefinition.Structure) {
    for member in other.leaves where !met.names.contains(member.name) && !member.isReserved {
      guard !member.bits.isCovered(by: met.bits) else { continue }
      let reserved = layout.reserved(in: structure).first { $0.has(member) }
      note(
        reserved == nil ? .extra : .reserved, "\(structure.name).\(member.name)", reserved?.text ?? "", member.place,
        as: "")
    }
  }

  /// What only they have: numbers of our prefix, and structures of it whose members say their byte order, as what
  /// travels does. Of an object nobody knows which structures those are that a driver keeps to itself.
  mutating func noteExtras() {
    let theirs = LooseNames([], prefix: layout.prefix)
    for (name, value) in foreign.values.sorted(by: { $0.key < $1.key })
    where theirs.isPrefixed(name) && !known.contains(name) && !layout.isLimit(name, value) {
      let reserved = layout.reservedBits(name, value)
      note(reserved == nil ? .extra : .reserved, name, reserved ?? "", "\(value)", as: "")
    }
    for (tag, structure) in foreign.structures.sorted(by: { $0.key < $1.key })
    where foreign.hasMacros && theirs.isPrefixed(tag) && !known.contains(tag)
      && structure.members.contains(where: { $0.order != nil }) {
      note(.extra, tag, "", structure.size.counted("byte"), as: "")
    }
  }

  private mutating func missing(_ place: String, _ ours: String, _ alike: [String]) {
    note(.missing, place, ours, alike.count > 1 ? alike.joined(separator: " or ") : "", as: "")
  }

  /// - Parameter name: what the place is called in theirs; told where it is not called the same.
  private mutating func note(_ rule: DriftRule, _ place: String, _ ours: String, _ theirs: String, as name: String) {
    let isTold = !name.isEmpty && name != place && !place.hasSuffix("." + name) && name != "\(layout.prefix)_\(place)"
    let finding = Drift.Finding(rule: rule, place: place, ours: ours, theirs: theirs + (isTold ? " (\(name))" : ""))
    findings.append(finding)
  }
}

extension Layout.Field {
  /// `4 bytes at 16`.
  fileprivate var bytes: String { "\(size.counted("byte")) at \(offset)" }

  fileprivate var cell: ByteMap.Cell {
    ByteMap.Cell(offset: offset, size: size, text: "\(name), \(size.counted("byte"))")
  }

  fileprivate var isInteger: Bool { if case .structure = type { false } else { true } }
}

extension Layout.Order {
  fileprivate var text: String {
    switch self {
    case .little: "little-endian"
    case .big: "big-endian"
    case .guest: "the guest's"
    }
  }
}

extension ForeignDefinition.Structure {
  /// Members that are bytes, without what is within others.
  fileprivate var cells: [ByteMap.Cell] {
    members.filter { !$0.isBitField && !$0.name.contains(".") }.map {
      ByteMap.Cell(
        offset: $0.bitOffset / 8, size: $0.bitWidth / 8, text: "\($0.name), \(($0.bitWidth / 8).counted("byte"))")
    }
  }
}

extension Int {
  /// `1 byte`, `2 bytes`.
  func counted(_ word: String) -> String { "\(self) \(word)\(self == 1 ? "" : "s")" }
}
