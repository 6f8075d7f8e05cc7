import LayoutDiff
import Model
import Spec
import Testing

/// A version and what became of it by one change: the rule that sees it, and what it means for whom.
struct Fixture: CustomTestStringConvertible {
  let rule: String
  let place: String
  /// Identifiers of the verdicts for the old driver with the new device, and for the new driver with the old device.
  let oldDriver: String
  let newDriver: String
  /// What the counter-example of the worse direction says.
  let says: String
  let previous: Layout
  let current: Layout
  let diff: LayoutDiff

  init(
    _ rule: String, at place: String, _ oldDriver: String, _ newDriver: String, says: String = "",
    from previous: Layout = Fixture.base, _ change: (inout Layout) -> Void
  ) {
    self.rule = rule
    self.place = place
    self.oldDriver = oldDriver
    self.newDriver = newDriver
    self.says = says
    self.previous = previous
    var layout = previous
    change(&layout)
    current = layout
    diff = LayoutDiff(old: previous, new: layout)
  }

  var testDescription: String { "\(rule) at \(place)" }

  static let base = Layout(Spec.v2_0)
}

extension Layout {
  mutating func structure(_ name: String, _ change: (inout Structure) -> Void) {
    for index in structures.indices where structures[index].name == name { change(&structures[index]) }
  }

  mutating func field(_ structure: String, _ name: String, _ change: (inout Field) -> Void) {
    self.structure(structure) { structure in
      for index in structure.fields.indices where structure.fields[index].name == name {
        change(&structure.fields[index])
      }
    }
  }

  mutating func register(_ name: String, _ change: (inout Register) -> Void) {
    for index in registers.indices where registers[index].name == name { change(&registers[index]) }
  }

  mutating func command(_ name: String, _ change: (inout Command) -> Void) {
    for service in services.indices {
      for index in services[service].commands.indices where services[service].commands[index].name == name {
        change(&services[service].commands[index])
      }
    }
  }

  mutating func feature(_ name: String, bit: Int) {
    var feature = features[0]
    (feature.name, feature.bit, feature.summary) = (name, bit, "A new feature.")
    features.append(feature)
  }

  mutating func bits(_ name: String, _ change: (inout [BitRange]) -> Void) {
    for index in bitLayouts.indices where bitLayouts[index].name == name { change(&bitLayouts[index].ranges) }
  }

  /// An attribute more.
  mutating func attribute(_ name: String, type: UInt64, parts: [Part]? = nil) {
    var attribute = attributeSets[0].attributes[0]
    (attribute.name, attribute.type.name, attribute.type.value) = (name, "VIRTIO_IPSEC_ATTR_\(name.uppercased())", type)
    attribute.parts = parts ?? [.bytes(name: name, length: .rest, summary: "Value.")]
    attributeSets[0].attributes.append(attribute)
  }

  /// A register behind all others.
  mutating func tailRegister(feature: String? = nil) {
    var register = registers[registers.count - 1]
    (register.name, register.offset, register.access, register.type, register.feature) =
      ("new_limit", register.offset + 4, .readOnly, .number, feature)
    register.summary = "A new limit."
    registers.append(register)
  }
}

extension Layout.BitRange {
  /// One bit of another name elsewhere.
  func named(_ name: String, low: Int) -> Self {
    var range = self
    (range.name, range.low, range.width, range.isReserved, range.enumeration) = (name, low, 1, false, nil)
    return range
  }
}
