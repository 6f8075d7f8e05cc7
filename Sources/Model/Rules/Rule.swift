/// Something that a sound interface obeys.
public struct Rule: Sendable {
  /// Stable identifier.
  public let id: String
  /// One sentence that says what is asked.
  public let summary: String
  let check: @Sendable (Layout) -> [Finding]

  /// - Parameter check: gives a place and what is wrong there, for each break of the rule.
  init(_ id: String, _ summary: String, _ check: @escaping @Sendable (Layout) -> [(place: String, problem: String)]) {
    self.id = id
    self.summary = summary
    self.check = { layout in check(layout).map { Finding(rule: id, place: $0.place, problem: $0.problem) } }
  }

  /// Every rule: this table is the place to add one.
  public static let all: [Rule] = [
    overlap, gap, beyondSize, implicitPadding, misaligned, sizeMultiple, arrayStride,
    unresolved, writableBeforeReadable, unreadLength, unboundedPart, partsAfterRest,
    duplicateEnumerator, enumeratorGap, onEqualsOff,
    deviceIDTaken, deviceIDBeyondPCI, featureBit, queueSize, registerPlace, versionRegister,
    featurePrefix, importCorruption, reservedWord, duplicateName, limitName, missingDocumentation,
  ]

  /// The rule on the list of exceptions itself.
  public static let staleErratum = Rule(
    "stale-erratum", "An erratum that excuses a break of a rule names one that is there."
  ) { _ in [] }

  /// What breaks the rules in a layout, known defects aside.
  ///
  /// - Returns: the findings that no erratum excuses, those on stale errata among them, and those that one does.
  public static func lint(_ layout: Layout) -> (findings: [Finding], known: [Finding]) {
    let all = Rule.all.flatMap { $0.check(layout) }
    let excuses = layout.errata.filter { $0.rule != nil }
    let known = all.filter { finding in excuses.contains { $0.rule == finding.rule && $0.place == finding.place } }
    let stale = excuses.filter { excuse in !all.contains { excuse.rule == $0.rule && excuse.place == $0.place } }.map {
      Finding(
        rule: staleErratum.id, place: $0.place,
        problem: "erratum '\($0.id)' excuses '\($0.rule ?? "")', of which there is no break here")
    }
    return (all.filter { !known.contains($0) } + stale, known)
  }
}

/// One break of a rule.
public struct Finding: Codable, Hashable, Sendable, CustomStringConvertible {
  public let rule: String
  /// What is affected, by its name in the interface: `data_req.flags`, `features.IPV6_SUPPORT`, `queues`.
  public let place: String
  public let problem: String

  public var description: String { "\(place): \(rule): \(problem)" }
}
