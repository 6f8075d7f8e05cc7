import Foundation
import FoundationXML
import LayoutDiff
import Model
import Spec
import Testing

/// What other programs ask of the reports that they read.
@Suite struct ReportTests {
  static let diff = LayoutDiff(old: Layout(Spec.v0_4), new: Layout(Spec.v1_0))

  /// The same, with its first change suppressed.
  static let suppressed = try! diff.suppressing(
    [
      Suppression(
        rule: diff.changes[0].rule.id, place: diff.changes[0].place, reason: "nobody <ever> used it & never \"will\"")
    ], today: "2026-01-01")

  /// A layout as it stands in a file.
  private static func json(_ layout: Layout) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys]
    return String(decoding: try encoder.encode(layout), as: UTF8.self)
  }

  private static func object(_ value: some Encodable) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: JSONEncoder().encode(value)) as? [String: Any])
  }

  @Test func `SARIF has every property that code scanning requires, and results of known rules`() throws {
    let artifact = Artifact(path: "gen/1.0/a layout.json", text: try Self.json(Self.diff.new))
    let log = try Self.object(SARIFReport(Self.suppressed, artifact: artifact))
    #expect(log["version"] as? String == "2.1.0")
    #expect((log["$schema"] as? String).flatMap(URL.init(string:))?.lastPathComponent == "sarif-2.1.0.json")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] is String)
    #expect(["utf16CodeUnits", "unicodeCodePoints"].contains(run["columnKind"] as? String ?? ""))
    #expect((run["automationDetails"] as? [String: Any])?["id"] is String)
    let invocations = try #require(run["invocations"] as? [[String: Any]])
    #expect(invocations.map { $0["executionSuccessful"] as? Bool } == [true])
    let descriptions = try #require(driver["rules"] as? [[String: Any]])
    let rules = descriptions.compactMap { $0["id"] as? String }
    #expect(rules == DiffRule.all.map(\.id))
    #expect(descriptions.allSatisfy { ($0["shortDescription"] as? [String: Any])?["text"] is String })
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == Self.diff.changes.count)
    for result in results {
      #expect((result["message"] as? [String: Any])?["text"] is String)
      let index = try #require(result["ruleIndex"] as? Int)
      #expect(rules[index] == result["ruleId"] as? String)
      #expect(["none", "note", "warning", "error"].contains(result["level"] as? String ?? ""))
      let location = try #require((result["locations"] as? [[String: Any]])?.first)
      let physical = try #require(location["physicalLocation"] as? [String: Any])
      #expect((physical["artifactLocation"] as? [String: Any])?["uri"] as? String == "gen/1.0/a%20layout.json")
      #expect(((physical["region"] as? [String: Any])?["startLine"] as? Int ?? 0) >= 1)
      #expect(result["partialFingerprints"] is [String: String])
    }
    let suppressions = results.flatMap { $0["suppressions"] as? [[String: Any]] ?? [] }
    #expect(suppressions.allSatisfy { $0["kind"] as? String == "external" && $0["status"] as? String == "accepted" })
    #expect(suppressions.map { $0["justification"] as? String } == [Self.suppressed.suppressed[0].suppression.reason])
  }

  @Test(arguments: [
    ("create_sa.num_sas", "num_sas"), ("features.VIRTIO_IPSEC_F_ESN", "VIRTIO_IPSEC_F_ESN"),
    ("registers.dev_queue_reg", "dev_queue_reg"), ("registers.host_queue_reg.bits", "host_queue_reg"),
    ("sa_flag.transport", "transport"),
  ])
  func `a result stands on the line where its place is described`(place: String, name: String) throws {
    let text = try Self.json(Self.diff.new)
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
    let artifact = Artifact(path: "layout.json", text: text)
    let line = artifact.line(of: place)
    let named = try #require(lines[(line - 1)...].first { $0.contains("\"name\" :") })
    #expect(named.contains("\"\(name)\""))
    #expect(artifact.line(of: "nowhere.at.all") == 1)
  }

  @Test func `JUnit is XML whose counts are those of its cases, failures and skipped ones`() throws {
    let elements = try Elements(JUnitReport(Self.suppressed).text)
    #expect(elements.counts["testcase"] == Self.diff.changes.count)
    #expect(elements.counts["skipped"] == 1)
    for name in ["testsuites", "testsuite"] {
      let suite = try #require(elements.attributes[name])
      #expect(suite["tests"] == "\(Self.diff.changes.count)")
      #expect(suite["failures"] == "\(elements.counts["failure"] ?? 0)")
      #expect(suite["errors"] == "\(elements.counts["error"] ?? 0)")
      #expect(suite["skipped"] == "1")
    }
  }

  @Test(arguments: [false, true])
  func `HTML is one page whose elements are closed, with a map for what moved, and which loads nothing`(
    isSuppressed: Bool
  ) throws {
    let text = HTMLReport(isSuppressed ? Self.suppressed : Self.diff).text
    let elements = try Elements(text)
    #expect(text.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">"))
    for name in ["html", "head", "title", "body", "h1", "style"] { #expect(elements.counts[name] == 1) }
    #expect((elements.counts["section"] ?? 0) > 5)
    for word in ["http", "url(", "<script", "<img", "<link", "@import"] { #expect(!text.contains(word)) }
    for word in ["prefers-color-scheme: dark", "@media print"] { #expect(text.contains(word)) }
  }

  @Test(arguments: DriftFixture.all)
  func `drift is told in XML, HTML and SARIF that others read`(fixture: DriftFixture) throws {
    let drift = Drift(Fixture.base, fixture.foreign)
    let suite = try Elements(drift.junit("2.0", "a <b>.h"))
    #expect(suite.counts["testcase"] == 1)
    #expect(suite.counts["failure"] ?? 0 == (fixture.rule == .extra ? 0 : 1))
    let page = try Elements(drift.html("2.0", "a <b>.h"))
    for name in ["html", "head", "title", "body", "h1", "style"] { #expect(page.counts[name] == 1) }
    let log = try Self.object(SARIFReport(drift, "2.0", artifact: Artifact(path: "a b.h", header: "")))
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.map { $0["ruleId"] as? String } == [fixture.rule.rawValue])
    let rows = drift.markdown("2.0", "a|b.h").split(separator: "\n").filter { $0.hasPrefix("| `\(fixture.place)`") }
    #expect(rows.count == 1)
  }

  @Test(arguments: VersionTests.pairs)
  func `no line of the text is longer than 80 columns`(pair: VersionTests.Pair) {
    for line in TextReport(pair.diff).text.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  @Test func `parts of a chain stand one under the other, old next to new`() throws {
    let text = TextReport(LayoutDiff(old: Layout(Spec.v1_0), new: Layout(Spec.v2_0))).text
    let lines = text.split(separator: "\n").map(String.init)
    let head = try #require(lines.firstIndex(of: "commands.add_out_sa.readable  chain-parts"))
    #expect(lines[head + 1].hasPrefix("  1.0"))
    #expect(lines[head + 2].hasPrefix("  ctrl_hdr"))
    #expect(lines[head + 2].hasSuffix(" | ctrl_hdr"))
  }

  @Test func `colours only add escapes`() {
    let coloured = TextReport(Self.suppressed, isColoured: true).text
    #expect(coloured.contains("\u{1b}[31m"))
    #expect(coloured.replacing(/\u{1b}\[\d+m/, with: "") == TextReport(Self.suppressed).text)
  }

  @Test(arguments: [false, true])
  func `every row of a Markdown table has as many cells as its heading, and folds are closed`(isSuppressed: Bool) {
    let report = MarkdownReport(isSuppressed ? Self.suppressed : Self.diff)
    let lines = report.text.split(separator: "\n", omittingEmptySubsequences: false)
    var columns: Int?
    for line in lines {
      guard line.hasPrefix("|") else {
        columns = nil
        continue
      }
      let cells = line.replacing("\\|", with: "").count { $0 == "|" }
      #expect(cells == columns ?? cells, "\(line)")
      columns = cells
    }
    #expect(lines.count { $0.hasPrefix("<details>") } == lines.count { $0 == "</details>" })
    #expect(lines.count { $0.hasPrefix("```") }.isMultiple(of: 2))
  }

  @Test func `a condition has no word that could be left out`() throws {
    var layout = Layout(Spec.v2_0)
    let gone = try #require(layout.queues.kinds.firstIndex { $0.features.count > 1 })
    let features = layout.queues.kinds.remove(at: gone).features
    let diff = LayoutDiff(old: Layout(Spec.v2_0), new: layout)
    let verdicts = try #require(try Self.object(JSONReport(diff))["verdicts"] as? [String: Any])
    let verdict = try #require(verdicts["old-driver-new-device"] as? [String: Any])
    let clauses = try #require(verdict["breaksIf"] as? [[String: [String]]])
    #expect(Set(clauses.map { $0["with"] ?? [] }) == Set(features.map { [$0] }))
    #expect(clauses.allSatisfy { $0["without"] == [] })
    #expect(TextReport(diff).text.contains("wire-breaking if any of\n"))
  }

  @Test func `what is suppressed is listed, and everything suppressed is not identical`() throws {
    let report = try Self.object(JSONReport(Self.suppressed))
    let entries = try #require(report["suppressed"] as? [[String: Any]])
    #expect(entries.map { $0["reason"] as? String } == [Self.suppressed.suppressed[0].suppression.reason])
    var suppressions: [Suppression] = []
    for change in Self.diff.changes {
      let entry = Suppression(rule: change.rule.id, place: change.place, reason: "known")
      if !suppressions.contains(entry) { suppressions.append(entry) }
    }
    let nothing = try Self.diff.suppressing(suppressions, today: "2026-01-01")
    #expect(nothing.changes.isEmpty)
    for text in [TextReport(nothing).text, MarkdownReport(nothing).text, HTMLReport(nothing).text] {
      #expect(text.contains("nothing beyond what is suppressed"))
      #expect(!text.contains("identical"))
    }
  }
}

/// The elements of an XML document.
private final class Elements: NSObject, XMLParserDelegate {
  private(set) var counts: [String: Int] = [:]
  /// Attributes by element, of the last of each.
  private(set) var attributes: [String: [String: String]] = [:]

  /// Fails a test if it is not well-formed.
  init(_ text: String) throws {
    super.init()
    let parser = XMLParser(data: Data(text.utf8))
    parser.delegate = self
    try #require(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
    attributes: [String: String] = [:]
  ) {
    counts[name, default: 0] += 1
    self.attributes[name] = attributes
  }
}
