import Model

extension Description {
  var features: [Block] {
    [featureTable(layout.features)]
      + (layout.features.contains(where: \.isForeign)
        ? [.paragraph("Names that begin with `VIRTIO_F_` or `VIRTIO_RING_F_` are virtio's own.")] : [])
  }

  func feature(_ feature: Layout.Feature) -> [Block] {
    [.heading(3, feature.name.asCode), featureTable([feature])]
  }

  private func featureTable(_ features: [Layout.Feature]) -> Block {
    .table(
      Table(
        [.number("bit"), "name", "needs", "meaning"],
        features.map { ["\($0.bit)", $0.name.asCode, $0.needs.map(short).asCode, $0.summary] }))
  }

  /// An enumeration or a group of constants.
  func numbers(_ group: Layout.NumberGroup) -> [Block] {
    [.heading(3, group.name.asCode), .paragraph(group.summary), numberTable(group.numbers)]
  }

  /// One number, with the group it is of.
  func number(_ number: Layout.Number, of group: Layout.NumberGroup) -> [Block] {
    [.heading(3, number.name.asCode), .paragraph("Of \(group.name.asCode): \(group.summary)"), numberTable([number])]
  }

  func numberTable(_ numbers: [Layout.Number]) -> Block {
    .table(Table([.number("value"), "name", "meaning"], numbers.map { ["\($0.value)", $0.name.asCode, $0.summary] }))
  }
}
