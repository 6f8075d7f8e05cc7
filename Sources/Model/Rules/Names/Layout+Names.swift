extension Layout {
  /// Every name that C code will see, and where it is.
  var identifiers: [(place: String, name: String)] {
    var all: [(place: String, name: String)] = []
    for structure in structures {
      all.append((structure.name, structure.name))
      all += structure.fields.map { ("\(structure.name).\($0.name)", $0.name) }
    }
    for bits in bitLayouts {
      all.append((bits.name, bits.name))
      all += bits.ranges.map { ("\(bits.name).\($0.name)", $0.name) }
    }
    for group in enumerations + constants { all += group.numbers.map { (group.name, $0.name) } }
    all += features.map { ($0.name, $0.name) }
    all += registers.map { ($0.name, $0.name) }
    all += commands.map { ($0.name, $0.name) }
    return all
  }

  /// Everything that is to be documented, and where it is.
  var documented: [(place: String, summary: String)] {
    var all: [(place: String, summary: String)] = [("layout", summary)]
    all += registers.map { ($0.name, $0.summary) }
    all += features.map { ($0.name, $0.summary) }
    all += queues.kinds.map { ($0.name, $0.summary) }
    for group in enumerations + constants {
      all.append((group.name, group.summary))
      all += group.numbers.map { ("\(group.name).\($0.name)", $0.summary) }
    }
    for bits in bitLayouts {
      all.append((bits.name, bits.summary))
      all += bits.ranges.map { ("\(bits.name).\($0.name)", $0.summary) }
    }
    for structure in structures {
      all.append((structure.name, structure.summary))
      all += structure.fields.map { ("\(structure.name).\($0.name)", $0.summary) }
    }
    for service in services {
      all.append((service.name, service.summary))
      all += service.commands.map { ($0.name, $0.summary) }
    }
    all += groups.map { ($0.name, $0.summary) }
    all += attributeSets.map { ($0.name, $0.summary) }
    return all
  }
}
