public import Model

/// Where a foreign definition is not what ours says.
public struct Drift: Sendable, Encodable {
  public let findings: [Finding]
  /// How many names were found on both sides, however they are spelt.
  public let compared: Int

  public struct Finding: Hashable, Sendable, Encodable {
    /// `drift-value`, `drift-size`, `drift-field` or `drift-missing`.
    public let rule: String
    public let place: String
    public let ours: String
    public let theirs: String

    /// Whether bytes differ, and not only names.
    public var breaksWire: Bool { rule != "drift-missing" }
  }

  /// Compares values by number and structures by place and size.
  ///
  /// - Parameter names: their names by ours, where they are not alike; ours are full C names, tags, or `tag.field`.
  public init(_ layout: Layout, _ foreign: ForeignDefinition, names: [String: String] = [:]) {
    var comparison = DriftComparison(layout: layout, foreign: foreign, names: names)
    comparison.compareValues()
    comparison.compareStructures()
    findings = comparison.findings
    compared = comparison.compared
  }

  /// Those of some macros that are like a number of ours, so that only they are evaluated.
  public static func valueNames(_ layout: Layout, among macros: [String], names: [String: String]) -> [String] {
    let theirs = Loose(macros, prefix: layout.prefix)
    let ours = (layout.enumerations + layout.constants).flatMap(\.numbers).map(\.name) + layout.features.map(\.name)
    return Set(ours.compactMap { names[$0] ?? theirs.match($0) }.filter(macros.contains)).sorted()
  }

  /// The report, a line for each finding.
  public var text: String {
    let lines = findings.map { "\($0.place)  \($0.rule)  ours \($0.ours), theirs \($0.theirs)" }
    return (lines + ["\(compared) names compared, \(findings.count) drifted"]).joined(separator: "\n") + "\n"
  }
}

private struct DriftComparison {
  let layout: Layout
  let foreign: ForeignDefinition
  let names: [String: String]
  private(set) var findings: [Drift.Finding] = []
  private(set) var compared = 0

  init(layout: Layout, foreign: ForeignDefinition, names: [String: String]) {
    self.layout = layout
    self.foreign = foreign
    self.names = names
  }

  mutating func compareValues() {
    guard !foreign.values.isEmpty else { return }
    let theirs = Loose(foreign.values.keys, prefix: layout.prefix)
    let numbers = (layout.enumerations + layout.constants).flatMap(\.numbers).map { ($0.name, $0.value) }
    let features = layout.features.filter { !$0.isForeign }.map { ($0.name, UInt64($0.bit)) }
    for (name, value) in numbers + features {
      guard let found = names[name] ?? theirs.match(name), let other = foreign.values[found] else {
        note("drift-missing", name, "\(value)", "nothing")
        continue
      }
      compared += 1
      if value != other { note("drift-value", name, "\(value)", "\(found) \(other)") }
    }
  }

  mutating func compareStructures() {
    guard !foreign.structures.isEmpty else { return }
    let theirs = Loose(foreign.structures.keys, prefix: layout.prefix)
    for structure in layout.structures {
      guard let tag = names[structure.name] ?? theirs.match(structure.name), let other = foreign.structures[tag] else {
        note("drift-missing", structure.name, "\(structure.size) bytes", "nothing")
        continue
      }
      compared += 1
      if structure.size != other.size {
        note("drift-size", structure.name, "\(structure.size) bytes", "\(tag) \(other.size) bytes")
      }
      compare(structure, other)
    }
  }

  private mutating func compare(_ structure: Layout.Structure, _ other: ForeignDefinition.Structure) {
    let theirs = Loose(other.members.map(\.name), prefix: layout.prefix)
    for field in structure.fields where !field.isReserved {
      let place = "\(structure.name).\(field.name)"
      let name = names[place] ?? theirs.match(field.name)
      guard let member = other.members.first(where: { $0.name == name }) else {
        note("drift-missing", place, field.place, "nothing")
        continue
      }
      compared += 1
      if member.offset != field.offset || member.size != field.size {
        note(
          "drift-field", place, "\(field.size) bytes at \(field.offset)",
          "\(member.name) \(member.size) bytes at \(member.offset)")
      }
    }
  }

  private mutating func note(_ rule: String, _ place: String, _ ours: String, _ theirs: String) {
    findings.append(Drift.Finding(rule: rule, place: place, ours: ours, theirs: theirs))
  }
}

/// Names that are found whatever their case, underscores and prefix.
private struct Loose {
  private let exact: Set<String>
  private let keys: [String: [String]]
  private let prefix: String

  init(_ names: some Sequence<String>, prefix: String) {
    exact = Set(names)
    self.prefix = prefix
    keys = Dictionary(grouping: exact.sorted()) { Self.key($0, prefix) }
  }

  /// The one name that is like it; nil if there is none or more than one.
  func match(_ name: String) -> String? {
    if exact.contains(name) { return name }
    let alike = keys[Self.key(name, prefix)] ?? []
    return alike.count == 1 ? alike[0] : nil
  }

  private static func key(_ name: String, _ prefix: String) -> String {
    let plain = { (text: String) in text.lowercased().filter { $0 != "_" } }
    let key = plain(name)
    return key.hasPrefix(plain(prefix)) ? String(key.dropFirst(plain(prefix).count)) : key
  }
}
