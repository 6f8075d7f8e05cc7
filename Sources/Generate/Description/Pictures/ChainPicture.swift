import Model

/// What a descriptor chain holds, from the first byte to the last.
///
///     device reads
///     +--------------------------------------+
///     | ctrl_hdr                     8 bytes |
///     +--------------------------------------+
///     : add_sa                      16 bytes :
///     :   ctrl_hdr.length bytes in all       :
///     +--------------------------------------+
///
/// Colons at the sides mark what is optional, repeated or measured; the lines within say how.
struct ChainPicture {
  private static let width = 78

  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  func lines(_ command: Layout.Command) -> [String] {
    area("device reads", command.readable) + [""] + area("device writes", command.writable)
  }

  /// Parts without a word on who reads them.
  func lines(_ parts: [Layout.Part]) -> [String] { box(parts, Self.width) }

  private func area(_ title: String, _ parts: [Layout.Part]) -> [String] {
    parts.isEmpty ? ["\(title) nothing"] : [title] + box(parts, Self.width)
  }

  private func box(_ parts: [Layout.Part], _ width: Int) -> [String] {
    let border = "+" + String(repeating: "-", count: width - 2) + "+"
    return [border] + parts.flatMap { rows($0, width) + [border] }
  }

  /// A part between its sides.
  private func rows(_ part: Layout.Part, _ width: Int) -> [String] {
    var notes: [String] = []
    var inner = [part]
    while inner.count == 1, let wrapper = wrapper(inner[0]) {
      notes.append(wrapper.note)
      inner = wrapper.parts
    }
    let side = notes.isEmpty ? "|" : ":"
    let content: [String]
    if inner.count == 1 {
      let leaf = leaf(inner[0])
      let head = leaf.name + leaf.size.paddedLeft(to: width - 4 - leaf.name.count)
      content = [head] + (leaf.notes + notes).flatMap { indented($0, width - 4) }
    } else {
      content = notes.flatMap { $0.wrapped(to: width - 4) } + (inner.isEmpty ? [] : box(inner, width - 4))
    }
    return content.map { "\(side) \($0.padded(to: width - 4)) \(side)" }
  }

  private func indented(_ note: String, _ width: Int) -> [String] { note.wrapped(to: width - 2).map { "  " + $0 } }

  /// What a part that only says how others come says, and those others.
  private func wrapper(_ part: Layout.Part) -> (note: String, parts: [Layout.Part])? {
    switch part {
    case .optional(let condition, let part): ("only if \(layout.words(condition))", [part])
    case .repeated(let name, let count, let parts): ("\(count) times, index \(name)", parts)
    case .measured(let by, []): ("nothing: \(by) is 0", [])
    case .measured(let by, let parts): ("\(by) bytes in all", parts)
    case .structure, .bytes, .group, .attributes, .slack: nil
    }
  }

  private func leaf(_ part: Layout.Part) -> (name: String, size: String, notes: [String]) {
    switch part {
    case .structure(let name): (name, (layout.structure(name)?.size).map(\.asBytes) ?? "", [])
    case .bytes(let name, .rest, _): (name, "all that is left", [])
    case .bytes(let name, .field(let field, let limit), _): (name, "at most \(limit.asBytes)", ["\(field) bytes"])
    case .group(let name): (name, "shared part", [])
    case .attributes(let name): (name, "attributes", [])
    case .slack: ("(left alone)", "all that is left", [])
    case .optional, .repeated, .measured: preconditionFailure("a wrapper is no leaf")
    }
  }
}

extension Layout {
  /// A condition in words; a value that has a name stands with it.
  func words(_ condition: Condition) -> String {
    switch condition {
    case .equals(let reference, let value): "\(reference) is \(name(of: value, in: reference))"
    case .context(let name, let value, _): "\(name) is \(value)"
    case .all(let conditions): conditions.map(nested).joined(separator: " and ")
    case .any(let conditions): conditions.map(nested).joined(separator: " or ")
    }
  }

  private func nested(_ condition: Condition) -> String {
    switch condition {
    case .equals, .context: words(condition)
    case .all(let inner), .any(let inner): inner.count == 1 ? words(inner[0]) : "(\(words(condition)))"
    }
  }

  private func name(of value: UInt64, in reference: Reference) -> String {
    guard let (field, bits) = resolve(reference) else { return "\(value)" }
    var enumeration = bits?.enumeration
    if bits == nil, case .code(let name) = field.type { enumeration = name }
    let number = enumeration.flatMap(self.enumeration)?.numbers.first { $0.value == value }
    return number.map { "\(value) (\(short($0.name)))" } ?? "\(value)"
  }

  /// A C name without the device's prefix.
  func short(_ name: String) -> String {
    name.hasPrefix(macroPrefix) ? String(name.dropFirst(macroPrefix.count)) : name
  }
}
