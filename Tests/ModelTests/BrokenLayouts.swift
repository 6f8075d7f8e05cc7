import Model

/// A toy that breaks a rule in one place.
struct BrokenLayout: CustomStringConvertible {
  let rule: String
  let place: String
  /// Rules that nothing can keep while it breaks this one.
  let alsoBroken: Set<String>
  let layout: Layout

  init(_ rule: String, at place: String, also alsoBroken: Set<String> = [], _ change: (inout Layout) -> Void) {
    self.rule = rule
    self.place = place
    self.alsoBroken = alsoBroken
    layout = Toy.with(change)
  }

  var description: String { "\(place): \(rule)" }

  static let all = structures + chains + numbers + device + names

  private static let structures = [
    BrokenLayout("overlap", at: "request.flags", also: ["misaligned", "gap", "implicit-padding"]) {
      $0.structures[0].fields[2].offset = 9
    },
    BrokenLayout("overlap", at: "flag.coats") { $0.bitLayouts[0].ranges[1].low = 0 },
    BrokenLayout("gap", at: "item") { $0.structures[1].fields.removeLast(); $0.structures[1].isPacked = true },
    BrokenLayout("beyond-size", at: "reply.left") { $0.structures[2].isPacked = true; $0.structures[2].fields[1].count = 2 },
    BrokenLayout("beyond-size", at: "flag.reserved") { $0.bitLayouts[0].ranges[2].width = 13 },
    BrokenLayout("implicit-padding", at: "item.colour", also: ["gap"]) { $0.structures[1].fields[0].width = 2 },
    BrokenLayout("implicit-padding", at: "item.handle", also: ["gap"]) {
      $0.structures[1].fields = [$0.structures[1].fields[1], $0.structures[1].fields[0]]
      $0.structures[1].fields[0].offset = 0
      $0.structures[1].fields[1].offset = 4
    },
    BrokenLayout("implicit-padding", at: "item", also: ["gap"]) { $0.structures[1].fields.removeLast() },
    BrokenLayout("misaligned", at: "request.serial", also: ["overlap", "gap", "implicit-padding"]) {
      $0.structures[0].fields[0].offset = 4
    },
    BrokenLayout("size-multiple", at: "reply") { $0.structures[2].fields.removeLast(); $0.structures[2].size = 4 },
    BrokenLayout("array-stride", at: "item", also: ["size-multiple", "implicit-padding"]) {
      $0.structures[1].fields[2].count = 4
      $0.structures[1].size = 10
    },
  ]

  private static let chains = [
    BrokenLayout("unresolved", at: "features.F_SPEED") { $0.featureUses[0].use = .enumerator(name: "taste") },
    BrokenLayout("unresolved", at: "featureUses") { $0.featureUses[0].feature = "taste" },
    BrokenLayout("unresolved", at: "item.colour") { $0.structures[1].fields[1].type = .code(enumeration: "taste") },
    BrokenLayout("unresolved", at: "request.flags") { $0.structures[0].fields[2].type = .bits(layout: "taste") },
    BrokenLayout("unresolved", at: "item.handle") { $0.structures[1].fields[0].type = .structure(name: "taste") },
    BrokenLayout("unresolved", at: "flag.coats") { $0.bitLayouts[0].ranges[1].enumeration = "taste" },
    BrokenLayout("unresolved", at: "mode") { $0.registers[0].type = .bits(layout: "taste") },
    BrokenLayout("unresolved", at: "mode") { $0.registers[0].count = "taste" },
    BrokenLayout("unresolved", at: "paint") { $0.services[0].commands[0].writable.append(.structure(name: "taste")) },
    BrokenLayout("unresolved", at: "paint") { $0.services[0].commands[0].writable.append(.group(name: "taste")) },
    BrokenLayout("unresolved", at: "paint") { $0.services[0].commands[0].writable.append(.attributes(name: "taste")) },
    BrokenLayout("unresolved", at: "paint") {
      let bits = Layout.Reference(structure: "request", field: "flags", bits: "taste")
      $0.services[0].commands[0].writable.append(.optional(when: .equals(bits, value: 1), part: .structure(name: "item")))
    },
    BrokenLayout("unresolved", at: "paint") { $0.services[0].commands[0].feature = "VIRTIO_TOY_F_TASTE" },
    BrokenLayout("unresolved", at: "features.F_COLOUR") { $0.features[1].needs = ["VIRTIO_TOY_F_TASTE"] },
    BrokenLayout("unresolved", at: "requestq") { $0.queues.kinds[0].features = ["VIRTIO_TOY_F_TASTE"] },
    BrokenLayout("unresolved", at: "requests") { $0.services[0].queues = ["tasteq"] },
    BrokenLayout("unresolved", at: "extras") { $0.attributeSets[0].header = "taste" },
    BrokenLayout("unresolved", at: "extras") { $0.attributeSets[0].attributes[0].parts = [.structure(name: "taste")] },
    BrokenLayout("unresolved", at: "primer") { $0.groups[0].parts = [.group(name: "taste")] },
    BrokenLayout("writable-before-readable", at: "paint") { $0.measurePaint(by: "reply", "left") },
    BrokenLayout("writable-before-readable", at: "paint") { $0.measurePaint(by: "item", "handle") },
    BrokenLayout("unread-length", at: "item.left_count") { $0.structures[1].fields[0].name = "left_count" },
    BrokenLayout("unbounded-part", at: "paint") { $0.measurePaint(by: "request", "paint_length", limit: 1 << 20 + 1) },
    BrokenLayout("unbounded-part", at: "paint") { $0.measurePaint(by: "request", "paint_length", limit: 0) },
    BrokenLayout("unbounded-part", at: "paint") {
      $0.services[0].commands[0].writable.append(.bytes(name: "rest", length: .rest, summary: "What is left."))
    },
    BrokenLayout("parts-after-rest", at: "paint", also: ["writable-before-readable"]) { $0.services[0].commands[0].readable.insert(.slack, at: 1) },
  ]

