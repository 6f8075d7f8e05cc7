import Model

/// Fields that together are at most another field: who keeps to no such bound is refused by who has one.
struct BoundComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    Pairing(old.layout.structures, new.layout.structures, by: \.name).pairs.flatMap { one, other in
      let bounds = Pairing(one.bounds, other.bounds, by: \.text)
      return bounds.removed.map { draft($0, of: one.name, old: $0.text) }
        + bounds.added.map { draft($0, of: one.name, new: $0.text) }
    }
  }

  private func draft(_ bound: Layout.Bound, of structure: String, old: String? = nil, new: String? = nil) -> Draft {
    Draft(
      rule: .fieldBound, place: "\(structure).\(bound.terms.map(\.field).joined(separator: "+"))", old: old, new: new,
      effect: .wherever(
        structure, within: { $0.commands(with: bound.limit.structure) },
        breaks: { meeting, area in
          meeting.receiver(area).has(bound, in: structure) && !meeting.sender(area).keeps(bound, in: structure)
        },
        run: { meeting, area, _ in
          guard meeting.receiver(area).has(bound, in: structure) else { return .understood }
          return BoundMeeting(meeting: meeting, area: area, structure: structure, bound: bound).outcome
        }))
  }
}

extension Meeting {
  /// Commands of the driver in which a structure is.
  fileprivate func commands(with structure: String) -> Set<String> {
    Area.allCases.reduce(into: []) { $0.formUnion(driver.uses.carriers(structure, $1)) }
  }
}

extension LayoutIndex {
  fileprivate func has(_ bound: Layout.Bound, in structure: String) -> Bool {
    structures[structure]?.bounds.contains { $0.text == bound.text } ?? false
  }

  /// Whether who keeps to the layout's own bounds keeps to this one: by one of them, or by several one after another.
  fileprivate func keeps(_ bound: Layout.Bound, in structure: String) -> Bool {
    let all = structures[structure]?.bounds ?? []
    let own = all.filter { $0.terms.includes(bound.terms) }
    var limits = Set(own.map(\.limit))
    // What is at most a limit is at most whatever that limit is at most itself.
    while let next = all.first(where: { !limits.contains($0.limit) && !limits.isDisjoint(with: $0.terms) }) {
      limits.insert(next.limit)
    }
    return limits.contains(bound.limit)
      && (bound.condition == nil || own.contains { $0.condition == bound.condition })
  }
}

extension [Layout.Reference] {
  /// Whether each of the others is here at least as often.
  fileprivate func includes(_ others: [Layout.Reference]) -> Bool {
    others.allSatisfy { other in filter { $0 == other }.count >= others.filter { $0 == other }.count }
  }
}

extension Layout.Bound {
  /// `output_length up to data_req.output_capacity if data_completion.status is 0`.
  var text: String {
    "\(terms.map(\.description).joined(separator: " + ")) up to \(limit)" + (condition.map { " if \($0.text)" } ?? "")
  }
}
