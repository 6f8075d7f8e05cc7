import LayoutDiff
import Model
import Spec
import Testing

@Suite struct DefectTests {
  /// Something that makes a layout impossible to execute.
  enum Defect: String, CaseIterable {
    case format, negativeOffset, beyondEnd, width, missingStructure, cyclicGroup, cyclicStructure, bits, register
    case bitsBeyondCounting, widthOfBits, negativeLimit, groupsWithoutEnd, fieldsWithoutEnd
    case reservedOverUsed, reservedNamedAsUsed, longAtLeast, escapeInName, escapeInText

    func make(_ layout: inout Layout) {
      switch self {
      case .format: layout.format = 99
      case .negativeOffset: layout.field("data_req", "sa") { $0.offset = -8 }
      case .beyondEnd: layout.field("data_req", "sa") { $0.offset = .max }
      case .width: layout.field("data_req", "sa") { $0.width = 16 }
      case .missingStructure: layout.command("add_group") { $0.writable.append(.structure(name: "nowhere")) }
      case .cyclicGroup: layout.groups[0].parts.append(.group(name: layout.groups[0].name))
      case .cyclicStructure: layout.field("data_req", "sa") { $0.type = .structure(name: "data_req") }
      case .bits: layout.bits("sa_flag") { $0[0].low = 64 }
      case .bitsBeyondCounting: layout.bits("sa_flag") { $0[0].low = .max }
      case .widthOfBits: layout.bitLayouts[0].width = -1
      case .negativeLimit:
        let length = Layout.Reference(structure: "data_req", field: "input_length")
        layout.groups[0].parts.append(.bytes(name: "tail", length: .field(length, limit: -1), summary: "The rest."))
      case .groupsWithoutEnd:
        for level in 0..<40 {
          let next = Layout.Part.group(name: level == 39 ? layout.groups[0].name : "laugh_\(level + 1)")
          var group = layout.groups[0]
          group.name = "laugh_\(level)"
          group.parts = [next, next]
          layout.groups.append(group)
        }
        layout.command("add_group") { $0.writable.append(.group(name: "laugh_0")) }
      case .fieldsWithoutEnd:
        for level in 0..<3 {
          var structure = layout.structures[0]
          structure.name = "nest_\(level)"
          structure.size = 0
          structure.fields = [structure.fields[0]]
          structure.fields[0].count = 5000
          structure.fields[0].width = 0
          structure.fields[0].offset = 0
          structure.fields[0].type = .structure(name: level == 2 ? "group" : "nest_\(level + 1)")
          layout.structures.append(structure)
        }
      case .longAtLeast: layout.field("data_req", "input_length") { $0.least = 1 << 30 }
      case .reservedOverUsed: layout.field("original_address", "reserved") { $0.count = 8 }
      case .reservedNamedAsUsed: layout.field("dh_public", "reserved") { $0.name = "length" }
      case .register: layout.register("version_count") { $0.offset = -1 }
      case .escapeInName: layout.command("add_group") { $0.codes[1].name += "\u{1b}[31m" }
      case .escapeInText: layout.enumerations[0].numbers[0].summary = "\u{1b}]0;title\u{7}"
      }
    }
  }

  @Test(arguments: Spec.all.map(Layout.init))
  func `a defined version has no defects`(layout: Layout) { #expect(layout.defects == []) }

  @Test(arguments: Defect.allCases)
  func `what cannot be executed is said before it is tried`(defect: Defect) {
    var layout = Fixture.base
    defect.make(&layout)
    #expect(!layout.defects.isEmpty)
  }
}
