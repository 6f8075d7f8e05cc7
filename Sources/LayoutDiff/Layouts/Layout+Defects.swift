public import Model

extension Layout {
  /// What makes a foreign layout impossible to execute, the first of each kind of place first; empty for a sound one.
  ///
  /// It is not a lint: a layout may break every rule of a sound interface and still be executed.
  public var defects: [String] {
    // What has no shape cannot be compared, what contains itself cannot be counted, and what is not there has no size.
    let steps: [(Layout) -> [String]] = [
      { $0.shapeDefects + $0.textDefects }, \.cycleDefects, \.duplicateDefects, \.sizeDefects, \.referenceDefects,
      { $0.fitDefects + $0.emptyDefects },
    ]
    return steps.lazy.map { $0(self) }.first { !$0.isEmpty } ?? []
  }

  private var shapeDefects: [String] {
    var defects: [String] = []
    if format != Layout.currentFormat { defects.append("format \(format) is not \(Layout.currentFormat)") }
    let limit = 1 << 20
    for structure in structures {
      if !(0...limit).contains(structure.size) { defects.append("\(structure.name): size \(structure.size)") }
      for field in structure.fields {
        let place = "\(structure.name).\(field.name)"
        let count = field.count ?? 1
        if case .structure = field.type {
          if !(0...limit).contains(field.width) { defects.append("\(place): width \(field.width)") }
        } else if ![1, 2, 4, 8].contains(field.width) {
          defects.append("\(place): width \(field.width) is not 1, 2, 4 or 8")
        }
        if !(0...limit).contains(field.offset) || !(1...limit).contains(count) {
          defects.append("\(place): offset \(field.offset), count \(count)")
        } else if field.width >= 0, field.width <= limit, field.offset + field.width * count > structure.size {
          defects.append("\(place): ends at \(field.end), and the structure at \(structure.size)")
        }
      }
    }
    for bits in bitLayouts {
      if ![1, 2, 4, 8].contains(bits.width) { defects.append("\(bits.name): width \(bits.width) is not 1, 2, 4 or 8") }
      for range in bits.ranges
      where !(0...63).contains(range.low) || !(1...64).contains(range.width) || range.low + range.width > 64 {
        defects.append("\(bits.name).\(range.name): bits \(range.low) + \(range.width)")
      }
    }
    for register in registers {
      let isPlaced = (0...limit).contains(register.offset) && (0...limit).contains(register.stride)
      if !isPlaced || ![1, 2, 4, 8].contains(register.width) {
        defects.append(
          "registers.\(register.name): offset \(register.offset), stride \(register.stride), width \(register.width)")
      }
    }
    for set in attributeSets where !(1...4096).contains(set.alignment) || !(0...63).contains(set.ignorableBit) {
      defects.append("attributes.\(set.name): alignment \(set.alignment), bit \(set.ignorableBit)")
    }
    let numbers = [queues.defaultDataQueues, queues.maximumPairs, queues.defaultSize, queues.maximumSize]
    for number in numbers where !(0...1 << 16).contains(number) { defects.append("queues: \(number)") }
    for feature in features where !(0...127).contains(feature.bit) {
      defects.append("\(feature.name): bit \(feature.bit)")
    }
    return defects
  }

  /// What grows beyond all measure when everything that is named is put in its place.
  private var sizeDefects: [String] {
    let limit = 1 << 16
    var defects: [String] = []
    var fields: [String: Int] = [:]
    func count(fieldsOf name: String) -> Int {
      if let known = fields[name] { return known }
      let total = (structure(name)?.fields ?? []).reduce(1) { sum, field in
        guard case .structure(let inner) = field.type else { return sum + 1 }
        return min(limit + 1, sum + count(fieldsOf: inner) * min(field.count ?? 1, limit))
      }
      fields[name] = total
      return total
    }
    var sizes: [String: Int] = [:]
    func count(_ parts: [Part]) -> Int {
      parts.flatMap(\.mentions).reduce(parts.count) { sum, mention in
        let key = "\(mention.kind) \(mention.name)"
        let size =
          sizes[key]
          ?? (mention.kind == "structure"
            ? count(fieldsOf: mention.name)
            : count(
              group(mention.name)?.parts ?? attributeSet(mention.name)?.attributes.flatMap(\.parts) ?? []))
        sizes[key] = size
        return min(limit + 1, sum + size)
      }
    }
    for structure in structures {
      for field in structure.fields {
        guard case .structure(let name) = field.type, let inner = self.structure(name) else { continue }
        if field.width != inner.size {
          defects.append("\(structure.name).\(field.name): width \(field.width), and \(name) has \(inner.size) bytes")
        }
      }
      if count(fieldsOf: structure.name) > limit { defects.append("\(structure.name): more than \(limit) fields") }
    }
    for command in commands where count(command.readable + command.writable) > limit {
      defects.append("\(command.name): more than \(limit) parts")
    }
    for (place, parts) in partLists where parts.limits.contains(where: { !(0...1 << 30).contains($0.limit) }) {
      defects.append("\(place): a limit that no length has")
    }
    return defects
  }

  /// What would reach a terminal as something else than text.
  private var textDefects: [String] {
    let codes = commands.flatMap(\.codes).map(\.name) + attributeSets.flatMap(\.attributes).map(\.type.name)
    let reserved = structures.flatMap(\.fields).map(\.name) + bitLayouts.flatMap(\.ranges).map(\.name)
    let names = [prefix, version] + codes + reserved + statements.map(\.id) + described.map(\.place)
    let isControl = { (scalar: Unicode.Scalar) in scalar.properties.generalCategory == .control }
    if names.contains(where: { $0.unicodeScalars.contains(where: isControl) }) {
      return ["a name with control characters"]
    }
    let texts = statements.map(\.text) + described.map(\.text)
    return texts.contains { $0.unicodeScalars.contains { isControl($0) && $0 != "\n" } }
      ? ["a text with control characters"] : []
  }

