import Spec
import Testing

@testable import Generate
@testable import Model

@Suite struct PictureTests {
  @Test(arguments: layouts)
  func `a picture of bytes has as many cells as the structure has bytes`(layout: Layout) throws {
    for structure in layout.structures {
      let lines = BytePicture(structure).lines
      let width = try #require(lines.map(\.count).max())
      #expect(width <= TerminalText.width, "\(structure.name)")
      let cell = width / min(structure.size, 4) - 2
      var bytes = 0
      for (index, line) in lines.enumerated() where line.contains("|") {
        let offset = try #require(Int(line.prefix(6).filter { $0 != " " }))
        // Rows that an ellipsis stands for lie between this row and the one before.
        if lines[index - 1].contains(":") { bytes = offset }
        #expect(offset == bytes, "\(structure.name): \(line)")
        bytes += Int((Double(line.count - 7) / Double(cell + 1)).rounded())
      }
      #expect(bytes == structure.size, "\(structure.name)")
    }
  }

  @Test(arguments: layouts)
  func `a picture of bytes names each field`(layout: Layout) {
    for structure in layout.structures {
      let picture = BytePicture(structure).lines.joined(separator: "\n")
      for field in structure.fields { #expect(picture.contains(" \(field.name)"), "\(structure.name).\(field.name)") }
    }
  }

  @Test func `a field that goes on in the next row is named again`() {
    let structure = Layout.Structure(
      name: "odd", summary: "Odd.", size: 6, isPacked: true,
      fields: [
        field("a", at: 0, 3), field("b", at: 3, 2), field("c", at: 5, 1),
      ])
    #expect(
      BytePicture(structure).lines == [
        "       +0              +1              +2              +3",
        "      +---------------+---------------+---------------+---------------+",
        "    0 | a                                             | b             |",
        "      +---------------+---------------+---------------+---------------+",
        "    4 | (b)           | c             |",
        "      +---------------+---------------+",
      ])
  }

  @Test func `a long field is drawn with its first and last row`() {
    let structure = Layout.Structure(
      name: "long", summary: "Long.", size: 64, isPacked: false, fields: [field("key", at: 0, 64)])
    #expect(
      BytePicture(structure).lines == [
        "       +0              +1              +2              +3",
        "      +---------------+---------------+---------------+---------------+",
        "    0 | key[64]                                                       |",
        "      :                                                               :",
        "   60 |                                                               |",
        "      +---------------+---------------+---------------+---------------+",
      ])
  }

  @Test(arguments: layouts)
  func `a picture of bits has straight sides and names every bit`(layout: Layout) {
    for bits in layout.bitLayouts {
      let lines = BitPicture(bits).lines
      #expect(lines.allSatisfy { $0.count <= TerminalText.width }, "\(bits.name)")
      #expect(lines[1] == lines[3] && lines[1].count == lines[2].count && lines[0].count < lines[1].count)
      for range in bits.ranges {
        let drawn = lines.joined(separator: "\n")
        if !range.isReserved { #expect(drawn.contains(range.name), "\(bits.name).\(range.name)") }
        #expect(lines[0].split(separator: " ").contains("\(range.low)"), "\(bits.name).\(range.name)")
      }
    }
  }

  @Test func `names too long for their bits stand below, each at the end of a line from its bit`() {
    let names = [0, 1, 2].map { "a_name_that_is_long_\($0)_and_does_not_fit" }
    let bits = Layout.BitLayout(
      name: "flags", summary: "Flags.", width: 1,
      ranges: names.enumerated().map {
        Layout.BitRange(name: $1, low: $0, width: 1, summary: "", isReserved: false, enumeration: nil)
      })
    #expect(
      BitPicture(bits).lines == [
        " 7 3 2  1  0",
        "+---+--+--+--+",
        "| - |  |  |  |",
        "+---+--+--+--+",
        "     |  |  +-- \(names[0])",
        "     |  +----- \(names[1])",
        "     +-------- \(names[2])",
      ])
  }

  @Test(arguments: layouts)
  func `a picture of a chain is a rectangle that names each part`(layout: Layout) {
    for command in layout.commands {
      let lines = ChainPicture(layout).lines(command)
      let drawn = lines.filter { "+|:".contains($0.first ?? " ") }
      #expect(drawn.allSatisfy { $0.count == 78 && $0.first == $0.last }, "\(command.name)")
      for part in command.readable + command.writable {
        for name in part.names { #expect(drawn.contains { $0.contains(" \(name) ") }, "\(command.name): \(name)") }
      }
    }
  }

  private func field(_ name: String, at offset: Int, _ count: Int) -> Layout.Field {
    Layout.Field(
      name: name, offset: offset, width: count > 3 ? 1 : count, count: count > 3 ? count : nil, order: .little,
      type: .number, summary: "")
  }
}

extension Layout.Part {
  /// What the picture of a chain is to name, down to what has a picture of its own.
  fileprivate var names: [String] {
    switch self {
    case .structure(let name), .bytes(let name, _, _), .group(let name), .attributes(let name): [name]
    case .optional(_, let part): part.names
    case .repeated(_, _, let parts), .measured(_, let parts): parts.flatMap(\.names)
    case .slack: ["(left alone)"]
    }
  }
}
