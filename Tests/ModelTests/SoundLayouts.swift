import Model

/// A toy that goes to the edge of a rule and keeps it.
struct SoundLayout: CustomStringConvertible {
  let rule: String
  let description: String
  let layout: Layout

  init(_ rule: String, _ description: String, _ change: (inout Layout) -> Void) {
    self.rule = rule
    self.description = description
    layout = Toy.with(change)
  }

  static let all = structures + chains + others

  private static let structures = [
    SoundLayout("overlap", "bits that begin where others end") {
      $0.bitLayouts[0].ranges[1].width = 4
      $0.bitLayouts[0].ranges[2].low = 5
      $0.bitLayouts[0].ranges[2].width = 11
    },
    SoundLayout("gap", "bits, all of which mean something") {
      $0.bitLayouts[0].ranges[1].width = 15
      $0.bitLayouts[0].ranges.removeLast()
    },
    SoundLayout("beyond-size", "an array that ends with its structure") {
      $0.structures[2].fields[1].width = 1
      $0.structures[2].fields[1].count = 4
    },
    SoundLayout("misaligned", "64 bits in a packed structure, anywhere") {
      $0.structures[0].isPacked = true
      $0.structures[0].fields[1].offset = 0
      $0.structures[0].fields[0].offset = 2
    },
    SoundLayout("size-multiple", "a packed structure of any size") {
      $0.structures[2].isPacked = true
      $0.structures[2].size = 5
      $0.structures[2].fields[1].width = 1
    },
    SoundLayout("array-stride", "a repetition of an odd number of bytes") {
      $0.structures[1].isPacked = true
      $0.structures[1].size = 9
      $0.structures[1].fields[2].count = 3
    },
    SoundLayout("unresolved", "a feature that needs another") { $0.features[1].needs = [$0.features[0].name] },
  ]

  private static let chains = [
    SoundLayout("parts-after-rest", "a structure behind what is left alone") {
      $0.services[0].commands[1].writable = [.slack, .structure(name: "reply")]
    },
  ]

  private static let others = [
    SoundLayout("duplicate-enumerator", "one number in two groups") {
      $0.constants[0].numbers[0].value = $0.enumerations[0].numbers[1].value
    },
    SoundLayout("version-register", "a version of two numbers") {
      $0.version = "3.1"
      $0.identity.versionRegister = 3 << 24 | 1
    },
    SoundLayout("reserved-word", "a name with a reserved word in it") { $0.structures[2].fields[0].name = "registers" },
    SoundLayout("duplicate-name", "a field of two structures") { $0.structures[2].fields[0].name = "handle" },
    SoundLayout("limit-name", "a limit for each of two parts") { $0.addBytes("gloss") },
    SoundLayout("limit-name", "two parts of one name and one limit") {
      $0.services[0].commands[0].readable.append($0.services[0].commands[0].readable[2])
    },
    SoundLayout("missing-documentation", "the shortest sentence") { $0.structures[2].fields[1].summary = "A." },
    SoundLayout("stale-erratum", "an erratum that excuses what is there") {
      $0.identity.deviceID = 20
      $0.errata[0].rule = "device-id-taken"
      $0.errata[0].place = "identity"
    },
    SoundLayout("device-id-beyond-pci", "the last device ID that PCI reaches") { $0.identity.deviceID = 63 },
    SoundLayout("device-id-taken", "a device ID between two that are taken") { $0.identity.deviceID = 37 },
    SoundLayout("queue-size", "the largest queue") { $0.queues.maximumSize = 32_768 },
    SoundLayout("feature-bit", "the last of the lower feature bits") { $0.features[1].bit = 23 },
    SoundLayout("feature-bit", "the first of the upper feature bits") { $0.features[1].bit = 50 },
    SoundLayout("feature-bit", "the last of all feature bits") { $0.features[1].bit = 127 },
    SoundLayout("feature-prefix", "a feature of virtio's own") {
      $0.features[1].name = "VIRTIO_F_VERSION_1"
      $0.features[1].bit = 32
      $0.features[1].isForeign = true
    },
    SoundLayout("implicit-padding", "a packed structure of odd offsets") {
      $0.structures[1].isPacked = true
      $0.structures[1].fields[2].offset = 4
      $0.structures[1].fields[2].count = 1
      $0.structures[1].fields[1].offset = 5
      $0.structures[1].size = 7
    },
    SoundLayout("enumerator-gap", "numbers that go on in another block") { $0.enumerations[0].numbers[2].value = 0x8003 },
    SoundLayout("on-equals-off", "equal constants that turn nothing on") {
      $0.constants[0].numbers[0].name = "VIRTIO_TOY_LIGHT_DIM"
      $0.constants[0].numbers[0].value = 1
    },
    SoundLayout("unbounded-part", "the largest limit of a part") { $0.measurePaint(by: "request", "paint_length", limit: 1 << 20) },
    SoundLayout("unread-length", "a limit that announces nothing") { $0.structures[1].fields[0].name = "max_count" },
    SoundLayout("unread-length", "a length in what the device writes") { $0.structures[2].fields[0].name = "painted_length" },
    SoundLayout("unread-length", "a length that condition and part look at") {
      let count = Layout.Reference(structure: "request", field: "item_count")
      $0.services[0].commands[0].writable.append(.optional(when: .equals(count, value: 1), part: .structure(name: "item")))
    },
    SoundLayout("writable-before-readable", "a repetition that looks into the one before, by index") {
      let handle = Layout.Reference(structure: "item", field: "handle")
      let count = Layout.Reference(structure: "request", field: "item_count")
      $0.services[0].commands[0].writable.append(
        .repeated(name: "item", count: count, parts: [.bytes(name: "shade", length: .field(handle, limit: 9), summary: "Shade.")]))
    },
    SoundLayout("register-place", "registers around an array") {
      $0.addRegister("shade", at: 4)
      $0.registers[1].count = "mode"
      $0.addRegister("gloss", at: 4)
      $0.registers[2].counter = "mode"
      $0.registers[2].stride = 4
    },
    SoundLayout("import-corruption", "names with a 'u' that no digit follows") { $0.addBytes("u_8ub") },
  ]
}

extension Layout {
  mutating func measurePaint(by structure: String, _ field: String, limit: Int = 9) {
    services[0].commands[0].readable[2] =
      .bytes(name: "paint", length: .field(Reference(structure: structure, field: field), limit: limit), summary: "Paint.")
  }

  mutating func addBytes(_ name: String, summary: String = "More.") {
    let length = Length.field(Reference(structure: "request", field: "paint_length"), limit: 9)
    services[0].commands[0].readable.append(.bytes(name: name, length: length, summary: summary))
  }

  mutating func addRegister(_ name: String, at offset: Int) {
    var register = registers[0]
    register.name = name
    register.offset = offset
    register.count = nil
    registers.append(register)
  }
}
