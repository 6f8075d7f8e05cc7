import Model

extension Description {
  func command(_ command: Layout.Command) -> [Block] {
    let codes = command.codes.map { "\($0.name.asCode) (\($0.value))" }.joined(separator: ", then ")
    let facts = [
      command.summary,
      codes.isEmpty ? "" : "Code: \(codes).",
      command.feature.map { "Needs \($0.asCode)." } ?? "",
    ]
    return [
      .heading(3, command.name.asCode),
      .paragraph(facts.filter { !$0.isEmpty }.joined(separator: " ")),
      .picture(ChainPicture(layout).lines(command)),
    ] + legend(command.readable + command.writable)
  }

  func group(_ group: Layout.Group) -> [Block] {
    [.heading(3, group.name.asCode), .paragraph(group.summary), .picture(ChainPicture(layout).lines(group.parts))]
      + legend(group.parts)
  }

  func attributeSet(_ set: Layout.AttributeSet) -> [Block] {
    let intro = """
      \(set.summary) Each attribute is a header, \(set.header.asCode), a value, and zero bytes up to the \
      next multiple of \(set.alignment); each at most once, up to the end of the part around them. A receiver that does \
      not know a type ignores the attribute if bit \(set.ignorableBit) of the type is set, and answers with an error \
      if not.
      """
    return [
      .heading(3, set.name.asCode), .paragraph(intro),
      .table(
        Table(
          [.number("type"), "attribute", "value", "name", "meaning"],
          set.attributes.map { attribute in
            [
              "\(attribute.type.value)", attribute.name.asCode, attribute.soleStructure?.asCode ?? "below",
              attribute.type.name.asCode, attribute.type.summary,
            ]
          })),
    ]
      + set.attributes.filter { $0.soleStructure == nil }.flatMap { attribute -> [Block] in
        [.heading(4, "\(set.name).\(attribute.name)".asCode), .picture(ChainPicture(layout).lines(attribute.parts))]
          + legend(attribute.parts)
      }
  }

  /// The commands of every service, without their chains.
  var commandTables: [Block] {
    layout.services.flatMap { service in
      [
        .heading(3, service.name.asCode), .paragraph(introduction(service)),
        .table(
          Table(
            ["command", .number("code"), "needs", "meaning"],
            service.commands.map { command in
              [
                command.name.asCode, command.codes.map { "\($0.value)" }.joined(separator: " "),
                command.feature.map { short($0).asCode } ?? "", command.summary,
              ]
            })),
      ]
    }
  }

  func introduction(_ service: Layout.Service) -> String { "\(service.summary) On \(service.queues.asCode)." }

  /// The groups and attribute sets that a command's chain is made of, each once.
  func sharedParts(of command: Layout.Command) -> [Block] {
    let parts = (command.readable + command.writable).flatMap { $0.descendants(in: layout) }
    let groups = layout.groups.filter { parts.contains(.group(name: $0.name)) }
    let sets = layout.attributeSets.filter { parts.contains(.attributes(name: $0.name)) }
    return groups.flatMap(group) + sets.flatMap(attributeSet)
  }

  /// What the picture has no room for: the meaning of bytes, and of what is known but not sent.
  private func legend(_ parts: [Layout.Part]) -> [Block] {
    var items: [String] = []
    for part in parts.flatMap(\.withinReach) {
      var found: [(name: String, summary: String)] = []
      if case .bytes(let name, _, let summary) = part { found = [(name, summary)] }
      if case .optional(let condition, _) = part { found = condition.contexts }
      for (name, summary) in found where !items.contains("\(name.asCode): \(summary)") {
        items.append("\(name.asCode): \(summary)")
      }
    }
    return items.isEmpty ? [] : [.list(items)]
  }
}

extension Layout.Attribute {
  /// The structure that is the whole value, so that a picture would say no more.
  fileprivate var soleStructure: String? {
    if parts.count == 1, case .structure(let name) = parts[0] { name } else { nil }
  }
}

extension Layout.Part {
  /// The part and those within it, without what stands under a name of its own.
  fileprivate var withinReach: [Layout.Part] {
    switch self {
    case .structure, .bytes, .slack, .group, .attributes: [self]
    case .optional(_, let part): [self] + part.withinReach
    case .repeated(_, _, let parts), .measured(_, let parts): [self] + parts.flatMap(\.withinReach)
    }
  }
}

extension Layout.Condition {
  fileprivate var contexts: [(name: String, summary: String)] {
    switch self {
    case .equals: []
    case .context(let name, _, let summary): [(name, summary)]
    case .all(let conditions), .any(let conditions): conditions.flatMap(\.contexts)
    }
  }
}
