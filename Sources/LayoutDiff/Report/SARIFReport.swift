import Model

/// The report in SARIF 2.1.0, as code scanning reads it: a result for each change, on its line of the new layout.
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
    let automationDetails: Automation
    let columnKind = "unicodeCodePoints"
    let invocations: [Invocation]
    let results: [Result]
  }

  /// What the run itself has to say: contradictions that belong to no single change.
  struct Invocation: Encodable, Sendable {
    let executionSuccessful: Bool
    let toolExecutionNotifications: [Notification]
  }

  struct Notification: Encodable, Sendable {
    let level: String
    let message: Text
  }

  /// Tells runs over different pairs of versions apart.
  struct Automation: Encodable, Sendable {
    let id: String
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
    let defaultConfiguration: Configuration
  }

  struct Configuration: Encodable, Sendable {
    let level: String
  }

  struct Text: Encodable, Sendable {
    let text: String
  }

  struct Result: Encodable, Sendable {
    let ruleId: String
    let ruleIndex: Int
    let level: String
    let message: Text
    let locations: [Location]
    /// What makes it the same result in the next run, wherever it stands then.
    let partialFingerprints: [String: String]
    /// Empty for what is reported: a result without the key counts as one that nobody looked at.
    let suppressions: [Suppressed]
  }

  struct Suppressed: Encodable, Sendable {
    let kind = "external"
    let status = "accepted"
    let justification: String
  }

  struct Location: Encodable, Sendable {
    let physicalLocation: Physical
    let logicalLocations: [Logical]
  }

  struct Physical: Encodable, Sendable {
    let artifactLocation: Address
    let region: Region
  }

  struct Address: Encodable, Sendable {
    let uri: String
  }

  struct Region: Encodable, Sendable {
    let startLine: Int
  }

  struct Logical: Encodable, Sendable {
    let fullyQualifiedName: String
    let kind: String
  }

  /// - Parameter artifact: the new layout's file.
  public init(_ diff: LayoutDiff, artifact: Artifact) {
    let results = ResultMaker(diff: diff, artifact: artifact)
    self.init(
      id: "layout-diff/\(diff.old.version)-\(diff.new.version)/",
      rules: DiffRule.all.map { ($0.id, $0.summary, .note) }, isSuccessful: diff.contradictions.isEmpty,
      notifications: Summary(diff: diff).contradictions.map { "Contradicted by its proof: \($0)." },
      results: diff.changes.map { results.result($0) }
        + diff.suppressed.map { results.result($0.change, suppressed: $0.suppression.reason) })
  }

  /// - Parameters:
  ///   - id: tells it from runs over something else.
  ///   - rules: identifiers, summaries and how bad they are by themselves.
  ///   - notifications: what the run itself has to say.
  init(
    id: String, rules: [(id: String, summary: String, level: Level)], isSuccessful: Bool = true,
    notifications: [String] = [], results: [Result]
  ) {
    let rules = rules.map {
      Rule(
        id: $0.id, shortDescription: Text(text: $0.summary),
        defaultConfiguration: Configuration(level: $0.level.rawValue))
    }
    let notifications = notifications.map { Notification(level: Level.error.rawValue, message: Text(text: $0)) }
    runs = [
      Run(
        tool: Tool(driver: Driver(rules: rules)), automationDetails: Automation(id: id),
        invocations: [Invocation(executionSuccessful: isSuccessful, toolExecutionNotifications: notifications)],
        results: results)
    ]
  }
}

/// Makes a result of a change.
private struct ResultMaker {
  private let summary: Summary
  private let artifact: Artifact
  private let indices: [String: Int]

  init(diff: LayoutDiff, artifact: Artifact) {
    summary = Summary(diff: diff)
    self.artifact = artifact
    indices = Dictionary(uniqueKeysWithValues: DiffRule.all.enumerated().map { ($1.id, $0) })
  }

  func result(_ change: Change, suppressed reason: String? = nil) -> SARIFReport.Result {
    let met = summary.met(change).map { met in
      ([met.direction.title + ": " + met.text] + met.evidence).joined(separator: "; ") + "."
    }
    let text = (["\(change.place): \(change.difference)."] + met).joined(separator: "\n")
    return SARIFReport.Result(
      rule: change.rule.id, indices[change.rule.id] ?? -1, summary.level(change), text, at: change.place, in: artifact,
      suppressions: reason.map { [SARIFReport.Suppressed(justification: $0)] } ?? [])
  }
}

extension SARIFReport.Result {
  /// A result at a place of an artifact; its fingerprint is the rule and the place.
  init(
    rule: String, _ index: Int, _ level: Level, _ text: String, at place: String, in artifact: Artifact,
    suppressions: [SARIFReport.Suppressed] = []
  ) {
    self.init(
      ruleId: rule, ruleIndex: index, level: level.rawValue, message: SARIFReport.Text(text: text),
      locations: [
        SARIFReport.Location(
          physicalLocation: SARIFReport.Physical(
            artifactLocation: SARIFReport.Address(uri: artifact.path.asURI),
            region: SARIFReport.Region(startLine: artifact.line(of: place))),
          logicalLocations: [SARIFReport.Logical(fullyQualifiedName: place, kind: "member")])
      ],
      partialFingerprints: ["change/v1": "\(rule) \(place)"], suppressions: suppressions)
  }
}

extension String {
  /// A path with everything escaped that a relative reference does not allow (RFC 3986, sections 2.3 and 4.2).
  fileprivate var asURI: String {
    let kept = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/".utf8)
    return utf8.reduce(into: "") { text, byte in
      if kept.contains(byte) {
        text.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        text += "%" + String(repeating: "0", count: 2 - digits.count) + digits
      }
    }
  }
}
