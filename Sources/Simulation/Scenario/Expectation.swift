/// What a run has to come to: `throughput >= 10 Gbit/s`, `no packets lost`.
public struct Expectation: Sendable {
  public enum Comparison: String, Sendable, CaseIterable {
    case atLeast = ">="
    case atMost = "<="
    case equal = "="
    case more = ">"
    case less = "<"

    static var signs: String { allCases.map(\.rawValue).joined(separator: " ") }

    func holds(_ value: Double, _ limit: Double) -> Bool {
      switch self {
      case .atLeast: value >= limit
      case .atMost: value <= limit
      case .equal: value == limit
      case .more: value > limit
      case .less: value < limit
      }
    }
  }

  /// As it was written.
  public let text: String
  public let measure: Measure
  public let comparison: Comparison
  /// In the first unit of the measure's dimension.
  public let limit: Double

  /// Reads an expectation.
  ///
  /// - Throws: `ExpectationError` that says what would be allowed.
  public init(_ text: String) throws(ExpectationError) {
    self.text = text
    let signs: [(String, Comparison)] = [
      ("≥", .atLeast), (">=", .atLeast), ("≤", .atMost), ("<=", .atMost), ("==", .equal), ("=", .equal), (">", .more),
      ("<", .less),
    ]
    if text.hasPrefix("no ") {
      measure = try Self.measure(String(text.dropFirst(3)), in: text)
      guard measure.dimension == .count else { throw .noCount(text, measure.name) }
      (comparison, limit) = (.equal, 0)
      return
    }
    guard let (sign, comparison) = signs.first(where: { text.contains($0.0) }),
      let place = text.firstRange(of: sign)
    else { throw .noComparison(text) }
    self.comparison = comparison
    measure = try Self.measure(String(text[..<place.lowerBound]).trimmed, in: text)
    let value = String(text[place.upperBound...]).trimmed
    guard let quantity = Quantity(value, measure.dimension) else {
      throw .badValue(text, value, units: measure.dimension.unitNames)
    }
    limit = quantity.value
  }

  private static func measure(_ name: String, in text: String) throws(ExpectationError) -> Measure {
    let words = name == "packet lost" ? "packets lost" : name
    guard let measure = Measure.all.first(where: { $0.name == words }) else { throw .noMeasure(text, name) }
    return measure
  }
}

/// Why a text is no expectation.
public enum ExpectationError: Error, Sendable, Hashable, CustomStringConvertible {
  case noComparison(String)
  case noMeasure(String, String)
  case noCount(String, String)
  case badValue(String, String, units: String)

  public var description: String {
    switch self {
    case .noComparison(let text):
      "'\(text)' is neither 'no COUNT' nor has it one of \(Expectation.Comparison.signs)"
    case .noMeasure(_, let name):
      "nothing is called '\(name)'; there are \(Measure.all.map(\.name).joined(separator: ", "))"
    case .noCount(_, let name): "'\(name)' is no count: compare it with a limit"
    case .badValue(_, let value, let units):
      "'\(value)' is not a number\(units.isEmpty ? "" : " with one of the units \(units)")"
    }
  }
}

/// What became of an expectation.
public struct Verdict: Sendable, Codable, Hashable {
  public enum Outcome: String, Sendable, Codable {
    case held
    case failed
    /// The mode has no such number.
    case notJudged = "not judged"
  }

  public let expectation: String
  public let outcome: Outcome
  /// What was measured, with its unit.
  public let measured: String?
}

extension Expectation {
  func judge(_ results: Results) -> Verdict {
    guard measure.modes.contains(results.mode) else {
      return Verdict(expectation: text, outcome: .notJudged, measured: nil)
    }
    guard let value = measure.value(results) else {
      return Verdict(expectation: text, outcome: .failed, measured: "nothing to measure")
    }
    return Verdict(
      expectation: text, outcome: comparison.holds(value, limit) ? .held : .failed,
      measured: Format.text(value, measure.dimension, apartFrom: limit))
  }
}
