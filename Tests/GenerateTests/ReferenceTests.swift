import FoundationEssentials
import Model
import Spec
import Testing
import Wire

@testable import Generate

/// Every version as a layout.
let layouts = Spec.all.map(Layout.init)

@Suite struct ReferenceTests {
  @Test(arguments: layouts)
  func `everything that has a name is in the reference`(layout: Layout) {
    let text = Reference(layout).text
    let headed = layout.structures.map(\.name) + layout.commands.map(\.name) + layout.groups.map(\.name)
      + layout.attributeSets.map(\.name) + layout.bitLayouts.map(\.name) + layout.enumerations.map(\.name)
      + layout.constants.map(\.name) + layout.errata.map(\.id)
    for name in headed { #expect(text.contains("\n### `\(name)`\n"), "\(name)") }
    let numbers = (layout.enumerations + layout.constants).flatMap(\.numbers).map(\.name)
    for name in numbers + layout.features.map(\.name) + layout.queues.kinds.map(\.name) + layout.quirks.map(\.name)
      + layout.counterparts.map(\.place)
    { #expect(text.contains("`\(name)`"), "\(name)") }
    for register in layout.registers { #expect(text.contains("`\(register.name)"), "\(register.name)") }
  }

  @Test(arguments: layouts)
  func `every field stands in the table of its structure with its offset and size`(layout: Layout) {
    let page = Description(layout)
    for structure in layout.structures {
      let rows = tableRows(page.structure(structure))
      #expect(rows.map { $0[0] } == structure.fields.map { "\($0.offset)" }, "\(structure.name)")
      #expect(rows.map { $0[1] } == structure.fields.map { "\($0.size)" }, "\(structure.name)")
      #expect(rows.map { $0[3] } == structure.fields.map { "`\($0.name)`" }, "\(structure.name)")
    }
  }

  @Test(arguments: layouts)
  func `the columns of a table in the source of the reference are aligned`(layout: Layout) {
    var bars: [Int]?
    for line in Reference(layout).text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard line.hasPrefix("| ") else { bars = nil; continue }
      // A bar within a cell is escaped; the last stands where its cell ends.
      let characters = Array(line)
      let found = characters.indices.filter { characters[$0] == "|" && ($0 == 0 || characters[$0 - 1] != "\\") }
      if let bars { #expect(Array(found.dropLast()) == bars, "\(line)") }
      bars = Array(found.dropLast())
    }
  }

  @Test(arguments: layouts)
  func `links lead to headings`(layout: Layout) {
    let text = Reference(layout).text
    let headings = text.split(separator: "\n").filter { $0.hasPrefix("## ") }
    let anchors = headings.map { $0.dropFirst(3).lowercased().replacing(" ", with: "-").replacing(".", with: "") }
    let links = text.split(separator: "](#").dropFirst().map { String($0.prefix { $0 != ")" }) }
    #expect(links == anchors)
  }

  @Test func `the example of queues agrees with the rule`() throws {
    let layout = try #require(layouts.last)
    let count = QueueTopology.dataQueues(
      guestScaling: 4, deviceScaling: 2, maximumPairs: layout.queues.maximumPairs)
    let rows = tableRows(Description(layout).queues).filter { $0.count == 4 && Int($0[0]) != nil && !$0[2].isEmpty }
    #expect(rows.count == count)
    #expect(rows.first == ["1", "`decapq`", "1", "1"] && rows.last == ["\(count)", "`encapq`", "4", "2"])
  }

  @Test(arguments: layouts)
  func `every key of layout.json is documented`(layout: Layout) throws {
    let json = LayoutJSON.text(layout)
    let documented = Set(LayoutSchema.objects.flatMap { $0.keys.flatMap { [$0.name] + words($0.type) } })
    for line in json.split(separator: "\n") {
      guard let colon = line.firstRange(of: "\" : ") ?? line.firstRange(of: "\": ") else { continue }
      let start = try #require(line.firstIndex(of: "\""))
      guard start < colon.lowerBound else { continue }
      let key = String(line[line.index(after: start)..<colon.lowerBound])
      #expect(documented.contains(key), "\(key)")
    }
  }

  private func words(_ type: String) -> [String] {
    type.split(whereSeparator: { !($0.isLetter || $0.isNumber || $0 == "_") }).map(String.init)
  }
}

/// The rows of all tables.
func tableRows(_ blocks: [Block]) -> [[String]] {
  blocks.flatMap { block -> [[String]] in if case .table(let table) = block { table.rows } else { [] } }
}
