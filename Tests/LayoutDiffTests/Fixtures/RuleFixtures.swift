import Foundation
import Model

/// One change for each rule.
enum RuleFixtures {
  static let all = device + features + queues + numbers + structures + bits + commands + chains + attributes + texts

  static let (compatible, breaking, conditional) = ("wire-compatible", "wire-breaking", "wire-compatible-if")
  static let documentation = "documentation-only"
  static let (source, sourceBreak) = ("source-compatible-only", "source-breaking")
}

extension Layout {
  /// 2.0 with a structure that no chain has.
  static func withSpare(_ name: String) -> Layout {
    let base = Fixture.base
    var layout = base
    for service in layout.services.indices {
      layout.services[service].commands.removeAll { command in
        (command.readable + command.writable).contains { $0.structures(in: base).contains(name) }
      }
    }
    return layout
  }

  /// 2.0 with bits that nothing describes.
  static var undescribed: Layout {
    var layout = Fixture.base
    layout.bits("data_flag") { $0.removeAll(where: \.isReserved) }
    return layout
  }

  /// 2.0 without the rule that reserved bytes are zero and checked.
  static var careless: Layout {
    var layout = Fixture.base
    layout.statements.removeAll { $0.id == "reserved" }
    return layout
  }

  /// 2.0 with a cookie whose most significant byte comes first.
  static var bigEndianCookie: Layout {
    var layout = Fixture.base
    layout.field("data_req", "cookie") { $0.order = .big }
    return layout
  }

  /// The size of a replay window in 16 bits, with reserved bytes behind it.
  mutating func shortWindow(most: UInt64) {
    structure("replay_window") { structure in
      var rest = structure.fields[0]
      (rest.name, rest.offset, rest.width, rest.count, rest.type) = ("reserved", 2, 1, 2, .reserved)
      (rest.least, rest.most) = (nil, nil)
      structure.fields[0].width = 2
      structure.fields[0].most = most
      structure.fields.insert(rest, at: 1)
    }
  }

  /// 2.0 with a service that has no commands yet.
  static var withWeather: Layout {
    var layout = Fixture.base
    var service = layout.services[0]
    (service.name, service.summary, service.commands) = ("weather", "Says how it will be.", [])
    layout.services.append(service)
    return layout
  }

  /// 2.0 with a constant.
  static func limited(_ value: UInt64) -> Layout {
    var layout = Fixture.base
    var group = layout.enumerations[0]
    (group.name, group.numbers) = ("limit", [group.numbers[0]])
    (group.numbers[0].name, group.numbers[0].value) = ("VIRTIO_IPSEC_LIMIT", value)
    layout.constants = [group]
    return layout
  }

  /// Two reserved bytes of a request put to use.
  mutating func hint(feature: String? = nil) {
    field("data_req", "reserved") { ($0.name, $0.width, $0.count, $0.type) = ("hint", 2, nil, .number) }
    guard let feature else { return }
    var use = featureUses[0]
    (use.feature, use.use) = (feature, .above(Reference(structure: "data_req", field: "hint"), value: 0))
    featureUses.append(use)
  }

  /// The layout with another name for a structure, everywhere.
  func renaming(_ name: String, to other: String) -> Layout {
    let encoder = JSONEncoder()
    guard let data = try? encoder.encode(self) else { return self }
    let text = String(decoding: data, as: UTF8.self).replacing("\"\(name)\"", with: "\"\(other)\"")
    return (try? JSONDecoder().decode(Layout.self, from: Data(text.utf8))) ?? self
  }
}
