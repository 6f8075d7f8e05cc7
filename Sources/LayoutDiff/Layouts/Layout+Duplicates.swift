import Model

extension Layout {
  /// Names, numbers and places that two things have: which of them is meant, nobody can say.
  var duplicateDefects: [String] {
    names.flatMap { kind, names in names.repeated.map { "\(kind) '\($0)' is there twice" } }
      + numbers.flatMap { kind, numbers in numbers.repeated.map { "\(kind) \($0) is given twice" } }
      + overlaps
  }

  private var names: [(kind: String, names: [String])] {
    let top: [(kind: String, names: [String])] = [
      ("structure", structures.map(\.name)), ("bit layout", bitLayouts.map(\.name)),
      ("enumeration", enumerations.map(\.name)), ("group of constants", constants.map(\.name)),
      ("number", (enumerations + constants).flatMap(\.numbers).map(\.name)), ("register", registers.map(\.name)),
      ("feature", features.map(\.name)), ("queue", queues.kinds.map(\.name)), ("group", groups.map(\.name)),
      ("attribute set", attributeSets.map(\.name)), ("service", services.map(\.name)),
      ("command", commands.map(\.name)), ("statement", statements.map(\.id)), ("quirk", quirks.map(\.name)),
      ("erratum", errata.map { "\($0.id) of \($0.place)" }),
      ("counterpart", counterparts.map(\.place)),
    ]
    return top
      + structures.map { ("field of \($0.name)", $0.fields.used.map(\.name).taken(by: $0.fields.map(\.name))) }
      + bitLayouts.map { ("range of \($0.name)", $0.ranges.used.map(\.name).taken(by: $0.ranges.map(\.name))) }
      + attributeSets.map { ("attribute of \($0.name)", $0.attributes.map(\.name)) }
  }

  private var numbers: [(kind: String, numbers: [String])] {
    [("feature bit", features.map { "\($0.bit)" })]
      + enumerations.map { ("number of \($0.name)", $0.numbers.map { "\($0.value)" }) }
      + attributeSets.map { ("type of \($0.name)", $0.attributes.map { "\($0.type.value)" }) }
      + services.map { ("code of \($0.name)", $0.commands.map(\.codeText)) }
  }

  /// What stands in the same bytes or bits as something else: only one of the two can be written.
  private var overlaps: [String] {
    structures.flatMap { structure in
      structure.fields.map { ($0.name, $0.offset..<$0.end) }.overlapping.map {
        "\(structure.name).\($0.0) overlaps \($0.1)"
      }
    }
      + bitLayouts.flatMap { bits in
        bits.ranges.used.map { ($0.name, $0.low..<$0.low + $0.width) }.overlapping.map {
          "\(bits.name).\($0.0) overlaps \($0.1)"
        }
      }
  }
}

extension [String] {
  /// Names of what is in use, each as often as anything has it: what is reserved may share a name with its like only.
  fileprivate func taken(by all: [String]) -> [String] { all.filter(contains) }

  /// Those that are there before, each once.
  fileprivate var repeated: [String] {
    var seen: [String: Int] = [:]
    return filter { name in
      seen[name, default: 0] += 1
      return seen[name] == 2
    }
  }
}

extension [(String, Range<Int>)] {
  /// Neighbours, in order of their place, of which one reaches into the other.
  fileprivate var overlapping: [(String, String)] {
    let sorted = filter { !$0.1.isEmpty }.sorted { $0.1.lowerBound < $1.1.lowerBound }
    return zip(sorted.dropFirst(), sorted).compactMap { $0.1.overlaps($1.1) ? ($0.0, $1.0) : nil }
  }
}
