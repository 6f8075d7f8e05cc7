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

  /// Who sends what needs a feature breaks where the receiver asks for more features than the sender waits for.
  private func effect(_ old: [String], _ new: [String], _ use: Layout.FeatureUse.Use) -> Effect {
    let bits = { (meeting: Meeting, area: Area) -> (sender: Set<Int>, receiver: Set<Int>) in
      let (driver, device) = meeting.sides(old: old, new: new)
      let all = (driver: Set(driver.map(meeting.driver.bit)), device: Set(device.map(meeting.device.bit)))
      return area == .readable ? (all.driver, all.device) : (all.device, all.driver)
    }
    return .stated(
      { meeting in
        var breakage = Breakage.never
        var travels = false
        for area in Area.allCases {
          let needed = bits(meeting, area)
          for carrier in meeting.carriers(of: use, area) {
            travels = true
            let gate = needed.sender.union(meeting.gate(of: carrier))
            for bit in needed.receiver.subtracting(gate) {
              breakage.insert(with: gate, without: [bit], negotiable: meeting.negotiable)
            }
          }
        }
        return travels ? breakage : nil
      },
      deciding: { meeting in
        Area.allCases.reduce(into: []) { $0.formUnion(bits(meeting, $1).sender.union(bits(meeting, $1).receiver)) }
      },
      because: { meeting in
        let isMissed = { area in
          !meeting.whole.carriers(of: use, area).isEmpty
            && !bits(meeting, area).receiver.isSubset(of: meeting.negotiated)
        }
        let area: Area = isMissed(.readable) ? .readable : .writable
        let missing = bits(meeting, area).receiver.subtracting(meeting.negotiated).sorted().map {
          meeting.receiver(area).feature($0) ?? "what it does not know"
        }
        return "\(meeting.senderName(area)) uses \(use.place) without \(missing.joined(separator: ", ")), "
          + "\(meeting.receiverName(area)) refuses it"
      })
  }
}

extension Meeting {
  /// Commands and registers in which what needs a feature travels from the sender of an area of its own accord: what
  /// the driver may say, the device only says again.
  fileprivate func carriers(of use: Layout.FeatureUse.Use, _ area: Area) -> Set<String> {
    let all = carriersOfAny(use, area)
    return area == .writable && !carriersOfAny(use, .readable).isEmpty ? [] : all
  }

  private func carriersOfAny(_ use: Layout.FeatureUse.Use, _ area: Area) -> Set<String> {
    switch use {
    case .above(let reference, _), .equal(let reference, _): return carriers(reference.structure, area)
    case .enumerator(let name):
      let index = sender(area)
      let enumerations = index.layout.enumerations.filter { $0.numbers.contains { $0.name == name } }
      let sets = index.layout.attributeSets.filter { $0.attributes.contains { $0.type.name == name } }
      let keys = enumerations.map(\.name.asEnumeration) + sets.map(\.name.asAttributeSet)
      return keys.reduce(into: []) { $0.formUnion(carriers($1, area)) }
    }
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
  var place: String {
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
