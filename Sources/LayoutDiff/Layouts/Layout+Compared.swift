public import Model

extension Layout {
  /// The layout with all that no comparison looks at in one form: what is equal in this form has no changes.
  ///
  /// Everything else is compared. Not looked at are
  /// - the format of the JSON file;
  /// - the order in which things are written down, but that of queues and of the parts of chains;
  /// - how reserved bytes and bits are divided and named: they are where nothing else is;
  /// - a range that says no more than the width of its field, and a stride that nothing counts;
  /// - the order of conditions and feature names that hold together, and their repetition.
  public var compared: Layout {
    var layout = self
    layout.format = Layout.currentFormat
    layout.structures.sort { $0.name < $1.name }
    for index in layout.structures.indices {
      layout.structures[index].fields = layout.structures[index].fields.used.map(\.withPlainRange)
        .sorted { ($0.offset, $0.name) < ($1.offset, $1.name) }
      layout.structures[index].bounds.sort { $0.text < $1.text }
    }
    for index in layout.bitLayouts.indices {
      layout.bitLayouts[index].ranges = layout.bitLayouts[index].ranges.used.sorted { $0.name < $1.name }
    }
    layout.bitLayouts.sort { $0.name < $1.name }
    for list in [\Layout.enumerations, \Layout.constants] {
      layout[keyPath: list].sort { $0.name < $1.name }
      for index in layout[keyPath: list].indices { layout[keyPath: list][index].numbers.sort { $0.name < $1.name } }
    }
    layout.sortDevice()
    layout.sortChains()
    layout.sortNotes()
    return layout
  }

  private mutating func sortDevice() {
    registers.sort { $0.name < $1.name }
    for index in registers.indices where registers[index].counter == nil { registers[index].stride = 0 }
    features.sort { $0.name < $1.name }
    for index in features.indices { features[index].needs = Set(features[index].needs).sorted() }
    for index in queues.kinds.indices { queues.kinds[index].features = Set(queues.kinds[index].features).sorted() }
    featureUses = Set(featureUses).sorted { ($0.feature, $0.use.place) < ($1.feature, $1.use.place) }
  }

  private mutating func sortChains() {
    mapPartLists { $1.map(\.inOrder) }
    groups.sort { $0.name < $1.name }
    attributeSets.sort { $0.name < $1.name }
    for index in attributeSets.indices { attributeSets[index].attributes.sort { $0.name < $1.name } }
    services.sort { $0.name < $1.name }
    for index in services.indices {
      services[index].commands.sort { $0.name < $1.name }
      services[index].queues = Set(services[index].queues).sorted()
    }
  }

  private mutating func sortNotes() {
    statements.sort { $0.id < $1.id }
    errata.sort { ($0.id, $0.place) < ($1.id, $1.place) }
    quirks.sort { $0.name < $1.name }
    counterparts.sort { $0.place < $1.place }
  }
}

extension Layout.Field {
  fileprivate var withPlainRange: Layout.Field {
    var field = self
    let all = UInt64.max >> UInt64(64 - 8 * min(8, max(1, width)))
    field.least = range.least == 0 ? nil : range.least
    field.most = range.most == all ? nil : range.most
    return field
  }
}

extension Layout.Part {
  /// The part with its conditions in one order.
  var inOrder: Layout.Part {
    erasing { part in
      guard case .optional(let condition, let inner) = part else { return part }
      return .optional(when: condition.inOrder, part: inner)
    }
  }
}

extension Layout.Condition {
  /// The same condition with what holds together in one order, each once, and alone where there is nothing else.
  var inOrder: Layout.Condition {
    switch self {
    case .equals, .context: return self
    case .all(let conditions):
      let ordered = Set(conditions.map(\.inOrder)).sorted { $0.text < $1.text }
      return ordered.count == 1 ? ordered[0] : .all(ordered)
    case .any(let conditions):
      let ordered = Set(conditions.map(\.inOrder)).sorted { $0.text < $1.text }
      return ordered.count == 1 ? ordered[0] : .any(ordered)
    }
  }
}
