import FoundationEssentials
import Model
import Spec
import Testing

@testable import Generate

@Suite struct ShowTests {
  @Test(arguments: layouts)
  func `every name and every topic can be shown, and no line is too long for a terminal`(layout: Layout) throws {
    let numbers = (layout.enumerations + layout.constants).flatMap(\.numbers).map(\.name)
    let names = NameIndex(layout).namesByKind.flatMap(\.names) + Topic.allCases.map(\.rawValue) + numbers
    for name in names {
      let text = try Show.text(layout, name)
      let long = text.split(separator: "\n").first { $0.count > TerminalText.width }
      #expect(long == nil, "\(name)")
      #expect(!text.contains("`"), "\(name)")
    }
  }

  @Test(arguments: ["ctrl_hdr", "CTRL_HDR", "virtio_ipsec_ctrl_hdr", "ctrl-hdr"])
  func `a name is found in any case, with or without its prefix`(name: String) throws {
    let layout = try #require(layouts.last)
    #expect(try Show.text(layout, name) == Show.text(layout, "ctrl_hdr"))
  }

  @Test(arguments: layouts)
  func `every macro of the C header can be shown`(layout: Layout) throws {
    let macros = UAPIHeader(layout).text.matches(of: /#define (VIRTIO_ID_\w+|VIRTIO_IPSEC_\w+)/)
    #expect(macros.count > 100)
    for macro in macros { _ = try Show.text(layout, String(macro.1)) }
  }

  @Test func `an unknown name is refused with those near it`() throws {
    let layout = try #require(layouts.last)
    let error = #expect(throws: UnknownName.self) { try Show.text(layout, "ctrl_hrd") }
    #expect(error?.near.first == "ctrl_hdr")
    #expect(error?.description.contains("'ctrl_hrd'; is it ctrl_hdr") ?? false)
    let none = #expect(throws: UnknownName.self) { try Show.text(layout, "zzzzzzzzzzzz") }
    #expect(none?.near == [])
  }

  @Test(arguments: layouts)
  func `a structure as JSON is the structure`(layout: Layout) throws {
    for structure in layout.structures {
      let text = try Show.text(layout, structure.name, as: .json)
      let pieces = try JSONDecoder().decode([String: AnyPiece].self, from: Data(text.utf8))
      #expect(pieces["structure"]?.structure == structure)
    }
  }

  @Test(arguments: layouts)
  func `what is shown as Markdown stands in the reference`(layout: Layout) throws {
    let reference = Reference(layout).text
    for name in layout.structures.map(\.name) {
      for piece in NameIndex(layout).pieces(named: name) where piece.kind == "structure" {
        #expect(reference.contains(MarkdownText.text(piece.blocks)), "\(name)")
      }
    }
  }

  @Test func `the widest columns of a table give way, and long words are broken`() {
    let word = String(repeating: "x", count: 150)
    let text = TerminalText.text([.table(Table(["name", .number("value")], [[word, "7"], ["short", "12"]]))])
    let lines = text.split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= TerminalText.width })
    #expect(lines.joined().count(where: { $0 == "x" }) == 150)
  }

  @Test func `a column without a value in any row is left out`() {
    let table = Table(["a", "b", "c"], [["1", "", "x"], ["2", "", ""]])
    #expect(table.columns.map(\.title) == ["a", "c"] && table.rows == [["1", "x"], ["2", ""]])
  }
}

/// A structure, where the piece is one.
private struct AnyPiece: Decodable {
  let structure: Layout.Structure?

  init(from decoder: any Decoder) throws { structure = try? Layout.Structure(from: decoder) }
}
