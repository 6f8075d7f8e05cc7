import Model

/// A toy that goes to the edge of a rule and keeps it.
struct SoundLayout: CustomStringConvertible {
  let description: String
  let layout: Layout

  init(_ description: String, _ change: (inout Layout) -> Void) {
    self.description = description
    layout = Toy.with(change)
  }

  static let all = [
    SoundLayout("the last device ID that PCI reaches") { $0.identity.deviceID = 63 },
    SoundLayout("a device ID between two that are taken") { $0.identity.deviceID = 37 },
    SoundLayout("the largest queue") { $0.queues.maximumSize = 32_768 },
    SoundLayout("the last of the lower feature bits") { $0.features[1].bit = 23 },
    SoundLayout("the first of the upper feature bits") { $0.features[1].bit = 50 },
    SoundLayout("the last of all feature bits") { $0.features[1].bit = 127 },
    SoundLayout("a feature of virtio's own") {
      $0.features[1].name = "VIRTIO_F_VERSION_1"
      $0.features[1].bit = 32
      $0.features[1].isForeign = true
    },
    SoundLayout("a packed structure of odd offsets") {
      $0.structures[1].isPacked = true
      $0.structures[1].fields[2].offset = 4
      $0.structures[1].fields[2].count = 1
      $0.structures[1].fields[1].offset = 5
      $0.structures[1].size = 7
    },
    SoundLayout("numbers that go on in another block") { $0.enumerations[0].numbers[2].value = 0x8003 },
    SoundLayout("equal constants that turn nothing on") {
      $0.constants[0].numbers[0].name = "VIRTIO_TOY_LIGHT_DIM"
      $0.constants[0].numbers[0].value = 1
    },
    SoundLayout("the largest limit of a part") { $0.measurePaint(by: "request", "paint_length", limit: 1 << 20) },
    SoundLayout("a limit that announces nothing") { $0.structures[1].fields[0].name = "max_count" },
    SoundLayout("a length in what the device writes") { $0.structures[2].fields[0].name = "painted_length" },
    SoundLayout("a length that condition and part look at") {
      let count = Layout.Reference(structure: "request", field: "item_count")
      $0.services[0].commands[0].writable.append(.optional(when: .equals(count, value: 1), part: .structure(name: "item")))
    },
    SoundLayout("a repetition that looks into the one before, by index") {
      let handle = Layout.Reference(structure: "item", field: "handle")
      let count = Layout.Reference(structure: "request", field: "item_count")
      $0.services[0].commands[0].writable.append(
        .repeated(name: "item", count: count, parts: [.bytes(name: "shade", length: .field(handle, limit: 9), summary: "Shade.")]))
    },
    SoundLayout("registers around an array") {
      $0.addRegister("shade", at: 4)
      $0.registers[1].count = "mode"
      $0.addRegister("gloss", at: 4)
      $0.registers[2].counter = "mode"
      $0.registers[2].stride = 4
    },
    SoundLayout("names with a 'u' that no digit follows") { $0.addBytes("u_8ub") },
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
