import Model

/// What needs a feature: a driver that may use it without meets a device that refuses.
struct FeatureUseComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let uses = Set((old.layout.featureUses + new.layout.featureUses).map(\.use))
    return uses.filter(isShared).sorted { $0.place < $1.place }.compactMap { use in
      let (one, other) = (old.features(of: use), new.features(of: use))
      guard one != other else { return nil }
      return Draft(
        rule: .featureUse, place: use.place, old: one.needsText, new: other.needsText, effect: effect(one, other, use))
    }
  }

  /// Whether both sides have what is used, so that it is not its being new or gone that matters.
  private func isShared(_ use: Layout.FeatureUse.Use) -> Bool {
    switch use {
    case .above(let reference, _), .equal(let reference, _):
      old.layout.resolve(reference) != nil && new.layout.resolve(reference) != nil
    case .enumerator(let name): old.layout.has(enumerator: name) && new.layout.has(enumerator: name)
    }
  }

  private func effect(_ old: [String], _ new: [String], _ use: Layout.FeatureUse.Use) -> Effect {
    let bits = { (meeting: Meeting) in
      let (driver, device) = meeting.sides(old: old, new: new)
      return (driver: Set(driver.map(meeting.driver.bit)), device: Set(device.map(meeting.device.bit)))
    }
    return Effect(
      breakage: { meeting in
        let needed = bits(meeting)
        var breakage = Breakage.never
        for bit in needed.device.subtracting(needed.driver) {
          breakage.insert(with: needed.driver, without: [bit], negotiable: meeting.negotiable)
        }
        return breakage
      },
      deciding: { bits($0).driver.union(bits($0).device) },
      run: { meeting, _ in
        let needed = bits(meeting)
        guard needed.driver.isSubset(of: meeting.negotiated), !needed.device.isSubset(of: meeting.negotiated)
        else { return .understood }
        let missing = needed.device.subtracting(meeting.negotiated).sorted().map {
          meeting.device.feature($0) ?? "\($0)"
        }
        return .refused(
          "\(meeting.driverName) uses \(use.place) without \(missing.joined(separator: ", ")), \(meeting.deviceName) refuses it"
        )
      })
  }
}

extension LayoutIndex {
  fileprivate func features(of use: Layout.FeatureUse.Use) -> [String] {
    Set(layout.featureUses.filter { $0.use == use }.map(\.feature)).sorted()
  }
}

extension Layout {
  fileprivate func has(enumerator name: String) -> Bool {
    enumerations.contains { $0.numbers.contains { $0.name == name } }
  }
}

extension Layout.FeatureUse.Use {
  /// `sa_entry.flags.esn above 0`.
  fileprivate var place: String {
    switch self {
    case .above(let reference, let value): "\(reference) above \(value)"
    case .equal(let reference, let value): "\(reference) equal to \(value)"
    case .enumerator(let name): name
    }
  }
}

extension [String] {
  fileprivate var needsText: String { isEmpty ? "needs nothing" : "needs \(joined(separator: ", "))" }
}
