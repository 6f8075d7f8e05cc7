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
    /// Empty for nothing.
    public let ours: String
    /// Empty for nothing.
    public let theirs: String

    /// For people: what ours has, and what theirs has.
    var sides: (ours: String, theirs: String) {
      (ours.isEmpty ? "nothing" : ours, theirs.isEmpty ? "nothing" : theirs)
    }
  }

  /// The bytes of structures that differ.
  let maps: [ByteMap]

  enum CodingKeys: String, CodingKey {
    case findings, compared, unseen, unordered
  }

  /// Compares values by number, and structures by size, place and byte order; then says what only the other has.
  ///
  /// - Parameter names: their names by ours, where they are not alike; ours are full C names, tags, or `tag.field`.
  public init(_ layout: Layout, _ foreign: ForeignDefinition, names: [String: String] = [:]) {
    var comparison = DriftComparison(layout: layout, foreign: foreign, names: names)
    comparison.compareValues()
    comparison.compareStructures()
    comparison.noteExtras()
    findings = comparison.findings
    maps = comparison.maps
    (compared, unseen, unordered) = (comparison.compared, comparison.unseen, comparison.unordered)
  }

  /// Whether bytes differ, and not only names.
  public var breaksWire: Bool { findings.contains(where: \.rule.breaksWire) }

  /// Whether a name or the kind of a number differs.
  public var breaksSource: Bool { findings.contains { $0.rule.level == .warning } }

  /// Whether the two have anything to do with each other.
  public var isRelated: Bool { compared > 0 || findings.contains { $0.rule == .text } }

  /// The macros whose values count: those that are like a number of ours, and numbers of our prefix.
  ///
  /// - Parameter macros: their texts by their names.
  public static func valueNames(_ layout: Layout, among macros: [String: String], names: [String: String]) -> [String] {
    let theirs = LooseNames(macros.keys, prefix: layout.prefix)
    let alike = Set(layout.ownNumbers.flatMap { names[$0.name].map { [$0] } ?? theirs.like($0.name) })
    // What is made of numbers alone: of anything else, a compiler would have to be asked one by one.
    let isPlain = { (text: String) in text.contains(/^(?:[\s()|&~+*\/<>^-]|\d\w*|_?BIT(?:ULL?)?\()+$/) }
    return macros.filter { alike.contains($0) || theirs.isPrefixed($0) && isPlain($1) }.keys.sorted()
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
