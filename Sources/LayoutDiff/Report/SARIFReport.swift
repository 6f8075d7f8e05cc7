/// The report in SARIF 2.1.0, as code scanning reads it.
public struct SARIFReport: Encodable, Sendable {
  let version = "2.1.0"
  let schema = "https://json.schemastore.org/sarif-2.1.0.json"
  let runs: [Run]

  enum CodingKeys: String, CodingKey {
    case version, runs
    case schema = "$schema"
  }

  struct Run: Encodable, Sendable {
    let tool: Tool
    let results: [Result]
  }

  struct Tool: Encodable, Sendable {
    let driver: Driver
  }

  struct Driver: Encodable, Sendable {
    let name = "ipsec-la diff"
    let rules: [Rule]
  }

  struct Rule: Encodable, Sendable {
    let id: String
    let shortDescription: Text
  }

  struct Text: Encodable, Sendable {
    let text: String
  }

  struct Result: Encodable, Sendable {
    let ruleId: String
    let level: String
    let message: Text
    let locations: [Location]
  }

  struct Location: Encodable, Sendable {
    let logicalLocations: [Logical]
  }

  struct Logical: Encodable, Sendable {
    let fullyQualifiedName: String
  }

  public init(_ diff: LayoutDiff) {
    let summary = Summary(diff: diff)
    let results = diff.changes.map { change in
      let met = summary.met(change).map { direction, verdict, example in
        "\(direction.title): \(verdict)" + (example.map { " (\($0))" } ?? "")
      }
      return Result(
        ruleId: change.rule.id, level: summary.level(change),
        message: Text(text: (["\(change.place): \(change.difference)"] + met).joined(separator: "; ")),
        locations: [Location(logicalLocations: [Logical(fullyQualifiedName: change.place)])])
    }
    let rules = DiffRule.all.map { Rule(id: $0.id, shortDescription: Text(text: $0.summary)) }
    runs = [Run(tool: Tool(driver: Driver(rules: rules)), results: results)]
  }
}
