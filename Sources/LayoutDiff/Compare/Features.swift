import Model

/// Feature bits and what they need.
struct FeatureComparison {
  let old: LayoutIndex
  let new: LayoutIndex

  var drafts: [Draft] {
    let features = Pairing(old.layout.features, new.layout.features, by: \.name)
    var drafts: [Draft] = []
    for (one, other) in features.pairs {
      if one.bit != other.bit {
        drafts.append(draft(.featureMoved, one, old: "bit \(one.bit)", new: "bit \(other.bit)"))
      }
      if Set(one.needs) != Set(other.needs) { drafts.append(needs(one, other)) }
      if one.isForeign != other.isForeign {
        drafts.append(
          Draft(
            rule: .featureForeign, place: "features.\(one.name)", old: one.ownerText, new: other.ownerText,
            breaksSource: other.isForeign))
      }
    }
    for feature in features.removed {
      let reuse = features.added.first { $0.bit == feature.bit }
      drafts.append(
        draft(
          reuse == nil ? .featureRemoved : .featureReused, feature, old: "\(feature.name), bit \(feature.bit)",
          new: reuse.map { "\($0.name), bit \($0.bit)" }, breaksSource: true))
    }
    for feature in features.added where !features.removed.contains(where: { $0.bit == feature.bit }) {
      drafts.append(draft(.featureAdded, feature, new: "bit \(feature.bit)"))
    }
    return drafts
  }

  private func draft(
    _ rule: DiffRule, _ feature: Layout.Feature, old: String? = nil, new: String? = nil, breaksSource: Bool = false
  ) -> Draft {
    let bits = Set([feature.bit, self.new.layout.features.first { $0.name == feature.name }?.bit ?? feature.bit])
    return Draft(
      rule: rule, place: "features.\(feature.name)", old: old, new: new, breaksSource: breaksSource,
      effect: Effect(
        breakage: { meeting in
          var breakage = Breakage.never
          for bit in bits { breakage.insert(with: [bit], negotiable: meeting.negotiable) }
          return breakage
        },
        run: { meeting, _ in
          for bit in bits.intersection(meeting.negotiated).sorted() {
            let (mine, theirs) = (meeting.driver.feature(bit) ?? "nothing", meeting.device.feature(bit) ?? "nothing")
            if mine != theirs {
              return .misread(
                "\(meeting.driverName) accepts bit \(bit) as \(mine), \(meeting.deviceName) takes it for \(theirs)")
            }
          }
          return .understood
        }))
  }

  /// A driver that honours its own needs breaks where the device has more of them.
  private func needs(_ old: Layout.Feature, _ new: Layout.Feature) -> Draft {
    Draft(
      rule: .featureNeeds, place: "features.\(old.name)", old: old.needsText, new: new.needsText,
      effect: .stated(
        { meeting in
          let (mine, theirs) = meeting.sides(old: old, new: new)
          let kept = Set(mine.needs.map(meeting.driver.bit)).union([mine.bit])
          var breakage = Breakage.never
          for need in Set(theirs.needs).subtracting(mine.needs) {
            breakage.insert(with: kept, without: [meeting.device.bit(need)], negotiable: meeting.negotiable)
          }
          return breakage
        },
        deciding: { meeting in Set((old.needs + new.needs).map(meeting.device.bit)).union([old.bit]) },
        because: { meeting in
          let (mine, theirs) = meeting.sides(old: old, new: new)
          let missing = theirs.needs.first { !meeting.negotiated.contains(meeting.device.bit($0)) } ?? theirs.name
          return "\(meeting.driverName) accepts \(mine.name) without \(missing), "
            + "\(meeting.deviceName) clears FEATURES_OK"
        }))
  }
}

extension Layout.Feature {
  fileprivate var needsText: String { needs.isEmpty ? "needs nothing" : "needs \(needs.joined(separator: ", "))" }
  fileprivate var ownerText: String { isForeign ? "virtio's own" : "the device's" }
}
