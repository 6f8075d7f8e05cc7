extension Rule {
  static let misaligned = Rule(
    "misaligned", "A field of a structure that is not packed stands at a multiple of its width."
  ) { layout in
    layout.structures.filter { !$0.isPacked }.flatMap { structure in
      structure.fields.filter { !$0.offset.isMultiple(of: $0.alignment(in: layout)) }.map {
        ("\(structure.name).\($0.name)", "of \(8 * $0.alignment(in: layout)) bits is at \($0.offset)")
      }
    }
  }

  static let sizeMultiple = Rule("size-multiple", "The size of a structure that is not packed is a multiple of 8.") {
    layout in
    layout.structures.filter { !$0.isPacked && !$0.size.isMultiple(of: 8) }.map { ($0.name, "has \($0.size) bytes") }
  }

  static let arrayStride = Rule(
    "array-stride", "A structure that repeats keeps its own alignment from one to the next."
  ) { layout in
    let repeated = layout.commands.flatMap { $0.readable + $0.writable }.flatMap { $0.descendants(in: layout) }
      .flatMap { part -> [String] in
        if case .repeated(_, _, let parts) = part { parts.flatMap { $0.structures(in: layout) } } else { [] }
      }
    return Set(repeated).sorted().compactMap(layout.structure).filter { !$0.isPacked }.compactMap { structure in
      let widest = structure.fields.map { $0.alignment(in: layout) }.max() ?? 1
      return structure.size.isMultiple(of: widest)
        ? nil : (structure.name, "repeats every \(structure.size) bytes and wants an alignment of \(widest)")
    }
  }
}
