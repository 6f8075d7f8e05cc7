import LayoutDiff
import Model
import Spec
import Testing

@Suite struct ExhibitTests {
  static let (v0_4, v1_0, v2_0) = (Layout(Spec.v0_4), Layout(Spec.v1_0), Layout(Spec.v2_0))

  /// A change that a version made, and what it means.
  struct Exhibit: CustomTestStringConvertible {
    let diff: LayoutDiff
    let rule: String
    let place: String
    let oldDriver: String
    let newDriver: String

    init(_ old: Layout, _ new: Layout, _ rule: String, _ place: String, _ oldDriver: String, _ newDriver: String) {
      diff = LayoutDiff(old: old, new: new)
      (self.rule, self.place, self.oldDriver, self.newDriver) = (rule, place, oldDriver, newDriver)
    }

    var testDescription: String { "\(diff.old.version) → \(diff.new.version): \(rule) at \(place)" }
  }

  static let (compatible, breaking) = ("wire-compatible", "wire-breaking")

  @Test(arguments: [
    Exhibit(v0_4, v1_0, "field-shape", "group_add.group_handle", breaking, breaking),
    Exhibit(v0_4, v1_0, "field-moved", "create_sa.num_sas", breaking, breaking),
    Exhibit(v0_4, v1_0, "structure-size", "esp_info", breaking, breaking),
    Exhibit(v0_4, v1_0, "structure-size", "notify_lifetime_kb", breaking, breaking),
    // Length-value pairs became structures of their own.
    Exhibit(v0_4, v1_0, "chain-parts", "groups.esp_description", breaking, breaking),
    Exhibit(v0_4, v1_0, "command-removed", "commands.get_headroom_tailroom_size", breaking, compatible),
    Exhibit(v0_4, v1_0, "register-removed", "registers.version_to_use", breaking, compatible),
    Exhibit(v1_0, v2_0, "chain-parts", "commands.add_out_sa.readable", breaking, breaking),
    Exhibit(v1_0, v2_0, "device-id", "identity.device_id", breaking, breaking),
    Exhibit(v1_0, v2_0, "behaviour", "statements.modern", breaking, compatible),
    Exhibit(v1_0, v2_0, "register-added", "registers.version_to_use", compatible, breaking),
  ])
  func `a version's change has the verdict that its proof confirms`(exhibit: Exhibit) throws {
    let change = try #require(exhibit.diff.changes.first { $0.rule.id == exhibit.rule && $0.place == exhibit.place })
    #expect(change.verdict(.oldDriver).id == exhibit.oldDriver)
    #expect(change.verdict(.newDriver).id == exhibit.newDriver)
    #expect(exhibit.diff.contradictions == [])
  }

  @Test func `a bit that asked for transport mode and now asks for ESN is no rename`() throws {
    let diff = LayoutDiff(old: Self.v1_0, new: Self.v2_0)
    #expect(!diff.changes.contains { $0.rule.id == "bits-renamed" && $0.place.hasPrefix("sa_flag.") })
    let change = try #require(diff.changes.first { $0.rule.id == "bits-reused" && $0.place == "sa_flag.transport" })
    #expect(change.new == "esn")
    #expect(change.verdict(.oldDriver) == .wireBreaking)
    #expect(change.verdict(.newDriver).breaksWire)
    let said = try #require(change.judgements[.oldDriver]?.outcome?.counterexample)
    #expect(said.contains("transport"), "\(said)")
  }

  @Test func `num_sas that moved is read where something else stands`() throws {
    let diff = LayoutDiff(old: Self.v0_4, new: Self.v1_0)
    let change = try #require(diff.changes.first { $0.place == "create_sa.num_sas" })
    let said = try #require(change.judgements[.oldDriver]?.outcome?.counterexample)
    #expect(said.hasPrefix("old driver writes num_sas at 64, new device reads it at 16: 000000"))
  }

