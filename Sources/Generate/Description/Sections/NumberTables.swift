import Model

extension Description {
  var features: [Block] {
    [featureTable(layout.features)]
      + (layout.features.contains(where: \.isForeign)
        ? [.paragraph("Names that begin with `VIRTIO_F_` or `VIRTIO_RING_F_` are virtio's own.")] : [])
      + featureUses(layout.features)
  }

  func feature(_ feature: Layout.Feature) -> [Block] {
    [.heading(3, feature.name.asCode), featureTable([feature])] + featureUses([feature])
  }

  /// What is an error without the features.
  private func featureUses(_ features: [Layout.Feature]) -> [Block] {
    let rows = features.flatMap { feature in
      layout.commands.filter { $0.feature == feature.name }.map {
        [short(feature.name).asCode, $0.name.asCode, "sent"]
      }
        + layout.featureUses.filter { $0.feature == feature.name }.map {
          [short(feature.name).asCode] + $0.use.row(self)
        }
    }
    return rows.isEmpty
      ? [] : [.paragraph("Without the feature, these are errors:"), .table(Table(["feature", "use", "if"], rows))]
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

extension Layout.FeatureUse.Use {
  /// What is used, and when that needs the feature.
  fileprivate func row(_ page: Description) -> [String] {
    switch self {
    case .above(let reference, let value): ["\(reference)".asCode, value == 0 ? "not 0" : "above \(value)"]
    case .equal(let reference, let value): ["\(reference)".asCode, "\(value)"]
    case .enumerator(let name): [page.short(name).asCode, "named"]
    }
  }
}
