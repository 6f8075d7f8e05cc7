import LayoutDiff
import Model
import Spec
import Testing

@Suite struct VersionTests {
  static let layouts = Spec.all.map(Layout.init)

  @Test(arguments: layouts)
  func `a version compared with itself has no changes`(layout: Layout) {
    let diff = LayoutDiff(old: layout, new: layout)
    #expect(diff.changes.isEmpty)
    for direction in Direction.allCases { #expect(diff.verdict(direction) == .identical) }
  }
}
