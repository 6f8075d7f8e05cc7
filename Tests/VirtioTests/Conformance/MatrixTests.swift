import TestSupport
import Testing

@Suite struct MatrixTests {
  private var ids: Set<String> { Set(Matrix.shared.rows.map(\.id)) }

  @Test func `every row has a test, or a reason not to`() {
    let open = ids.subtracting(Matrix.shared.declared).subtracting(Matrix.shared.notApplicable.keys)
    #expect(open.sorted() == [])
  }

  @Test func `every id that a test names is in the table`() {
    #expect(Matrix.shared.declared.subtracting(ids).sorted() == [])
  }

  @Test func `no row that does not apply has a test, and each has a reason`() {
    #expect(Matrix.shared.declared.intersection(Matrix.shared.notApplicable.keys).sorted() == [])
    #expect(Set(Matrix.shared.notApplicable.keys).subtracting(ids).sorted() == [])
    #expect(Matrix.shared.notApplicable.values.allSatisfy { $0.count > 10 })
  }

  @Test func `no id stands twice, and every row says who must do what`() {
    #expect(ids.count == Matrix.shared.rows.count)
    for row in Matrix.shared.rows {
      #expect(row.id.wholeMatch(of: /[A-Z0-9]+-[DRT]-[0-9]{2}/) != nil, "\(row.id)")
      #expect(!row.level.isEmpty && !row.requirement.isEmpty, "\(row.id)")
    }
  }

  @Test func `each chapter is numbered from 1 on without a gap`() {
    for (chapter, ids) in Dictionary(grouping: ids, by: { $0.dropLast(2) }) {
      #expect(ids.compactMap { Int($0.suffix(2)) }.sorted() == Array(1...ids.count), "\(chapter)")
    }
  }
}
