import TestSupport
import Testing

extension Matrix {
  /// What virtio asks of drivers, and what became of it here; the report is `.build/driver-conformance.md`.
  static let driver = Matrix(
    "Conformance of the virtio-ipsec driver to virtio 1.4",
    table: folder() + "/../../VirtioTests/Conformance/matrix.tsv",
    notApplicable: folder() + "/not-applicable.tsv", report: ".build/driver-conformance.md"
  ) { $0.contains("-R-") }
}

extension Trait where Self == Conformance {
  /// The test shows the driver to keep these rows of the table.
  static func conforms(_ ids: String...) -> Self { Conformance(ids, of: .driver) }
  static func conforms(_ ids: [String]) -> Self { Conformance(ids, of: .driver) }
}

@Suite struct DriverMatrixTests {
  private var ids: Set<String> { Set(Matrix.driver.rows.map(\.id)) }

  @Test func `every clause for drivers has a test, or a reason not to`() {
    #expect(ids.count == 146)
    let open = ids.subtracting(Matrix.driver.declared).subtracting(Matrix.driver.notApplicable.keys)
    #expect(open.sorted() == [])
  }

  @Test func `every id that a test or a reason names is in the table, and none has both`() {
    #expect(Matrix.driver.declared.subtracting(ids).sorted() == [])
    #expect(Set(Matrix.driver.notApplicable.keys).subtracting(ids).sorted() == [])
    #expect(Matrix.driver.declared.intersection(Matrix.driver.notApplicable.keys).sorted() == [])
    #expect(Matrix.driver.notApplicable.values.allSatisfy { $0.count > 10 })
  }
}
