extension Rule {
  static let duplicateEnumerator = Rule(
    "duplicate-enumerator", "No name stands for two numbers, and no number of an enumeration has two names."
  ) { layout in
    let groups = layout.enumerations.map { ("enumerations", $0) } + layout.constants.map { ("constants", $0) }
    var owners = Dictionary(layout.features.map { ($0.name, "features") }) { first, _ in first }
    return groups.flatMap { kind, group -> [(place: String, problem: String)] in
      var values: [UInt64: String] = [:]
      return group.numbers.flatMap { number -> [(place: String, problem: String)] in
        let place = "\(kind).\(group.name)"
        var problems: [(place: String, problem: String)] = []
        if let owner = owners.updateValue(group.name, forKey: number.name) {
          problems.append((place, "'\(number.name)' is also in '\(owner)'"))
        }
        if kind == "enumerations", let other = values.updateValue(number.name, forKey: number.value) {
          problems.append((place, "\(number.value) is both '\(other)' and '\(number.name)'"))
        }
        return problems
      }
    }
  }

  static let enumeratorGap = Rule(
    "enumerator-gap", "The numbers of an enumeration follow one another within a block of 256."
  ) { layout in
    layout.enumerations.flatMap { group -> [(place: String, problem: String)] in
      let values = group.numbers.map(\.value).sorted()
      return zip(values, values.dropFirst()).filter { $1 > $0 + 1 && $0 >> 8 == $1 >> 8 }.map {
        ("enumerations.\(group.name)", "nothing stands between \($0) and \($1)")
      }
    }
  }

  static let onEqualsOff = Rule("on-equals-off", "What turns something on is not what turns it off.") { layout in
    (layout.constants + layout.enumerations).flatMap { group in
      group.numbers.filter { $0.name.hasSuffix("_ON") }.compactMap { on in
        let off = group.numbers.first { $0.name == on.name.dropLast(2) + "OFF" }
        return off?.value == on.value
          ? ("constants.\(group.name)", "'\(on.name)' and its OFF are both \(on.value)") : nil
      }
    }
  }
}
