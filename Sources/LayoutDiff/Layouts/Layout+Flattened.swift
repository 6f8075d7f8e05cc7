import Model

extension Layout {
  /// The layout with every nested structure replaced by its fields, so that a field is where its bytes are.
  ///
  /// A field `f` of a nested structure `s` becomes `s.f`, one of the second of several `s[1].f`.
  func flattened() -> Layout {
    var layout = self
    for index in layout.structures.indices {
      layout.structures[index].fields = layout.structures[index].fields.flatMap { flattened($0) }
    }
    return layout
  }

  private func flattened(_ field: Field) -> [Field] {
    guard case .structure(let name) = field.type, let inner = structure(name) else { return [field] }
    return (0..<(field.count ?? 1)).flatMap { element in
      let prefix = field.count == nil ? field.name : "\(field.name)[\(element)]"
      return inner.fields.flatMap { flattened($0) }.map { nested in
        var nested = nested
        nested.name = "\(prefix).\(nested.name)"
        nested.offset += field.offset + element * field.width
        return nested
      }
    }
  }
}
