import Model

/// The bytes of a structure on both sides, next to each other.
struct ByteMap {
  /// A row: an offset, and what stands there on either side.
  struct Row {
    let offset: Int
    let old: String?
    let new: String?
    let differs: Bool
  }

  let name: String
  let rows: [Row]

  /// One for each structure of which a field moved.
  static func all(of diff: LayoutDiff) -> [ByteMap] {
    let moved: Set<String> = [
      "structure-size", "field-moved", "field-added", "field-removed", "field-shape", "field-order", "field-reserved",
      "reserved-used",
    ]
    let names = diff.changes.filter { moved.contains($0.rule.id) }.map { String($0.place.prefix { $0 != "." }) }
    let (old, new) = (diff.old.flattened(), diff.new.flattened())
    return Set(names).sorted().compactMap { name in
      guard let other = new.structure(name), let one = old.structure(diff.oldName(of: name)) else { return nil }
      return ByteMap(one, other)
    }
  }

  private init(_ old: Layout.Structure, _ new: Layout.Structure) {
    name = new.name
    let offsets = Set((old.fields + new.fields).map(\.offset) + [old.size, new.size]).sorted()
    rows = offsets.map { offset in
      let (one, other) = (old.text(at: offset), new.text(at: offset))
      return Row(offset: offset, old: one, new: other, differs: one != other)
    }
  }
}

extension LayoutDiff {
  /// What a structure of the new layout is called in the old one.
  fileprivate func oldName(of name: String) -> String {
    changes.first { $0.rule.id == "structure-renamed" && $0.place == name }?.old ?? name
  }
}

extension Layout.Structure {
  /// `num_sas le32`, or where the structure ends.
  fileprivate func text(at offset: Int) -> String? {
    if let field = fields.first(where: { $0.offset == offset }) { return "\(field.name) \(field.cType)" }
    return offset == size ? "end" : nil
  }
}
