import LayoutDiff
import Model
import Testing

/// A foreign definition that is what ours says, and what became of it by one change: the rule that sees it, and where.
struct DriftFixture: CustomTestStringConvertible {
  let rule: DriftRule
  let place: String
  let foreign: ForeignDefinition

  init(_ rule: DriftRule, at place: String, _ change: (inout ForeignDefinition) -> Void) {
    (self.rule, self.place) = (rule, place)
    var definition = ForeignDefinition(Fixture.base)
    change(&definition)
    foreign = definition
  }

  var testDescription: String { "\(rule.rawValue) at \(place)" }

  static let all = [
    DriftFixture(.value, at: "VIRTIO_IPSEC_F_AH") { $0.values["VIRTIO_IPSEC_F_AH"] = 33 },
    // A header may lack it; where it is there, it is as ours would be.
    DriftFixture(.value, at: "VIRTIO_IPSEC_SA_FLAG_ESN") { $0.values["VIRTIO_IPSEC_SA_FLAG_ESN"] = 2 },
    DriftFixture(.mask, at: "VIRTIO_IPSEC_F_AH") {
      let bit = $0.values["VIRTIO_IPSEC_F_AH"] ?? 0
      $0.values["VIRTIO_IPSEC_F_AH"] = 1 << bit
    },
    DriftFixture(.text, at: "VIRTIO_IPSEC_F_AH") {
      $0.values["VIRTIO_IPSEC_F_AH"] = nil
      $0.texts["VIRTIO_IPSEC_F_AH"] = "f()"
    },
    DriftFixture(.size, at: "data_req") { $0.structures["virtio_ipsec_data_req"]?.size = 36 },
    DriftFixture(.field, at: "data_req.following") { $0.member("following") { $0.bitWidth = 32 } },
    DriftFixture(.bits, at: "data_req.flags.dummy") {
      $0.member("flags") { $0 = ForeignDefinition.Member(name: "dummy", bitOffset: 147, bitWidth: 1) }
      $0.add(ForeignDefinition.Member(name: "in_place", bitOffset: 144, bitWidth: 1))
    },
    DriftFixture(.order, at: "data_req.sa") { $0.member("sa") { $0.order = .big } },
    DriftFixture(.reserved, at: "data_req.hint") {
      $0.add(ForeignDefinition.Member(name: "hint", offset: 22, size: 2))
    },
    // Half of it where ours has a field, half in reserved bytes.
    DriftFixture(.reserved, at: "data_req.wide.hint") {
      $0.add(ForeignDefinition.Member(name: "wide.hint", offset: 20, size: 4))
    },
    DriftFixture(.reserved, at: "data_req.fresh") {
      $0.member("flags") { $0 = ForeignDefinition.Member(name: "in_place", bitOffset: 144, bitWidth: 1) }
      $0.add(ForeignDefinition.Member(name: "dummy", bitOffset: 145, bitWidth: 1))
      $0.add(ForeignDefinition.Member(name: "fresh", bitOffset: 150, bitWidth: 2))
    },
    DriftFixture(.reserved, at: "VIRTIO_IPSEC_SA_FLAG_FRESH") { $0.values["VIRTIO_IPSEC_SA_FLAG_FRESH"] = 1 << 9 },
    DriftFixture(.missing, at: "VIRTIO_IPSEC_F_AH") { $0.values["VIRTIO_IPSEC_F_AH"] = nil },
    DriftFixture(.extra, at: "data_req.tail") { $0.add(ForeignDefinition.Member(name: "tail", offset: 32, size: 4)) },
    DriftFixture(.extra, at: "VIRTIO_IPSEC_F_FRESH") { $0.values["VIRTIO_IPSEC_F_FRESH"] = 50 },
    DriftFixture(.extra, at: "VIRTIO_IPSEC_SA_FLAG_ESN_SHIFT") { $0.values["VIRTIO_IPSEC_SA_FLAG_ESN_SHIFT"] = 9 },
    DriftFixture(.extra, at: "virtio_ipsec_rekey") {
      $0.structures["virtio_ipsec_rekey"] = .init(
        size: 4, members: [ForeignDefinition.Member(name: "sa", offset: 0, size: 4, order: .little)])
    },
  ]

  /// What is there besides, and is no drift.
  static let harmless = [
    DriftFixture(.extra, at: "reserved bytes by another name") {
      $0.add(ForeignDefinition.Member(name: "__rsvd0", offset: 22, size: 2))
    },
    DriftFixture(.extra, at: "another view of the same bytes") {
      $0.add(ForeignDefinition.Member(name: "lengths", offset: 8, size: 8))
    },
    DriftFixture(.extra, at: "a number of another prefix") { $0.values["VIRTIO_IPSECURE"] = 1 },
    DriftFixture(.extra, at: "a structure that does not travel") {
      $0.structures["virtio_ipsec_private"] = .init(
        size: 4, members: [ForeignDefinition.Member(name: "sa", offset: 0, size: 4)])
    },
    DriftFixture(.extra, at: "a limit of a part") { $0.values["VIRTIO_IPSEC_MAX_PACKET"] = 1 << 20 },
  ]
}

extension ForeignDefinition {
  /// What a compiler makes of a header that says what the layout does.
  fileprivate init(_ layout: Layout) {
    self.init()
    for number in (layout.enumerations + layout.constants).flatMap(\.numbers) { values[number.name] = number.value }
    for feature in layout.features where !feature.isForeign { values[feature.name] = UInt64(feature.bit) }
    for structure in layout.structures {
      let members = structure.fields.map { Member(name: $0.name, offset: $0.offset, size: $0.size, order: $0.order) }
      structures["virtio_ipsec_\(structure.name)"] = Structure(size: structure.size, members: members)
    }
  }

  /// Changes a member of `data_req`.
  fileprivate mutating func member(_ name: String, _ change: (inout Member) -> Void) {
    let tag = "virtio_ipsec_data_req"
    for index in structures[tag]?.members.indices ?? 0..<0 where structures[tag]?.members[index].name == name {
      change(&structures[tag]!.members[index])
    }
  }

  fileprivate mutating func add(_ member: Member) { structures["virtio_ipsec_data_req"]?.members.append(member) }
}
