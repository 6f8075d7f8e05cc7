import Model

/// Something to show: as data, and as a page.
struct Piece: Encodable {
  /// Key under which JSON has it.
  let kind: String
  let value: any Encodable & Sendable
  let blocks: [Block]

  init(_ kind: String, _ value: any Encodable & Sendable, _ blocks: [Block]) {
    self.kind = kind
    self.value = value
    self.blocks = blocks
  }

  func encode(to encoder: any Encoder) throws { try value.encode(to: encoder) }

  /// What there is to show.
  static func overview(_ layout: Layout) -> Piece {
    let names = NameIndex(layout).namesByKind
    let example = layout.structures.first.map { "ipsec-la show \($0.name)" } ?? "ipsec-la show registers"
    return Piece(
      "names", Dictionary(uniqueKeysWithValues: names.map { ($0.kind, $0.names) }),
      [
        .heading(1, layout.title), .paragraph(layout.summary), .heading(2, "Topics"),
        .table(Table(["topic", "what it shows"], Topic.allCases.map { [$0.rawValue.asCode, $0.summary] })),
        .heading(2, "Names"), .paragraph("Each can be shown by itself, as in \(example.asCode)."),
        .table(Table(["kind", "names"], names.map { [$0.kind, $0.names.asCode] })),
      ])
  }
}
