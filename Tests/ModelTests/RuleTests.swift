import Model
import Spec
import Testing

/// For each rule, a layout that breaks it in one place.
private let broken: [(rule: String, place: String, layout: Layout)] = [
  ("overlap", "request.flags", Toy.with { $0.structures[0].fields[2].offset = 9 }),
  ("gap", "item", Toy.with { $0.structures[1].fields.removeLast() }),
  ("beyond-size", "reply.left", Toy.with { $0.structures[2].fields[1].offset = 8 }),
  ("implicit-padding", "item.colour", Toy.with { $0.structures[1].fields[0].width = 2 }),
  ("misaligned", "request.serial", Toy.with { $0.structures[0].fields[0].offset = 4 }),
  ("size-multiple", "reply", Toy.with { $0.structures[2].fields.removeLast(); $0.structures[2].size = 4 }),
  (
    "array-stride", "item",
    Toy.with { $0.structures[1].fields[2].count = 4; $0.structures[1].size = 10 }
  ),
  ("unresolved", "item.colour", Toy.with { $0.structures[1].fields[1].type = .code(enumeration: "taste") }),
  (
    "writable-before-readable", "paint",
    Toy.with {
      $0.services[0].commands[0].readable[2] =
        .bytes(name: "paint", length: .field(.init(structure: "reply", field: "left"), limit: 9), summary: "Paint.")
    }
  ),
  ("unread-length", "item.left_count", Toy.with { $0.structures[1].fields[0].name = "left_count" }),
  (
    "unbounded-part", "paint",
    Toy.with {
      $0.services[0].commands[0].readable[2] =
        .bytes(name: "paint", length: .field(.init(structure: "request", field: "paint_length"), limit: 1 << 30), summary: "Paint.")
    }
  ),
  ("parts-after-rest", "paint", Toy.with { $0.services[0].commands[0].readable.insert(.slack, at: 1) }),
  ("duplicate-enumerator", "enumerations.colour", Toy.with { $0.enumerations[0].numbers[1].name = "VIRTIO_TOY_RED" }),
  ("duplicate-enumerator", "enumerations.colour", Toy.with { $0.enumerations[0].numbers[2].value = 2 }),
  ("enumerator-gap", "enumerations.colour", Toy.with { $0.enumerations[0].numbers[2].value = 9 }),
  ("on-equals-off", "constants.light", Toy.with { $0.constants[0].numbers[0].value = 1 }),
  ("device-id-taken", "identity", Toy.with { $0.identity.deviceID = 20 }),
  ("device-id-beyond-pci", "identity", Toy.with { $0.identity.deviceID = 64 }),
  ("feature-bit", "features.F_COLOUR", Toy.with { $0.features[1].bit = 30 }),
  ("feature-bit", "features.F_COLOUR", Toy.with { $0.features[1].bit = 0 }),
  ("queue-size", "queues", Toy.with { $0.queues.maximumSize = 65_536 }),
  ("version-register", "identity", Toy.with { $0.identity.versionRegister = 2 }),
  ("feature-prefix", "features.COLOUR", Toy.with { $0.features[1].name = "VIRTIO_TOY_COLOUR" }),
  ("import-corruption", "reply.cpu0", Toy.with { $0.structures[2].fields[0].name = "cpu0" }),
  ("reserved-word", "reply.register", Toy.with { $0.structures[2].fields[0].name = "register" }),
  ("duplicate-name", "reply.left", Toy.with { $0.structures[2].fields[0].name = "left" }),
  ("missing-documentation", "reply.left", Toy.with { $0.structures[2].fields[1].summary = " " }),
  ("stale-erratum", "paint", Toy.with { $0.errata[0].rule = "unbounded-part" }),
]

@Test func `the toy breaks no rule`() {
  #expect(Rule.lint(Toy.layout).findings == [])
}

@Test(arguments: broken)
func `a break of a rule is found where it is`(_ rule: String, _ place: String, _ layout: Layout) {
  let found = Rule.lint(layout).findings.filter { $0.rule == rule }
  #expect(found.map(\.place) == [place])
  #expect(found.allSatisfy { !$0.problem.isEmpty })
}

@Test func `every rule has a layout that breaks it, and an identifier of its own`() {
  let ids = Rule.all.map(\.id) + [Rule.staleErratum.id]
  #expect(Set(broken.map(\.rule)) == Set(ids))
  #expect(Set(ids).count == ids.count)
}

@Test func `a known defect is excused where its erratum says, and nowhere else`() {
  let excused = Toy.with {
    $0.identity.deviceID = 20
    $0.errata[0].rule = "device-id-taken"
    $0.errata[0].place = "identity"
  }
  #expect(Rule.lint(excused).findings == [])
  #expect(Rule.lint(excused).known.map(\.rule) == ["device-id-taken"])
}

@Test(arguments: Spec.all.map(Layout.init))
func `every version obeys the rules, known defects aside`(_ layout: Layout) {
  #expect(Rule.lint(layout).findings == [])
}

@Test(arguments: Spec.all.map(Layout.init))
func `a field that moves is found and named`(_ layout: Layout) {
  for (index, structure) in layout.structures.enumerated() {
    for field in structure.fields.indices {
      var moved = layout
      moved.structures[index].fields[field].offset += 1
      let findings = Rule.lint(moved).findings
      #expect(findings.contains { $0.place.hasPrefix(structure.name) }, "\(structure.name).\(structure.fields[field].name)")
    }
  }
}
