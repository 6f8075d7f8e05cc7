import Model

/// What can be shown as a whole.
enum Topic: String, CaseIterable {
  case identity, registers, features, queues, commands, structures, bits, enumerations, constants, groups, attributes
  case behaviour, errata, quirks, counterparts

  var summary: String {
    switch self {
    case .identity: "Version, device ID and PCI IDs."
    case .registers: "The configuration space, with offsets and bits."
    case .features: "Feature bits, what each needs, and what needs it."
    case .queues: "The virtqueues, their order and how many there are."
    case .commands: "Every command; its name shows its chain."
    case .structures: "Every structure; its name shows its bytes."
    case .bits: "How integers are divided into bits."
    case .enumerations: "Enumerations with their numbers."
    case .constants: "Limits and other numbers."
    case .groups: "Parts that several chains share."
    case .attributes: "Sets of type-length-value attributes."
    case .behaviour: "What both sides do, where no layout can say it."
    case .errata: "Known defects, and what is done instead."
    case .quirks: "Habits of published implementations, off unless asked for."
    case .counterparts: "What fields are called in virtio 1.4's crypto device."
    }
  }

  func pieces(_ layout: Layout) -> [Piece] {
    let (value, blocks) = content(layout)
    let title = Block.heading(2, "\(layout.title): \(self == .bits ? "bit layouts" : rawValue)")
    return [Piece(rawValue, value, [title] + (blocks.isEmpty ? [.paragraph("None in this version.")] : blocks))]
  }

  private func content(_ layout: Layout) -> (any Encodable & Sendable, [Block]) {
    let page = Description(layout)
    return switch self {
    case .identity: (layout.identity, page.identity)
    case .registers: (layout.registers, page.registers)
    case .features: (layout.features, page.features)
    case .queues: (layout.queues, page.queues)
    case .commands: (layout.services, page.commandTables)
    case .structures: (layout.structures, page.structureTable)
    case .bits: (layout.bitLayouts, layout.bitLayouts.flatMap(page.bitLayout))
    case .enumerations: (layout.enumerations, layout.enumerations.flatMap(page.numbers))
    case .constants: (layout.constants, layout.constants.flatMap(page.numbers))
    case .groups: (layout.groups, layout.groups.flatMap(page.group))
    case .attributes: (layout.attributeSets, layout.attributeSets.flatMap(page.attributeSet))
    case .behaviour: (layout.statements, page.behaviour)
    case .errata: (layout.errata, page.errata)
    case .quirks: (layout.quirks, page.quirks)
    case .counterparts: (layout.counterparts, page.counterparts)
    }
  }
}
