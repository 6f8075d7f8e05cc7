import Model

extension Description {
  func structure(_ structure: Layout.Structure) -> [Block] {
    let packing = structure.isPacked ? ", packed" : ""
    return [
      .heading(3, structure.name.asCode),
      .paragraph("\(structure.summary) \(structure.size.asBytes)\(packing)."),
      .picture(BytePicture(structure).lines),
      .table(
        Table(
          [.number("offset"), .number("size"), "type", "field", "meaning"],
          structure.fields.map { field in
            [
              "\(field.offset)", "\(field.size)", type(of: field), field.name.asCode,
              field.summary + pointer(to: field.type) + range(of: field),
            ]
          })),
    ]
  }

  /// Every structure, without its fields.
  var structureTable: [Block] {
    [
      .table(
        Table(
          ["structure", .number("size"), "use"],
          layout.structures.map { [$0.name.asCode, "\($0.size)", $0.summary] }))
    ]
  }

  func bitLayout(_ bits: Layout.BitLayout) -> [Block] {
    [
      .heading(3, bits.name.asCode),
      .paragraph("\(bits.summary) \(8 * bits.width) bits."),
      .picture(BitPicture(bits).lines),
      .table(
        Table(
          [.number("bits"), .number("mask"), "name", "meaning"],
          bits.ranges.map { range in
            [
              range.width == 1 ? "\(range.low)" : "\(range.low + range.width - 1)–\(range.low)",
              range.mask.hex(2 * bits.width), range.name.asCode,
              range.summary + (range.enumeration.map { " Values: \($0.asCode)." } ?? ""),
            ]
          })),
    ]
  }

  /// The numbers that a request may have in a field.
  private func range(of field: Layout.Field) -> String {
    guard let least = field.least, let most = field.most else { return "" }
    return most == .max >> UInt64(64 - 8 * field.width)
      ? " In requests, at least \(least)." : " In requests, \(least) to \(most)."
  }

  private func type(of field: Layout.Field) -> String {
    let elements = field.count.map { "[\($0)]" } ?? ""
    if case .structure(let name) = field.type { return name.asCode + elements }
    return field.order.type(width: field.width) + elements
  }
}
