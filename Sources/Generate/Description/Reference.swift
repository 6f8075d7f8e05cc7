import Model

/// The chapter on the interface that a person reads, as Markdown.
struct Reference {
  private let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  var text: String {
    return "<!-- Generated; do not edit. Made by: \(Banner.command(layout)) -->\n\n" + MarkdownText.text(blocks)
  }

  private var blocks: [Block] {
    let sections = sections.filter { !$0.blocks.isEmpty }
    return [
      .heading(1, layout.title), .paragraph(layout.summary), .list(sections.map { "[\($0.title)](#\($0.anchor))" }),
    ]
      + sections.flatMap { [.heading(2, $0.title)] + $0.blocks }
  }

  private struct Section {
    let title: String
    let blocks: [Block]

    init(_ title: String, _ blocks: [Block]) {
      self.title = title
      self.blocks = blocks
    }

    /// The link that a Markdown reader gives the heading.
    var anchor: String { title.lowercased().replacing(" ", with: "-").replacing(".", with: "") }
  }

  private var sections: [Section] {
    let page = Description(layout)
    let otherBits = layout.bitLayouts.filter { !page.registerLayouts.contains($0) }
    return [
      Section("Conventions", Self.conventions),
      Section("Identity", page.identity),
      Section("Registers", page.registers),
      Section("Queues", page.queues),
      Section("Feature bits", page.features),
      Section("Behaviour", layout.statements.isEmpty ? [] : page.behaviour),
    ]
      + layout.services.map { service in
        Section(
          "Service \(service.name)", [.paragraph(page.introduction(service))] + service.commands.flatMap(page.command))
      } + [
        Section("Shared parts", layout.groups.flatMap(page.group)),
        Section("Attributes", layout.attributeSets.flatMap(page.attributeSet)),
        Section("Structures", layout.structures.flatMap(page.structure)),
        Section("Bit layouts", otherBits.flatMap(page.bitLayout)),
        Section("Enumerations", layout.enumerations.flatMap(page.numbers)),
        Section("Constants", layout.constants.flatMap(page.numbers)),
        Section("Errata", page.errata),
        Section("Quirks", layout.quirks.isEmpty ? [] : page.quirks),
        Section("Counterparts in virtio 1.4", layout.counterparts.isEmpty ? [] : page.counterparts),
        Section("The file layout.json", LayoutSchema.blocks),
      ]
  }

  private static let conventions: [Block] = [
    .paragraph(
      """
      Offsets and sizes are in bytes, and bit 0 is the least significant. Types are virtio's: `u8`, and `le` or `be` \
      with the number of bits for little and big endian; `virtio16`, `virtio32` and `virtio64` are in the guest's own \
      byte order, as in virtio's legacy interface. What is called reserved is zero on send.
      """),
    .paragraph(
      """
      Pictures of structures have four bytes a row, the first at the left; (0) marks reserved bytes, and a name in \
      parentheses goes on from the row before. Pictures of bits have the most significant at the left and are not to \
      scale. Pictures of chains go from the first byte to the last: everything that the device reads comes before \
      anything that it writes. Lines between colons are optional, repeated or measured, as the words in them say.
      """),
  ]
}
