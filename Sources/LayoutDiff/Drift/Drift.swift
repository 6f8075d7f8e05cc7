public import Model

/// Where a foreign definition is not what ours says.
public struct Drift: Sendable, Encodable {
  public let findings: [Finding]
  /// How many names were found on both sides, however they are spelt.
  public let compared: Int
  /// How many numbers of ours an object says nothing of, for it has no macros.
  public let unseen: Int
  /// How many fields have a byte order in ours and the processor's in theirs.
  public let unordered: Int

  public struct Finding: Hashable, Sendable, Encodable {
    public let rule: DriftRule
    public let place: String
    public let ours: String
    /// Empty for nothing.
    public let theirs: String
  }

  /// The bytes of structures that differ.
  let maps: [ByteMap]

  enum CodingKeys: String, CodingKey {
    case findings, compared, unseen, unordered
  }

  /// Compares values by number, and structures by size, place and byte order.
  ///
  /// - Parameter names: their names by ours, where they are not alike; ours are full C names, tags, or `tag.field`.
  public init(_ layout: Layout, _ foreign: ForeignDefinition, names: [String: String] = [:]) {
    var comparison = DriftComparison(layout: layout, foreign: foreign, names: names)
    comparison.compareValues()
    comparison.compareStructures()
    findings = comparison.findings
    maps = comparison.maps
    (compared, unseen, unordered) = (comparison.compared, comparison.unseen, comparison.unordered)
  }

  /// Whether bytes differ, and not only names.
  public var breaksWire: Bool { findings.contains(where: \.rule.breaksWire) }

  /// Whether the two have anything to do with each other.
  public var isRelated: Bool { compared > 0 || findings.contains { $0.rule == .text } }

  /// Those of some macros that are like a number of ours, so that only they are evaluated.
  public static func valueNames(_ layout: Layout, among macros: [String], names: [String: String]) -> [String] {
    let theirs = LooseNames(macros, prefix: layout.prefix)
    let known = Set(macros)
    return Set(layout.ownNumbers.flatMap { names[$0.name].map { [$0] } ?? theirs.like($0.name) })
      .filter(known.contains).sorted()
  }

  /// What is wrong with a mapping: names of ours or of theirs that are not there.
  public static func strays(_ names: [String: String], _ layout: Layout, _ foreign: ForeignDefinition) -> [String] {
    names.sorted { $0.key < $1.key }.compactMap { ours, theirs in
      if layout.ownNumbers.contains(where: { $0.name == ours }) || layout.structure(ours) != nil {
        return foreign.names.contains(theirs) ? nil : "\(ours): there is no \(theirs)"
      }
      let words = ours.split(separator: ".", maxSplits: 1).map(String.init)
      guard words.count == 2, layout.structure(words[0])?.field(words[1]) != nil else {
        return "\(ours): \(layout.version) has no such number, structure or field"
      }
      let members = foreign.structures.values.flatMap(\.members)
      return members.contains { $0.name == theirs } ? nil : "\(ours): no structure has a member \(theirs)"
    }
  }
}

extension Layout {
  /// Every number that this device's headers define, features by their bits.
  var ownNumbers: [(name: String, value: UInt64, isFeature: Bool)] {
    (enumerations + constants).flatMap(\.numbers).map { ($0.name, $0.value, false) }
      + features.filter { !$0.isForeign }.map { ($0.name, UInt64($0.bit), true) }
  }
}
