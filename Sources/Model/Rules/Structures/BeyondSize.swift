extension Rule {
  static let beyondSize = Rule("beyond-size", "No field ends beyond its structure, no bit beyond its integer.") {
    layout in
    layout.structures.flatMap { structure in
      structure.fields.filter { $0.end > structure.size }.map {
        ("\(structure.name).\($0.name)", "ends at \($0.end), and the structure at \(structure.size)")
      }
    }
      + layout.bitLayouts.flatMap { bits in
        bits.ranges.filter { $0.low + $0.width > 8 * bits.width }.map {
          ("\(bits.name).\($0.name)", "ends at bit \($0.low + $0.width), and the integer at \(8 * bits.width)")
        }
      }
  }
}