  @Test func `2.1 grows under feature bits and in reserved space, and every pair still works`() {
    let diff = LayoutDiff(old: Self.v2_0, new: .v2_1)
    #expect(diff.contradictions == [])
    #expect(!diff.breaksSource)
    for direction in Direction.allCases {
      #expect(diff.verdict(direction).id == Self.compatible)
      #expect(!diff.outcome(direction).breaks)
    }
    let seen = Set(diff.changes.map { "\($0.rule.id) \($0.place)" })
    #expect(
      seen.isSuperset(of: [
        "version-number identity.version", "feature-added features.VIRTIO_IPSEC_F_QOS",
        "register-added registers.new_limit",
        "reserved-used data_req.priority", "attribute-added attributes.sa_attributes.colour",
        "command-added commands.get_weather", "number-added mode.VIRTIO_IPSEC_MODE_BEET",
      ]))
  }

  @Test func `an enumerator listed twice, as 0.4 was published, makes each later command another`() throws {
    // C counts the second READ_IN_SA as a number of its own.
    let listed = Self.v0_4.countingTwice("VIRTIO_IPSEC_CTRL_READ_IN_SA")
    let diff = LayoutDiff(old: listed, new: Self.v0_4)
    #expect(diff.contradictions == [])
    let places = diff.changes.filter { $0.rule.id == "command-code" }.map(\.place)
    #expect(places.contains("commands.flush_sa"))
    #expect(!places.contains("commands.add_in_sa"))
    let change = try #require(diff.changes.first { $0.rule.id == "command-code" && $0.place == "commands.flush_sa" })
    #expect(change.verdict(.oldDriver) == .wireBreaking)
    let said = try #require(change.judgements[.oldDriver]?.outcome?.counterexample)
    #expect(said.contains("flush_sa as code 2.16 (02 10), new device takes it for flush_sa_all"), "\(said)")
  }

  /// Something that 2.1 adds under its feature bit.
  enum Ungated: String, CaseIterable {
    case register, command, enumerator, attribute

    /// Takes the bit away.
    func ungate(_ layout: inout Layout) {
      switch self {
      case .register: layout.register("new_limit") { $0.feature = nil }
      case .command: layout.command("get_weather") { $0.feature = nil }
      case .enumerator: layout.featureUses.removeAll { $0.use == .enumerator(name: "VIRTIO_IPSEC_MODE_BEET") }
      case .attribute: layout.featureUses.removeAll { $0.use == .enumerator(name: "VIRTIO_IPSEC_ATTR_COLOUR") }
      }
    }
  }

  @Test(arguments: Ungated.allCases)
  func `what 2.1 adds without its feature bit breaks a new driver on an old device`(ungated: Ungated) {
    var layout = Layout.v2_1
    ungated.ungate(&layout)
    let diff = LayoutDiff(old: Self.v2_0, new: layout)
    #expect(diff.contradictions == [])
    #expect(diff.verdict(.oldDriver).id == Self.compatible)
    #expect(diff.verdict(.newDriver).id == Self.breaking)
  }
}

extension Layout {
  /// An unreleased minor version: a field in reserved space, a register, an attribute, a command and an enumerator.
  static var v2_1: Layout {
    let feature = "VIRTIO_IPSEC_F_QOS"
    var layout = ExhibitTests.v2_0
    layout.version = "2.1"
    layout.identity.versionRegister += 1
    layout.feature(feature, bit: 20)
    layout.tailRegister(feature: feature)
    layout.field("data_req", "reserved") { ($0.name, $0.width, $0.count, $0.type) = ("priority", 2, nil, .number) }
    layout.attribute("colour", type: 12)
    for index in layout.enumerations.indices where layout.enumerations[index].name == "mode" {
      var number = layout.enumerations[index].numbers[0]
      (number.name, number.value) = ("VIRTIO_IPSEC_MODE_BEET", 9)
      layout.enumerations[index].numbers.append(number)
    }
    var type = layout.attributeSets[0].attributes[0].type
    (type.name, type.value) = ("VIRTIO_IPSEC_ATTR_COLOUR", 12)
    for index in layout.enumerations.indices where layout.enumerations[index].name == "attribute_type" {
      layout.enumerations[index].numbers.append(type)
    }
    var command = layout.services[0].commands[0]
    (command.name, command.feature) = ("get_weather", feature)
    command.codes[1].value = 99
    layout.services[0].commands.append(command)
    layout.featureUses += [
      FeatureUse(feature, .enumerator(name: "VIRTIO_IPSEC_MODE_BEET")),
      FeatureUse(feature, .enumerator(name: "VIRTIO_IPSEC_ATTR_COLOUR")),
      FeatureUse(feature, .above(Reference(structure: "data_req", field: "priority"), value: 0)),
    ]
    return layout
  }
}

extension Layout {
  /// With every number behind one of an enumeration one higher, and the commands that have them.
  fileprivate func countingTwice(_ name: String) -> Layout {
    var layout = self
    for index in layout.enumerations.indices {
      guard let first = layout.enumerations[index].numbers.firstIndex(where: { $0.name == name }) else { continue }
      let later = layout.enumerations[index].numbers.indices.filter { $0 >= first }
      let names = Set(later.map { layout.enumerations[index].numbers[$0].name })
      for number in later { layout.enumerations[index].numbers[number].value += 1 }
      for service in layout.services.indices {
        for command in layout.services[service].commands.indices {
          for code in layout.services[service].commands[command].codes.indices
          where names.contains(layout.services[service].commands[command].codes[code].name) {
            layout.services[service].commands[command].codes[code].value += 1
          }
        }
      }
    }
    return layout
  }
}

extension Layout.FeatureUse {
  /// Made from one that is there: the model's own initialiser is not public.
  fileprivate init(_ feature: String, _ use: Use) {
    self = ExhibitTests.v2_0.featureUses[0]
    (self.feature, self.use) = (feature, use)
  }
}
