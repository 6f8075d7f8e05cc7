import Model

extension [Layout.Part] {
  /// The rule under which two sequences of parts differ, whatever their texts say; nil if they are the same.
  func difference(_ other: [Layout.Part]) -> DiffRule? {
    let steps: [(DiffRule, (Layout.Part) -> Layout.Part)] = [
      (.chainLimit, \.withoutLimit), (.chainCondition, \.withoutCondition), (.chainCount, \.withoutCount),
    ]
    var (one, two) = (map(\.withoutText), other.map(\.withoutText))
    guard one != two else { return nil }
    for (rule, erase) in steps {
      (one, two) = (one.map { $0.erasing(erase) }, two.map { $0.erasing(erase) })
      if one == two { return rule }
    }
    return .chainParts
  }

  /// The parts without the lengths around them: what is read is the same, but nobody checks.
  var unmeasured: [Layout.Part] {
    flatMap { part -> [Layout.Part] in
      switch part {
      case .measured(_, let parts): parts.unmeasured
      case .optional(let condition, let inner): [inner].unmeasured.map { .optional(when: condition, part: $0) }
      case .repeated(let name, let count, let parts): [.repeated(name: name, count: count, parts: parts.unmeasured)]
      case .structure, .bytes, .group, .attributes, .slack: [part]
      }
    }
  }

  /// What each part is, for a report: `ctrl_hdr, ctrl_hdr.length bytes of (group)`.
  func text(_ rule: DiffRule) -> String { isEmpty ? "nothing" : map { $0.text(rule) }.joined(separator: ", ") }
}

extension DiffRule {
  /// Whether it is about what chains are made of.
  var isOfParts: Bool { [.chainParts, .chainCondition, .chainCount].contains(self) }

  /// Whether what one side sends by its parts is not understood by the other's.
  func breaksChains(_ meeting: Meeting, _ area: Area, _ parts: (old: [Layout.Part], new: [Layout.Part])) -> Bool {
    if self == .chainLimit { return LimitMeeting(meeting, area, parts).isBeyond }
    let (driver, device) = meeting.sides(old: parts.old, new: parts.new)
    let (sent, read) = area == .readable ? (driver, device) : (device, driver)
    let known = meeting.sender(area).layout
    let expected = read.map(\.withoutText).filter { part in
      // What a field measures that the sender does not have is nothing to it.
      if case .measured(let by, let parts) = part { !parts.isEmpty || known.resolve(by) != nil } else { true }
    }
    let written = sent.map(\.withoutText)
    return written.sameOrder != expected.sameOrder && written.unmeasured.sameOrder != expected.sameOrder
  }

  /// The feature sets in which that is so: without its feature, a part that a gated field counts or asks for is absent.
  func breakage(
    _ meeting: Meeting, _ area: Area, _ command: String, _ parts: (old: [Layout.Part], new: [Layout.Part])
  ) -> Breakage {
    let bits = Set([meeting.driver, meeting.device].flatMap { index in
      (parts.old + parts.new).flatMap { $0.descendants(in: index.layout) }.flatMap(\.references)
        .flatMap(index.layout.features(of:)).map(index.bit)
    }).intersection(meeting.negotiable)
    let gate = meeting.gate(of: command)
    var breakage = Breakage.never
    for negotiated in FeatureSets.deciding(bits, negotiable: bits) {
      let others = meeting.negotiable.subtracting(bits)
      let under = meeting.under(negotiated.union(others))
      if breaksChains(under, area, under.present(parts)) {
        breakage.insert(
          with: gate.union(negotiated), without: bits.subtracting(negotiated), negotiable: meeting.negotiable)
      }
    }
    return breakage.simplified(over: bits, with: gate)
  }
}

extension [Layout.Part] {
  /// With a part before its own repetition: behind it, the bytes are the same.
  fileprivate var sameOrder: [Layout.Part] {
    var parts = self
    for index in parts.indices.dropLast() {
      if case .repeated(_, _, let inner) = parts[index], inner == [parts[index + 1]] { parts.swapAt(index, index + 1) }
    }
    return parts
  }

