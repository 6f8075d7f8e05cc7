import LayoutDiff
import Model
import Testing

/// Structures within structures.
@Suite struct NestedTests {
  /// 2.0 with the last two fields of `data_req` in a structure of their own at the same place.
  static let nested: Layout = {
    var layout = Fixture.base
    layout.structure("data_req") { structure in
      let fields = structure.fields.suffix(2)
      guard let first = fields.first else { return }
      var field = first
      (field.name, field.width, field.count, field.type) =
        ("tail", structure.size - first.offset, nil, .structure(name: "data_tail"))
      structure.fields.removeLast(2)
      structure.fields.append(field)
    }
    guard var tail = Fixture.base.structures.first(where: { $0.name == "data_req" }) else { return layout }
    let start = tail.fields[tail.fields.count - 2].offset
    tail.name = "data_tail"
    tail.fields = tail.fields.suffix(2)
    for index in tail.fields.indices { tail.fields[index].offset -= start }
    tail.size -= start
    layout.structures.append(tail)
    return layout
  }()

  @Test func `a structure taken apart into nested ones is the same on the wire`() {
    let diff = LayoutDiff(old: Fixture.base, new: Self.nested)
    #expect(Self.nested.defects == [])
    #expect(diff.contradictions == [])
    #expect(!diff.breaksWire)
  }

  @Test func `what moved within a nested structure is followed to where its bytes are`() throws {
    var moved = Self.nested
    moved.structure("data_tail") { structure in
      // What stood first stands last.
      let (first, last) = (structure.fields[0], structure.fields[1])
      structure.fields[1].offset = first.offset
      structure.fields[0].offset = structure.size - first.width * (first.count ?? 1)
      structure.fields[1].width = last.width
      structure.fields.swapAt(0, 1)
    }
    let diff = LayoutDiff(old: Self.nested, new: moved)
    #expect(diff.contradictions == [])
    let start = try #require(Self.nested.structures.first { $0.name == "data_req" }?.fields.last).offset
    let change = try #require(
      diff.changes.first { $0.rule.id == "field-moved" && $0.place.hasPrefix("data_req.tail.") },
      "\(diff.changes.map { "\($0.rule.id) \($0.place)" })")
    #expect(change.verdict == .wireBreaking)
    let said = try #require(change.judgements[.oldDriver]?.outcome?.counterexample)
    #expect(said.contains("at \(start)"), "\(said)")
  }
}
