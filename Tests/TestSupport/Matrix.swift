import Glibc
import Synchronization

/// A conformance table, what became of each of its rows, and the report of that, written when the test run ends.
public final class Matrix: Sendable {
  public struct Row: Sendable {
    public let id: String
    public let level: String
    public let requirement: String
  }

  private struct State {
    var declared: Set<String> = []
    var tests: [String: Set<String>] = [:]
    var failed: Set<String> = []
  }

  /// The table, in order.
  public let rows: [Row]
  /// Rows that do not apply, each with the reason.
  public let notApplicable: [String: String]
  private let title: String
  private let path: String
  private let state = Mutex(State())

  /// Those that are written when the run ends.
  private static let all = Mutex<[Matrix]>([])

  /// - Parameters:
  ///   - title: heading of the report.
  ///   - table: file with id, level and requirement in each line, tabs between them, and a line of headings first.
  ///   - notApplicable: file with id and reason in each line.
  ///   - isCovered: which of the ids the report is about.
  ///   - report: file to write; it is removed now, so that a run that crashes leaves none.
  public init(
    _ title: String, table: String, notApplicable: String, report: String, _ isCovered: (String) -> Bool = { _ in true }
  ) {
    self.title = title
    rows = Self.lines(of: table).dropFirst().map { Row(id: $0[0], level: $0[1], requirement: $0[2]) }
      .filter { isCovered($0.id) }
    self.notApplicable = Dictionary(uniqueKeysWithValues: Self.lines(of: notApplicable).map { ($0[0], $0[1]) })
    path = report
    unlink(path)
    let isFirst = Self.all.withLock { all in
      all.append(self)
      return all.count == 1
    }
    if isFirst { atexit { for matrix in Matrix.all.withLock({ $0 }) { matrix.write() } } }
  }

  /// Some test says that it covers these rows, whether it is run or not.
  public func declare(_ ids: [String]) { state.withLock { $0.declared.formUnion(ids) } }

  public func record(_ ids: [String], by test: String, hasFailed: Bool) {
    state.withLock { state in
      for id in ids {
        state.tests[id, default: []].insert(test)
        if hasFailed { state.failed.insert(id) }
      }
    }
  }

  public var declared: Set<String> { state.withLock(\.declared) }

  /// pass, fail, not applicable, or not run.
  private func outcome(of id: String, _ state: borrowing State) -> String {
    if let reason = notApplicable[id] { return "not applicable: \(reason)" }
    guard state.tests[id] != nil else { return "not run" }
    return state.failed.contains(id) ? "fail" : "pass"
  }

  private func write() {
    guard let file = fopen(path, "w") else { return }
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
        # \(title)

        Written by the test run; do not edit. \(rows.count) rows: \(summary).

        |id|level|statement|test|outcome|
        |-|-|-|-|-|

        """ + lines.joined()
    }
    fputs(text, file)
  }

  /// The lines of a file, split at tabs; those that start with # are comments.
  private static func lines(of path: String) -> [[String]] {
    guard let file = fopen(path, "r") else { preconditionFailure("no \(path)") }
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

/// The folder of a source file.
public func folder(of file: String = #filePath) -> String {
  String(file[..<(file.lastIndex(of: "/") ?? file.endIndex)])
}