  /// Without what reserved fields, which are zero, count or ask for.
  func present(in layout: Layout) -> [Layout.Part] {
    flatMap { part -> [Layout.Part] in
      switch part {
      case .bytes(_, .field(let length, _), _): layout.isReserved(length) ? [] : [part]
      case .repeated(let name, let count, let parts):
        layout.isReserved(count) ? [] : [.repeated(name: name, count: count, parts: parts.present(in: layout))]
      case .optional(let condition, let inner):
        layout.excludes(condition) ? [] : [inner].present(in: layout).map { .optional(when: condition, part: $0) }
      case .measured(let by, let parts): [.measured(by: by, parts: parts.present(in: layout))]
      case .structure, .bytes, .group, .attributes, .slack: [part]
      }
    }
  }
}

extension Layout {
  fileprivate func isReserved(_ reference: Reference) -> Bool {
    guard let (field, bits) = resolve(reference) else { return false }
    return field.isReserved || bits?.isReserved ?? false
  }

  /// Whether a condition asks for more than zero in what is reserved, or for a code that nobody sends.
  fileprivate func excludes(_ condition: Condition) -> Bool {
    guard case .equals(let reference, let value) = condition else { return false }
    if reference.bits == nil, case .code(let name)? = resolve(reference)?.field.type {
      return enumeration(name).map { codes in !codes.numbers.contains { $0.value == value } } ?? false
    }
    return value != 0 && isReserved(reference)
  }
}

extension Layout.Part {
  /// The part and all within it after a change, innermost first.
  func erasing(_ change: (Layout.Part) -> Layout.Part) -> Layout.Part {
    switch self {
    case .optional(let condition, let part): change(.optional(when: condition, part: part.erasing(change)))
    case .repeated(let name, let count, let parts):
      change(.repeated(name: name, count: count, parts: parts.map { $0.erasing(change) }))
    case .measured(let by, let parts): change(.measured(by: by, parts: parts.map { $0.erasing(change) }))
    case .structure, .bytes, .group, .attributes, .slack: change(self)
    }
  }

  fileprivate var withoutText: Layout.Part {
    inOrder.erasing { part in
      switch part {
      case .bytes(let name, let length, _): .bytes(name: name, length: length, summary: "")
      case .optional(let condition, let inner): .optional(when: condition.withoutText, part: inner)
      default: part
      }
    }
  }

  fileprivate var withoutLimit: Layout.Part {
    guard case .bytes(let name, .field(let field, _), let text) = self else { return self }
    return .bytes(name: name, length: .field(field, limit: 0), summary: text)
  }

  fileprivate var withoutCondition: Layout.Part {
    guard case .optional(_, let inner) = self else { return self }
    return inner
  }

  fileprivate var withoutCount: Layout.Part {
    let none = Layout.Reference(structure: "", field: "")
    return switch self {
    case .bytes(let name, .field, let text): .bytes(name: name, length: .field(none, limit: 0), summary: text)
    case .repeated(let name, _, let parts): .repeated(name: name, count: none, parts: parts)
    case .measured(_, let parts): .measured(by: none, parts: parts)
    default: self
    }
  }

  fileprivate func text(_ rule: DiffRule) -> String {
    switch self {
    case .structure(let name), .bytes(let name, .rest, _): name
    case .bytes(let name, .field(let field, let limit), _):
      rule == .chainLimit ? "\(name) of at most \(limit)" : "\(name) of \(field)"
    case .optional(let condition, let inner): "\(inner.text(rule)) if \(condition.text)"
    case .repeated(_, let count, let parts): "\(count) times (\(parts.text(rule)))"
    case .measured(let by, let parts): "\(by) bytes of (\(parts.text(rule)))"
    case .group(let name): "group \(name)"
    case .attributes(let name): "attributes \(name)"
    case .slack: "room"
    }
  }
}

extension Layout.Condition {
  fileprivate var withoutText: Layout.Condition {
    switch self {
    case .equals: self
    case .context(_, let value, _): .context(name: "", value: value, summary: "")
    case .all(let conditions): .all(conditions.map(\.withoutText))
    case .any(let conditions): .any(conditions.map(\.withoutText))
    }
  }

  var text: String {
    switch self {
    case .equals(let reference, let value): "\(reference) is \(value)"
    case .context(let name, let value, _): "\(name) is \(value)"
    case .all(let conditions): conditions.map(\.text).joined(separator: " and ")
    case .any(let conditions): conditions.map(\.text).joined(separator: " or ")
    }
  }
}