  private static let numbers = [
    BrokenLayout("duplicate-enumerator", at: "enumerations.colour") { $0.enumerations[0].numbers[1].name = "VIRTIO_TOY_RED" },
    BrokenLayout("duplicate-enumerator", at: "enumerations.colour") { $0.enumerations[0].numbers[2].value = 2 },
    BrokenLayout("duplicate-enumerator", at: "constants.light") { $0.constants[0].numbers[0].name = "VIRTIO_TOY_F_SPEED" },
    BrokenLayout("enumerator-gap", at: "enumerations.colour") { $0.enumerations[0].numbers[2].value = 9 },
    BrokenLayout("on-equals-off", at: "constants.light") { $0.constants[0].numbers[0].value = 1 },
  ]

  private static let device = [
    BrokenLayout("device-id-taken", at: "identity") { $0.identity.deviceID = 20 },
    BrokenLayout("device-id-taken", at: "identity") { $0.identity.deviceID = 0 },
    BrokenLayout("device-id-beyond-pci", at: "identity") { $0.identity.deviceID = 64 },
    BrokenLayout("feature-bit", at: "features.F_COLOUR") { $0.features[1].bit = 24 },
    BrokenLayout("feature-bit", at: "features.F_COLOUR") { $0.features[1].bit = 128 },
    BrokenLayout("feature-bit", at: "features.F_COLOUR") { $0.features[1].bit = 0 },
    BrokenLayout("queue-size", at: "queues") { $0.queues.maximumSize = 65_536 },
    BrokenLayout("register-place", at: "mode") { $0.registers[0].offset = 2 },
    BrokenLayout("register-place", at: "shade") { $0.addRegister("shade", at: 0) },
    BrokenLayout("register-place", at: "shade") {
      $0.registers[0].count = "mode"
      $0.addRegister("shade", at: 400)
    },
    BrokenLayout("version-register", at: "identity") { $0.identity.versionRegister = 2 },
  ]

  private static let names = [
    BrokenLayout("feature-prefix", at: "features.COLOUR") { $0.features[1].name = "VIRTIO_TOY_COLOUR" },
    BrokenLayout("import-corruption", at: "reply.cpu0") { $0.structures[2].fields[0].name = "cpu0" },
    BrokenLayout("import-corruption", at: "paint") { $0.addBytes("menu8") },
    BrokenLayout("reserved-word", at: "reply.register") { $0.structures[2].fields[0].name = "register" },
    BrokenLayout("reserved-word", at: "paint") { $0.addBytes("register") },
    BrokenLayout("duplicate-name", at: "reply.left") { $0.structures[2].fields[0].name = "left" },
    BrokenLayout("duplicate-name", at: "paint") { $0.services[0].commands.append($0.services[0].commands[0]) },
    BrokenLayout("duplicate-name", at: "features.F_SPEED") { $0.features[1].name = "VIRTIO_TOY_F_SPEED" },
    BrokenLayout("limit-name", at: "paint") {
      let length = Layout.Length.field(.init(structure: "request", field: "paint_length"), limit: 9)
      $0.services[0].commands[0].readable.append(.bytes(name: "paint", length: length, summary: "More."))
    },
    BrokenLayout("limit-name", at: "light") { $0.constants[0].numbers[0].name = "VIRTIO_TOY_MAX_PAINT" },
    BrokenLayout("missing-documentation", at: "reply.left") { $0.structures[2].fields[1].summary = " " },
    BrokenLayout("missing-documentation", at: "paint") { $0.addBytes("gloss", summary: "") },
    BrokenLayout("missing-documentation", at: "loud") { $0.errata[0].resolution = "" },
    BrokenLayout("stale-erratum", at: "paint") { $0.errata[0].rule = "unbounded-part" },
  ]
}
