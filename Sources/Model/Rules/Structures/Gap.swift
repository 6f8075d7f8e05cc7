extension Rule {
  static let gap = Rule("gap", "Every byte of a structure belongs to a field, reserved ones to one that says so.") {
    layout in
    layout.structures.flatMap { structure in
      let uncovered = (0..<structure.size).filter { byte in
        !structure.fields.contains { ($0.offset..<$0.end).contains(byte) }
      }
      return uncovered.first.map {
        [(structure.name, "\(uncovered.count) bytes belong to no field, the first at \($0)")]
      } ?? []
    }
  }
}
