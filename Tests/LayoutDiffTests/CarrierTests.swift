import LayoutDiff
import Model
import Spec
import Testing

/// Nothing that travels, in a chain or in a register, changes without a verdict about the wire.
@Suite struct CarrierTests {
  /// A bit layout of a version.
  struct Bits: CustomTestStringConvertible {
    let layout: Layout
    let name: String
    var testDescription: String { "\(layout.version): \(name)" }

    static let all = Spec.all.map(Layout.init).flatMap { layout in
      layout.bitLayouts.map { Bits(layout: layout, name: $0.name) }
    }

    /// Whether a field of a command's structure, or a register, has it.
    var travels: Bool {
      let type = Layout.FieldType.bits(layout: name)
      let structures = layout.commands.flatMap { $0.readable + $0.writable }.flatMap { $0.structures(in: layout) }
      return layout.registers.contains { $0.type == type }
        || structures.compactMap(layout.structure).contains { $0.fields.contains { $0.type == type } }
    }
  }

  @Test(arguments: Bits.all)
  func `bits that are gone have a wire verdict wherever they travel`(bits: Bits) throws {
    var changed = bits.layout
    changed.bits(bits.name) { ranges in
      if let first = ranges.firstIndex(where: { !$0.isReserved }) { ranges.remove(at: first) }
    }
    let diff = LayoutDiff(old: bits.layout, new: changed)
    let change = try #require(diff.changes.first { $0.rule.id.hasPrefix("bits-") })
    for direction in Direction.allCases {
      #expect((change.judgements[direction]?.outcome != nil) == bits.travels)
    }
  }
}
