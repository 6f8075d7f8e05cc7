extension Rule {
  static let overlap = Rule("overlap", "No two fields of a structure share a byte, no two ranges of an integer a bit.")
  { layout in
    layout.structures.flatMap { structure in
      structure.fields.enumerated().flatMap { index, field in
        structure.fields[..<index].filter { $0.offset < field.end && field.offset < $0.end }.map {
          ("\(structure.name).\(field.name)", "bytes \(field.offset)..<\(field.end) are also those of '\($0.name)'")
        }
      }
    }
      + layout.bitLayouts.flatMap { bits in
        bits.ranges.enumerated().flatMap { index, range in
          bits.ranges[..<index].filter { $0.mask & range.mask != 0 }.map {
            (
              "\(bits.name).\(range.name)",
              "bits of mask \(String(range.mask & $0.mask, radix: 16)) are also those of '\($0.name)'"
            )
          }
        }
      }
  }
}
