import Model

/// The bytes of a structure on both sides, next to each other.
struct ByteMap {
  /// Bytes that belong together: a field, or a member of a foreign structure.
  struct Cell: Hashable {
    let offset: Int
    let size: Int
    let text: String
  }

  /// A row: an offset, and what stands there on either side.
  struct Row {
    let offset: Int
    let old: String?
    let new: String?
    var differs: Bool { old != new }
  }

  let name: String
  let old: [Cell]
  let new: [Cell]
  private let sizes: (old: Int, new: Int)

  /// What begins at each offset, and where each side ends.
  var rows: [Row] {
    let offsets = Set((old + new).map(\.offset) + [sizes.old, sizes.new]).sorted()
    return offsets.map { Row(offset: $0, old: Self.text(old, sizes.old, $0), new: Self.text(new, sizes.new, $0)) }
  }

  init(_ name: String, old: [Cell], size oldSize: Int, new: [Cell], size newSize: Int) {
    (self.name, self.old, self.new) = (name, old, new)
    sizes = (oldSize, newSize)
  }

  /// One for each structure of which a field moved.
  static func all(of diff: LayoutDiff) -> [ByteMap] {
    let moved: Set<String> = [
      "structure-size", "field-moved", "field-added", "field-removed", "field-shape", "field-order", "field-reserved",
      "reserved-used",
    ]
    let changes = diff.changes.filter { moved.contains($0.rule.id) }
    let (old, new) = (diff.old.flattened(), diff.new.flattened())
    return Set(changes.map { String($0.place.prefix { $0 != "." }) }).sorted().compactMap { name in
      guard let other = new.structure(name), let one = old.structure(diff.oldName(of: name)) else { return nil }
      return ByteMap(name, old: one.cells, size: one.size, new: other.cells, size: other.size)
    }
  }

  private static func text(_ cells: [Cell], _ size: Int, _ offset: Int) -> String? {
    cells.first { $0.offset == offset }?.text ?? (offset == size ? "end" : nil)
  }
}

extension LayoutDiff {
  /// What a structure of the new layout is called in the old one.
  fileprivate func oldName(of name: String) -> String {
    changes.first { $0.rule.id == "structure-renamed" && $0.place == name }?.old ?? name
  }
}

extension Layout.Structure {
  /// `num_sas le32` where it stands.
  fileprivate var cells: [ByteMap.Cell] {
    fields.map { ByteMap.Cell(offset: $0.offset, size: $0.size, text: "\($0.name) \($0.cType)") }
  }
}
