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

  @Test func `the table is whole`() {
    #expect(Matrix.shared.rows.count == 295)
    #expect(ids.count == 295)
  }
}
