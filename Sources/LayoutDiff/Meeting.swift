import Model

/// Who meets whom.
public enum Direction: String, Codable, Hashable, Sendable, CaseIterable {
  case oldDriver = "old-driver-new-device"
  case newDriver = "new-driver-old-device"

  /// Which of the two versions the driver follows.
  public var driver: String { self == .oldDriver ? "old" : "new" }
  public var device: String { self == .oldDriver ? "new" : "old" }
  public var mirrored: Direction { self == .oldDriver ? .newDriver : .oldDriver }
  /// For people.
  public var title: String { "\(driver) driver, \(device) device" }
}

/// The two areas of a chain.
enum Area: String, CaseIterable {
  case readable, writable
}

/// A driver of one layout and a device of another.
struct Meeting {
  let direction: Direction
  let driver: LayoutIndex
  let device: LayoutIndex

  init(_ direction: Direction, old: LayoutIndex, new: LayoutIndex) {
    self.direction = direction
    driver = direction == .oldDriver ? old : new
    device = direction == .oldDriver ? new : old
  }

  /// Bits that both sides offer or accept: no other can be negotiated.
  var negotiable: Set<Int> { driver.featureBits.intersection(device.featureBits) }

  func sender(_ area: Area) -> LayoutIndex { area == .readable ? driver : device }
  func receiver(_ area: Area) -> LayoutIndex { area == .readable ? device : driver }
  func sender(_ area: Area) -> String { area == .readable ? driverName : deviceName }
  func receiver(_ area: Area) -> String { area == .readable ? deviceName : driverName }
  var driverName: String { "\(direction.driver) driver" }
  var deviceName: String { "\(direction.device) device" }
}

/// A layout, and what is looked up in it often.
final class LayoutIndex: Sendable {
  let layout: Layout
  let structures: [String: Layout.Structure]
  let bitLayouts: [String: Layout.BitLayout]
  let codes: [String: Set<UInt64>]
  let commands: [String: Layout.Command]
  let groups: [String: Layout.Group]
  let attributeSets: [String: Layout.AttributeSet]
  let featureBits: Set<Int>
  private let bitOfFeature: [String: Int]
  /// The commands that a structure, enumeration, group or attribute set takes part in.
  let uses: Uses
  private let optionalNames: [Area: Set<String>]

  init(_ layout: Layout) {
    self.layout = layout
    structures = Self.table(layout.structures, \.name)
    bitLayouts = Self.table(layout.bitLayouts, \.name)
    codes = Self.table(layout.enumerations, \.name).mapValues { Set($0.numbers.map(\.value)) }
    commands = Self.table(layout.commands, \.name)
    groups = Self.table(layout.groups, \.name)
    attributeSets = Self.table(layout.attributeSets, \.name)
    featureBits = Set(layout.features.map(\.bit))
    bitOfFeature = Self.table(layout.features, \.name).mapValues(\.bit)
    uses = Uses(layout)
    optionalNames = [.readable: layout.optionalNames(.readable), .writable: layout.optionalNames(.writable)]
  }

  /// Names of what stands in attributes that the receiver of an area may pass over.
  func optionalNames(_ area: Area) -> Set<String> { optionalNames[area] ?? [] }

  /// The bit of a feature by its full C name; one that is none cannot be negotiated.
  func bit(_ feature: String) -> Int { bitOfFeature[feature] ?? -1 }

  /// The bits without which a command is not there.
  func gate(of command: String) -> Set<Int> { commands[command]?.feature.map { [bit($0)] } ?? [] }

  private static func table<Value>(_ values: [Value], _ name: (Value) -> String) -> [String: Value] {
    Dictionary(values.map { (name($0), $0) }) { first, _ in first }
  }
}

extension Layout {
  /// A device passes over attributes that are marked so, a driver over any that it did not ask for.
  fileprivate func optionalNames(_ area: Area) -> Set<String> {
    let attributes = attributeSets.flatMap { set in
      set.attributes.filter { area == .writable || $0.type.value >> UInt64(set.ignorableBit) & 1 == 1 }
    }
    return Set(
      attributes.flatMap(\.parts).flatMap { $0.descendants(in: self) }.compactMap { part in
        switch part {
        case .structure(let name), .bytes(let name, _, _): name
        case .optional, .repeated, .measured, .group, .attributes, .slack: nil
        }
      })
  }
}

/// Where in the chains things of a layout travel.
struct Uses {
  /// By area: names of commands.
  private var commands: [Area: [String: Set<String>]] = [:]

  init(_ layout: Layout) {
    for command in layout.commands {
      for (area, parts) in [(Area.readable, command.readable), (.writable, command.writable)] {
        for part in parts.flatMap({ $0.descendants(in: layout) }) { note(part, command.name, area, layout) }
      }
    }
  }

  private mutating func note(_ part: Layout.Part, _ command: String, _ area: Area, _ layout: Layout) {
    switch part {
    case .structure(let name):
      add(name, command, area)
      for field in layout.structure(name)?.fields ?? [] {
        switch field.type {
        case .code(let enumeration): add(enumeration.asEnumeration, command, area)
        case .bits(let bits):
          add(bits.asBitLayout, command, area)
          for range in layout.bitLayout(bits)?.ranges ?? [] {
            if let enumeration = range.enumeration { add(enumeration.asEnumeration, command, area) }
          }
        case .number, .reserved, .structure: break
        }
      }
    case .group(let name): add(name.asGroup, command, area)
    case .attributes(let name):
      add(name.asAttributeSet, command, area)
      if let set = layout.attributeSet(name) { add(set.header, command, area) }
    case .bytes, .optional, .repeated, .measured, .slack: break
    }
  }

  private mutating func add(_ key: String, _ command: String, _ area: Area) {
    commands[area, default: [:]][key, default: []].insert(command)
  }

  /// Names of the commands.
  func commands(_ key: String, _ area: Area) -> Set<String> { commands[area]?[key] ?? [] }
}

extension String {
  /// Keys of `Uses` for what shares no name space with structures.
  var asEnumeration: String { "enum \(self)" }
  var asBitLayout: String { "bits \(self)" }
  var asGroup: String { "group \(self)" }
  var asAttributeSet: String { "attributes \(self)" }
}
