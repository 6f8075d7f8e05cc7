import LayoutDiff
import Model
import Spec
import Testing

@Suite struct DefectTests {
  /// Something that makes a layout impossible to execute.
  enum Defect: String, CaseIterable {
    case format, negativeOffset, beyondEnd, width, missingStructure, cyclicGroup, cyclicStructure, bits, register

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
      case .register: layout.register("version_count") { $0.offset = -1 }
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
