import Model

extension Description {
  /// What both sides do, where no layout can say it.
  var behaviour: [Block] {
    [.table(Table(["rule", "what both sides do"], layout.statements.map { [$0.id.asCode, $0.text] }))]
  }

  var errata: [Block] {
    layout.errata.isEmpty ? [.paragraph("No defect of this version is known.")] : layout.errata.flatMap(erratum)
  }

  func erratum(_ erratum: Layout.Erratum) -> [Block] {
    [
      .heading(3, erratum.id.asCode),
      .list(
        [
          "At: \(erratum.place.asCode)",
          "Defect: \(erratum.defect)",
          "Instead: \(erratum.resolution)",
        ] + (erratum.rule.map { ["Reported by the rule \($0.asCode)"] } ?? [])),
    ]
  }

  var quirks: [Block] {
    guard !layout.quirks.isEmpty else { return [.paragraph("No quirk of this version is known.")] }
    return [
      .paragraph("Habits of a published implementation that contradict the interface; each is off unless asked for."),
      .table(Table(["quirk", "habit"], layout.quirks.map { [$0.name.asCode, $0.summary] })),
    ]
  }

  var counterparts: [Block] {
    guard !layout.counterparts.isEmpty else { return [.paragraph("No counterparts are recorded for this version.")] }
    return [
      .paragraph("What each field is called in the IPsec service of virtio 1.4's crypto device."),
      .table(
        Table(
          ["field", "counterpart", "difference"],
          layout.counterparts.map { [$0.place.asCode, $0.counterpart?.asCode ?? "none", $0.note ?? ""] })),
    ]
  }
}
