import Model
import Spec
import Testing

@Test func `the toy breaks no rule`() {
  #expect(Rule.lint(Toy.layout).findings == [])
}

@Test(arguments: SoundLayout.all)
func `what goes to the edge of a rule breaks none`(_ sound: SoundLayout) {
  #expect(Rule.lint(sound.layout).findings == [])
}

@Test(arguments: BrokenLayout.all)
func `a break of a rule is found where it is, and breaks no other without need`(_ broken: BrokenLayout) {
  let findings = Rule.lint(broken.layout).findings
  let found = findings.filter { $0.rule == broken.rule }
  #expect(found.map(\.place) == [broken.place])
  #expect(found.allSatisfy { !$0.problem.isEmpty })
  #expect(Set(findings.map(\.rule)) == broken.alsoBroken.union([broken.rule]))
}

@Test func `every rule has a layout that breaks it, one that keeps it by a hair, an identifier of its own and a summary`() {
  let rules = Rule.all + [Rule.staleErratum]
  #expect(Set(BrokenLayout.all.map(\.rule)) == Set(rules.map(\.id)))
  #expect(Set(SoundLayout.all.map(\.rule)) == Set(rules.map(\.id)))
  #expect(Set(rules.map(\.id)).count == rules.count)
  #expect(rules.allSatisfy { rule in rule.id.allSatisfy { $0 == "-" || ("a"..."z").contains($0) } })
  #expect(rules.allSatisfy { rule in rule.summary.hasSuffix(".") })
}

@Test(arguments: [
  "sa_256b_key.cipher_algo: implicit-padding: is at 76, and C puts it at 80",
  "sa_256b_key.cipher_algo: misaligned: of 64 bits is at 76",
  "sa_256b_key: size-multiple: has 196 bytes",
  "mode_cap: implicit-padding: has 44 bytes, and C gives it 48",
  "mode_cap: array-stride: repeats every 44 bytes and wants an alignment of 8",
])
func `the defects of virtio's own IPsec structures are found`(_ finding: String) {
  #expect(Rule.lint(CryptoDevice.layout).findings.map(\.description).contains(finding))
}

@Test func `a known defect is excused where its erratum says, and nowhere else`() {
  let excused = Toy.with {
    $0.identity.deviceID = 20
    $0.errata[0].rule = "device-id-taken"
    $0.errata[0].place = "identity"
  }
  #expect(Rule.lint(excused).findings == [])
  #expect(Rule.lint(excused).known.map(\.rule) == ["device-id-taken"])

  var elsewhere = excused
  elsewhere.errata[0].place = "queues"
  #expect(Rule.lint(elsewhere).findings.map { "\($0.place) \($0.rule)" } == ["identity device-id-taken", "queues stale-erratum"])
  #expect(Rule.lint(elsewhere).known == [])

  var otherRule = excused
  otherRule.errata[0].rule = "device-id-beyond-pci"
  #expect(Rule.lint(otherRule).findings.map { "\($0.place) \($0.rule)" } == ["identity device-id-taken", "identity stale-erratum"])
}

@Test(arguments: Spec.all.map(Layout.init))
func `every version obeys the rules, known defects aside`(_ layout: Layout) {
  #expect(Rule.lint(layout).findings == [])
}

@Test(arguments: Spec.all.map(Layout.init))
func `a field that moves is found and named`(_ layout: Layout) {
  for (index, structure) in layout.structures.enumerated() {
    for (position, field) in structure.fields.enumerated() {
      var moved = layout
      moved.structures[index].fields[position].offset += 1
      let place = "\(structure.name).\(field.name)"
      let isNamed = Rule.lint(moved).findings.contains { finding in
        finding.place == place || finding.place.hasPrefix("\(structure.name).") && finding.problem.contains("'\(field.name)'")
      }
      #expect(isNamed, "\(place)")
    }
  }
}
