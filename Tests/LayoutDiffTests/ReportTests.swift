import Foundation
import FoundationXML
import LayoutDiff
import Model
import Spec
import Testing

/// What other programs ask of the reports that they read.
@Suite struct ReportTests {
  static let diff = LayoutDiff(old: Layout(Spec.v0_4), new: Layout(Spec.v1_0))

  @Test func `SARIF has every property that its schema requires, and results of known rules`() throws {
    let data = try JSONEncoder().encode(SARIFReport(Self.diff))
    let log = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    #expect(log["version"] as? String == "2.1.0")
    let run = try #require((log["runs"] as? [[String: Any]])?.first)
    let driver = try #require((run["tool"] as? [String: Any])?["driver"] as? [String: Any])
    #expect(driver["name"] is String)
    let rules = try #require(driver["rules"] as? [[String: Any]]).compactMap { $0["id"] as? String }
    #expect(Set(rules).count == DiffRule.all.count)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == Self.diff.changes.count)
    for result in results {
      #expect((result["message"] as? [String: Any])?["text"] is String)
      #expect(rules.contains(result["ruleId"] as? String ?? ""))
      #expect(["none", "note", "warning", "error"].contains(result["level"] as? String ?? ""))
    }
  }

  @Test func `JUnit is XML whose counts are those of its cases and failures`() throws {
    let counter = Counter()
    let parser = XMLParser(data: Data(JUnitReport(Self.diff).text.utf8))
    parser.delegate = counter
    #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "")")
    #expect(counter.elements["testcase"] == Self.diff.changes.count)
    #expect(counter.suite["tests"] == "\(Self.diff.changes.count)")
    #expect(counter.suite["failures"] == "\(counter.elements["failure"] ?? 0)")
  }

  private final class Counter: NSObject, XMLParserDelegate {
    var elements: [String: Int] = [:]
    var suite: [String: String] = [:]

    func parser(
      _ parser: XMLParser, didStartElement name: String, namespaceURI: String?, qualifiedName: String?,
      attributes: [String: String] = [:]
    ) {
      elements[name, default: 0] += 1
      if name == "testsuite" { suite = attributes }
    }
  }
}
