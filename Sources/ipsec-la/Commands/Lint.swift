import ArgumentParser
import Foundation
import Model

struct LintCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Hold a version against the rules of a sound interface.",
    discussion: """
      Prints one line for each break of a rule: version, place, rule, what is wrong. Known defects of the published \
      versions are errata and are counted, not printed; an erratum that excuses nothing any more is a finding itself.

      Exit codes: 0 nothing found; 1 something found; 2 bad usage.

      Examples:
        ipsec-la lint
        ipsec-la lint --spec-version 2.0 --device-id 42
        ipsec-la lint --known --spec-version 0.4
        ipsec-la lint --rules
      """)

  @OptionGroup var selection: VersionSelection

  @Flag(help: "Print the known defects as well.")
  var known = false

  @Flag(help: "Print the rules and stop.")
  var rules = false

  @Option(help: "text, or json for machines.")
  var format = Format.text

  enum Format: String, ExpressibleByArgument, CaseIterable { case text, json }

  func run() throws {
    if rules { return try showRules() }
    let reports = try selection.layouts().map { layout in
      let (findings, known) = Rule.lint(layout)
      return Report(version: layout.version, findings: findings, known: known)
    }
    switch format {
    case .text: reports.forEach(show)
    case .json: try printJSON(reports)
    }
    if reports.contains(where: { !$0.findings.isEmpty }) { throw ExitCode(1) }
  }

  private func showRules() throws {
    let rules = Rule.all + [Rule.staleErratum]
    switch format {
    case .text:
      for rule in rules { print(rule.id + String(repeating: " ", count: max(1, 26 - rule.id.count)) + rule.summary) }
    case .json: try printJSON(rules.map { ["id": $0.id, "summary": $0.summary] })
    }
  }

  private func printJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    print(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// What was found in one version.
  private struct Report: Encodable {
    let version: String
    let findings: [Finding]
    let known: [Finding]
  }

  private func show(_ report: Report) {
    for finding in report.findings { print("\(report.version): \(finding)") }
    if known { for finding in report.known { print("\(report.version): known: \(finding)") } }
    print("\(report.version): \(report.findings.count) found, \(report.known.count) known")
  }
}
