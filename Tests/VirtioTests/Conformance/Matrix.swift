import Glibc
import Synchronization

/// What became of each row of the conformance table; written to a file when the test run ends.
///
/// The file is `$CONFORMANCE_MATRIX`, or `.build/virtio-conformance.md`; it is removed when the run starts, so that a
/// run that crashes leaves none.
final class Matrix: Sendable {
  struct Row: Sendable {
    let id: String
    let level: String
    let requirement: String
  }

  private struct State {
    var declared: Set<String> = []
    var tests: [String: Set<String>] = [:]
    var failed: Set<String> = []
  }

  static let shared = Matrix()

  /// The table, in order.
  let rows: [Row]
  /// Rows that do not apply, each with the reason.
  let notApplicable: [String: String]
  private let state = Mutex(State())

  private init() {
    rows = Self.table("matrix.tsv").dropFirst().map { Row(id: $0[0], level: $0[1], requirement: $0[2]) }
    notApplicable = Dictionary(uniqueKeysWithValues: Self.table("not-applicable.tsv").map { ($0[0], $0[1]) })
    unlink(Self.path)
    atexit { Matrix.shared.write() }
  }

  /// Some test says that it covers these rows, whether it is run or not.
  func declare(_ ids: [String]) { state.withLock { $0.declared.formUnion(ids) } }

  func record(_ ids: [String], by test: String, hasFailed: Bool) {
    state.withLock { state in
      for id in ids {
        state.tests[id, default: []].insert(test)
        if hasFailed { state.failed.insert(id) }
      }
    }
  }

  var declared: Set<String> { state.withLock(\.declared) }

  /// pass, fail, not applicable, or not run.
  private func outcome(of id: String, _ state: borrowing State) -> String {
    if let reason = notApplicable[id] { return "not applicable: \(reason)" }
    guard state.tests[id] != nil else { return "not run" }
    return state.failed.contains(id) ? "fail" : "pass"
  }

  private static let path = getenv("CONFORMANCE_MATRIX").map { String(cString: $0) } ?? ".build/virtio-conformance.md"

  private func write() {
    guard let file = fopen(Self.path, "w") else { return }
    defer { fclose(file) }
    let text = state.withLock { state in
      var counts: [String: Int] = [:]
      let lines = rows.map { row in
        let outcome = outcome(of: row.id, state)
        counts[outcome.prefix { $0 != ":" }.description, default: 0] += 1
        let tests = (state.tests[row.id] ?? []).sorted().joined(separator: "; ")
        return "|\(row.id)|\(row.level)|\(row.requirement)|\(tests)|\(outcome)|\n"
      }
      let summary = counts.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
      return """
        # Conformance to virtio 1.4

        Written by the test run; do not edit. \(rows.count) rows: \(summary).

        |id|level|statement|test|outcome|
        |-|-|-|-|-|

        """ + lines.joined()
    }
    fputs(text, file)
  }

  /// The rows of a file beside this one, split at tabs; lines that start with # are comments.
  private static func table(_ name: String) -> [[String]] {
    let folder = #filePath.split(separator: "/").dropLast().joined(separator: "/")
    guard let file = fopen("/\(folder)/\(name)", "r") else { preconditionFailure("no \(name)") }
    defer { fclose(file) }
    var rows: [[String]] = []
    var line: UnsafeMutablePointer<CChar>?
    var capacity = 0
    defer { free(line) }
    while getline(&line, &capacity, file) > 0, let line {
      let text = String(cString: line)
      guard !text.hasPrefix("#") else { continue }
      rows.append(text.split(separator: "\t", omittingEmptySubsequences: false).map { $0.filter { $0 != "\n" } })
    }
    return rows
  }
}
