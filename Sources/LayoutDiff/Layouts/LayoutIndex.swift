import Model
import Synchronization

/// A layout, and what is looked up in it often.
final class LayoutIndex: Sendable {
  let layout: Layout
  /// The bits that were negotiated; nil for the layout as it was written down.
  let negotiated: Set<Int>?
  let structures: [String: Layout.Structure]
  let bitLayouts: [String: Layout.BitLayout]
  let codes: [String: Set<UInt64>]
  /// By enumeration: what each value stands for.
  let names: [String: [UInt64: String]]
  let commands: [String: Layout.Command]
  /// By their names as carriers.
  let registers: [String: Layout.Register]
  let groups: [String: Layout.Group]
  let attributeSets: [String: Layout.AttributeSet]
  let featureBits: Set<Int>
  /// Whether the version's rules have receivers look at reserved bytes, and senders write zero there.
  let checksReserved: Bool
  /// The commands and registers that a structure, enumeration, bit layout, group or attribute set takes part in.
  let uses: Uses
  private let bitOfFeature: [String: Int]
  private let optionalAttributes: [Area: Set<String>]
  /// Restrictions that were asked for: many drafts share them.
  private let restrictions = Mutex<[Set<Int>: LayoutIndex]>([:])

  /// - Parameter uses: where things travel, if that is known already.
  init(_ layout: Layout, negotiated: Set<Int>? = nil, uses: Uses? = nil) {
    self.layout = layout
    self.negotiated = negotiated
    structures = Self.table(layout.structures, \.name)
    bitLayouts = Self.table(layout.bitLayouts, \.name)
    codes = Self.table(layout.enumerations, \.name).mapValues { Set($0.numbers.map(\.value)) }
    names = Self.table(layout.enumerations, \.name).mapValues { group in
      Dictionary(group.numbers.map { ($0.value, $0.name) }) { first, _ in first }
    }
    commands = Self.table(layout.commands, \.name)
    registers = Self.table(layout.registers, \.name.asRegister)
    groups = Self.table(layout.groups, \.name)
    attributeSets = Self.table(layout.attributeSets, \.name)
    featureBits = Set(layout.features.map(\.bit))
    checksReserved = layout.statements.contains { $0.id == "reserved" }
    self.uses = uses ?? Uses(layout)
    bitOfFeature = Self.table(layout.features, \.name).mapValues(\.bit)
    optionalAttributes = [
      .readable: layout.optionalAttributes(.readable), .writable: layout.optionalAttributes(.writable),
    ]
  }

  /// The layout as a side uses it when those features were negotiated.
  func restricted(to negotiated: Set<Int>) -> LayoutIndex {
    if let known = restrictions.withLock({ $0[negotiated] }) { return known }
    let made = LayoutIndex(layout.restricted { negotiated.contains(bit($0)) }, negotiated: negotiated)
    restrictions.withLock { $0[negotiated] = made }
    return made
  }

  /// Names of attributes that the receiver of an area may pass over.
  func optionalAttributes(_ area: Area) -> Set<String> { optionalAttributes[area] ?? [] }

  /// Names of a sender's attributes that this side passes over by its own bit, should it not know them.
  func passedOver(of sender: LayoutIndex) -> Set<String> {
    Set(
      sender.layout.attributeSets.flatMap { set in
        set.attributes.filter { attributeSets[set.name]?.ignores($0.type.value) ?? false }
      }.map(\.name))
  }

  /// The bit of a feature by its full C name; one that is none cannot be negotiated.
  func bit(_ feature: String) -> Int { bitOfFeature[feature] ?? -1 }

  /// The name of a feature bit.
  func feature(_ bit: Int) -> String? { layout.features.first { $0.bit == bit }?.name }

  /// Whether there is a command or register of that name.
  func carries(_ carrier: String) -> Bool { commands[carrier] != nil || registers[carrier] != nil }

  /// The bits without which a command or register is not there.
  func gate(of carrier: String) -> Set<Int> {
    (commands[carrier]?.feature ?? registers[carrier]?.feature).map { [bit($0)] } ?? []
  }

  private static func table<Value>(_ values: [Value], _ name: (Value) -> String) -> [String: Value] {
    Dictionary(values.map { (name($0), $0) }) { first, _ in first }
  }
}

extension Layout {
  /// A device passes over attributes that are marked so, a driver over any that it did not ask for.
  fileprivate func optionalAttributes(_ area: Area) -> Set<String> {
    Set(
      attributeSets.flatMap { set in
        set.attributes.filter { area == .writable || set.ignores($0.type.value) }
      }.map(\.name))
  }
}
