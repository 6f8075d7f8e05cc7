import Model

/// Everything in a layout that has a name of its own.
struct NameIndex {
  private let layout: Layout
  private let entries: [Entry]

  private struct Entry {
    let kind: String
    let name: String
    let piece: () -> Piece
  }

  init(_ layout: Layout) {
    self.layout = layout
    let page = Description(layout)
    func entries<Value: Encodable & Sendable>(
      _ kind: String, _ values: [Value], _ name: (Value) -> String, _ blocks: @escaping (Value) -> [Block]
    ) -> [Entry] {
      values.map { value in Entry(kind: kind, name: name(value)) { Piece(kind, value, blocks(value)) } }
    }
    var all = entries("register", layout.registers, \.name, page.register)
    all += entries("command", layout.commands, \.name) { page.command($0) + page.sharedParts(of: $0) }
    all += entries("structure", layout.structures, \.name, page.structure)
    all += entries("bitLayout", layout.bitLayouts, \.name, page.bitLayout)
    all += entries("group", layout.groups, \.name, page.group)
    all += entries("attributeSet", layout.attributeSets, \.name, page.attributeSet)
    all += entries("enumeration", layout.enumerations, \.name, page.numbers)
    all += entries("constants", layout.constants, \.name, page.numbers)
    all += entries("feature", layout.features, \.name, page.feature)
    for group in layout.enumerations + layout.constants {
      all += entries("number", group.numbers, \.name) { page.number($0, of: group) }
    }
    all += entries("erratum", layout.errata, \.id, page.erratum)
    self.entries = all
  }

  /// Names of each kind, without the many names of numbers, which their enumerations show.
  var namesByKind: [(kind: String, names: [String])] {
    var kinds: [(kind: String, names: [String])] = []
    for entry in entries where entry.kind != "number" {
      if kinds.last?.kind != entry.kind { kinds.append((entry.kind, [])) }
      kinds[kinds.count - 1].names.append(layout.short(entry.name))
    }
    return kinds
  }

  /// Everything of that name, in any case, with or without the prefix.
  func pieces(named name: String) -> [Piece] {
    let wanted = key(name)
    let found = entries.filter { key($0.name) == wanted }
    return found.isEmpty ? macro(wanted) : found.map { $0.piece() }
  }

  /// What a macro of the C header is about, where nothing has the macro's name.
  private func macro(_ name: String) -> [Piece] {
    let names = CNames(layout)
    func isName(_ macro: String) -> Bool { key(macro) == name }
    if let register = layout.registers.first(where: { isName(names.register($0)) }) {
      return pieces(named: register.name)
    }
    let bits = layout.bitLayouts.first { bits in
      bits.ranges.map { names.bits($0, of: bits) }.contains { name in
        ["", "_MASK", "_SHIFT"].contains { isName(name + $0) }
      }
    }
    if let bits { return pieces(named: bits.name) }
    if let limit = names.limits.first(where: { isName(names.macro($0.macro)) }) {
      return layout.commands.first { command in
        (command.readable + command.writable).flatMap { $0.descendants(in: layout) }.contains { part in
          if case .bytes(limit.part, _, _) = part { true } else { false }
        }
      }.map { pieces(named: $0.name) } ?? []
    }
    let identity = ["VERSION", "PCI_VENDOR_ID", "PCI_DEVICE_ID"].map(names.macro) + [names.deviceID]
    if identity.contains(where: isName) { return Topic.identity.pieces(layout) }
    let queues = (layout.queues.kinds.map(\.name) + ["MAX_PAIRS", "MAX_SIZE"]).map(names.queue)
    return queues.contains(where: isName) ? Topic.queues.pieces(layout) : []
  }

  /// Up to five names that are like one that does not exist: those that contain it, and those few letters away.
  func names(near name: String) -> [String] {
    let wanted = key(name)
    let limit = max(1, wanted.count / 3)
    var candidates: [(name: String, distance: Int)] = []
    for name in Topic.allCases.map(\.rawValue) + entries.map({ layout.short($0.name) }) {
      guard !candidates.contains(where: { $0.name == name }) else { continue }
      let contains = wanted.count > 2 && key(name).contains(wanted)
      let distance = contains ? 1 : key(name).editDistance(to: wanted)
      if distance <= limit { candidates.append((name, distance)) }
    }
    // Sorting is stable: among equals, the order of the index.
    return candidates.sorted { $0.distance < $1.distance }.prefix(5).map(\.name)
  }

  private func key(_ name: String) -> String {
    let small = name.lowercased().replacing("-", with: "_")
    return small.hasPrefix(layout.prefix + "_") ? String(small.dropFirst(layout.prefix.count + 1)) : small
  }
}

extension String {
  /// Number of letters to insert, delete or replace.
  fileprivate func editDistance(to other: String) -> Int {
    let other = Array(other)
    var row = Array(0...other.count)
    for (i, letter) in enumerated() {
      var diagonal = row[0]
      row[0] = i + 1
      for j in other.indices {
        let replaced = diagonal + (letter == other[j] ? 0 : 1)
        diagonal = row[j + 1]
        row[j + 1] = Swift.min(replaced, row[j] + 1, diagonal + 1)
      }
    }
    return row[other.count]
  }
}