  /// Numbers that do not fit where they are written.
  private var fitDefects: [String] {
    let fields =
      structures.flatMap { structure in structure.fields.map { ("\(structure.name).\($0.name)", $0.type, $0.width) } }
      + registers.map { ("registers.\($0.name)", $0.type, $0.width) }
    return fields.flatMap { place, type, width -> [String] in
      switch type {
      case .code(let name):
        (enumeration(name)?.numbers ?? []).filter { !$0.value.fits(width) }.map { "\(place): \($0.name) does not fit" }
      case .bits(let name):
        bitLayout(name)?.width == width ? [] : ["\(place): \(width) bytes, and \(name) has another width"]
      case .number, .reserved, .structure: []
      }
    }
      + bitLayouts.flatMap { bits in
        bits.ranges.filter { $0.low + $0.width > 8 * bits.width }.map {
          "\(bits.name).\($0.name): beyond \(bits.width) bytes"
        }
      }
      + commands.filter { !areCodesWritten($0) }.map { "commands.\($0.name): its codes have no fields that they fit" }
  }

  /// Ranges and conditions that no value meets, and lengths and counts that are never small enough to be tried.
  private var emptyDefects: [String] {
    let lengths = partLists.flatMap { place, parts in
      parts.limits.map { (place, $0.length, $0.limit) } + parts.counts.map { (place, $0, 1 << 16) }
    }
    return lengths.compactMap { place, reference, limit in
      let least = resolve(reference)?.field.least ?? 0
      return least > UInt64(min(limit, 1 << 16)) ? "\(place): \(reference) is at least \(least)" : nil
    } + structures.flatMap { structure -> [String] in
      let conditions = structure.bounds.compactMap(\.condition).flatMap(\.comparisons)
      let ranges = structure.fields.filter { $0.range.least > $0.range.most }
      return ranges.map { "\(structure.name).\($0.name): at least \($0.range.least), at most \($0.range.most)" }
        + conditions.filter { !isPossible($0.0, $0.1) }.map { "\(structure.name): a bound for \($0.0) \($0.1)" }
    }
  }

  /// Whether a field has room for a value and, if it holds codes, a code of that value.
  private func isPossible(_ reference: Reference, _ value: UInt64) -> Bool {
    guard let (field, bits) = resolve(reference) else { return true }
    if let bits { return value <= bits.mask >> UInt64(bits.low) }
    let codes = field.enumeration.flatMap(enumeration)?.numbers
    return value.fits(field.width) && codes?.contains { $0.value == value } != false
  }

  private func areCodesWritten(_ command: Command) -> Bool {
    guard !command.codes.isEmpty else { return true }
    guard case .structure(let name)? = command.readable.first, let header = structure(name),
      header.fields.count >= command.codes.count
    else { return false }
    return zip(header.fields, command.codes).allSatisfy { !$0.isReserved && $1.value.fits($0.width) }
  }

  /// Structures, groups and attribute sets that contain themselves.
  private var cycleDefects: [String] {
    var edges: [String: [String]] = [:]
    for structure in structures {
      edges["structure \(structure.name)"] = structure.fields.compactMap {
        if case .structure(let name) = $0.type { "structure \(name)" } else { nil }
      }
    }
    for group in groups {
      edges["group \(group.name)"] = group.parts.flatMap(\.mentions).map { "\($0.kind) \($0.name)" }
    }
    for set in attributeSets {
      edges["attribute set \(set.name)"] = set.attributes.flatMap(\.parts).flatMap(\.mentions).map {
        "\($0.kind) \($0.name)"
      }
    }
    return Cycles(edges).members.sorted().map { "\($0) contains itself" }
  }
}

/// The nodes of a graph that can be reached from themselves.
private struct Cycles {
  private(set) var members: Set<String> = []
  private let edges: [String: [String]]
  private var done: Set<String> = []
  private var path: [String] = []

  init(_ edges: [String: [String]]) {
    self.edges = edges
    for node in edges.keys.sorted() { visit(node) }
  }

  private mutating func visit(_ node: String) {
    if let start = path.firstIndex(of: node) {
      members.formUnion(path[start...])
      return
    }
    guard done.insert(node).inserted else { return }
    path.append(node)
    for next in edges[node] ?? [] { visit(next) }
    path.removeLast()
  }
}

extension Layout.Part {
  /// The structures, groups and attribute sets that the part names, those within it included, none of theirs.
  var mentions: [(kind: String, name: String)] {
    switch self {
    case .structure(let name): [("structure", name)]
    case .group(let name): [("group", name)]
    case .attributes(let name): [("attribute set", name)]
    case .optional(_, let part): part.mentions
    case .repeated(_, _, let parts), .measured(_, let parts): parts.flatMap(\.mentions)
    case .bytes, .slack: []
    }
  }
}

extension Layout.Condition {
  /// What is compared with what.
  fileprivate var comparisons: [(Layout.Reference, UInt64)] {
    switch self {
    case .equals(let reference, let value): [(reference, value)]
    case .context: []
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.comparisons)
    }
  }
}

extension UInt64 {
  /// Whether it is a number of so many bytes.
  fileprivate func fits(_ width: Int) -> Bool { width >= 8 || self >> UInt64(8 * Swift.max(0, width)) == 0 }
}
