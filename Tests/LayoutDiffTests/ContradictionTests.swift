import Foundation
import Model
import Spec
import Testing

@testable import LayoutDiff
@testable import ipsec_la

/// A rule that is wrong is told in every format, and never passes for a success.
@Suite struct ContradictionTests {
  /// How a verdict can be wrong.
  enum Fault: CaseIterable {
    /// The rule says that nothing breaks, and execution misreads.
    case tooLittle
    /// The rule says that everything breaks, and execution understands.
    case tooMuch
    /// Execution of everything at once breaks, and no rule says so.
    case unseen
    /// As `tooLittle`, of a change that somebody suppressed.
    case suppressed
  }

  static let seen = "old driver writes sa at 16, new device reads it at 24: 01 becomes 0"

  /// A diff with that fault.
  static func diff(_ fault: Fault) throws -> LayoutDiff {
    let layout = Layout(Spec.v2_0)
    let index = LayoutIndex(layout.flattened())
    var diff = LayoutDiff(old: layout, new: layout)
    let isSilent = fault != .tooMuch
    let draft = Draft(
      rule: .fieldMoved, place: "data_req.sa", old: "le64 at 16", new: "le64 at 24",
      effect: Effect(
        breakage: { _ in isSilent ? .never : .always }, run: { _, _ in isSilent ? .misread(seen) : .understood }))
    switch fault {
    case .tooLittle, .tooMuch, .suppressed:
      diff.changes = [Judge(old: index, new: index, seed: 1).change(draft)]
    case .unseen:
      let meeting = Meeting(.oldDriver, old: LayoutIndex(Layout(Spec.v0_4).flattened()), new: index)
      diff.whole[.oldDriver] = WholeMeeting(meeting, changes: [], seed: 1)
    }
    guard fault == .suppressed else { return diff }
    return try diff.suppressing(
      [Suppression(rule: "field-moved", place: "data_req.sa", reason: "known")], today: "2026-01-01")
  }

  @Test(arguments: Fault.allCases, DiffFormat.allCases)
  func `a contradiction stands in every format, with what was seen`(fault: Fault, format: DiffFormat) throws {
    let diff = try Self.diff(fault)
    let contradiction = try #require(diff.contradictions.first)
    let text = try format.text(diff, artifact: Artifact(path: "layout.json", text: nil))
    // Lines are wrapped, and Markdown's own characters are escaped.
    let words = text.replacing("\\_", with: "_").split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains(format.written(contradiction)), "\(words)")
    #expect(words.localizedCaseInsensitiveContains("contradict") || words.contains("<error type=\"proof\""))
  }

  @Test(arguments: Fault.allCases)
  func `a contradiction is no success, whatever is a failure`(fault: Fault) throws {
    let diff = try Self.diff(fault)
    for level in FailLevel.allCases {
      #expect(level.exitCode(diff) == (level == .never ? DiffExit.fine : DiffExit.wire))
    }
  }

  @Test(arguments: Fault.allCases)
  func `the worse of rule and proof is the verdict`(fault: Fault) throws {
    let diff = try Self.diff(fault)
    #expect(diff.changes.allSatisfy { $0.verdict == .wireBreaking })
    if fault != .suppressed { #expect(diff.verdict(.oldDriver).breaksWire) }
  }

  @Test(arguments: Fault.allCases)
  func `programs find a contradiction where they look for what went wrong`(fault: Fault) throws {
    let diff = try Self.diff(fault)
    let isOfChange = fault == .tooLittle || fault == .tooMuch
    let artifact = Artifact(path: "layout.json", text: nil)
    let run = try #require(SARIFReport(diff, artifact: artifact).runs.first)
    #expect(run.invocations.map(\.executionSuccessful) == [false])
    #expect(run.invocations[0].toolExecutionNotifications.isEmpty == isOfChange)
    #expect(run.results.allSatisfy { $0.level == "error" })
    #expect(JSONReport(diff).contradictions == diff.contradictions)
    let junit = JUnitReport(diff).text
    let errors = isOfChange ? diff.changes.count : diff.contradictions.count
    #expect(junit.components(separatedBy: "<error type=\"proof\"").count - 1 == errors)
    #expect(junit.contains("errors=\"\(errors)\""))
  }
}

extension DiffFormat {
  /// A text as it stands in the format.
  fileprivate func written(_ text: String) -> String {
    switch self {
    case .text, .markdown: text
    case .json, .sarif: text.replacing("\"", with: "\\\"")
    case .junit, .html: text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    }
  }
}
