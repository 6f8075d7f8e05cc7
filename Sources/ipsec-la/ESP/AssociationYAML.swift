import ESP
import Yams

/// Reads associations from YAML, and says where something is wrong.
struct AssociationYAML {
  let path: String

  func read(_ text: String) throws -> ([AssociationFile.Entry], bundle: [String]) {
    let root = try YAMLDocument.root(text, path: path)
    let file = YAMLFields(path: path, mapping: root?.mapping ?? [:], mark: root?.mark)
    try file.checkNames(["associations", "bundle"])
    guard let nodes = try file.required("associations").sequence else {
      throw file.error("associations", "is not a list")
    }
    let entries = try nodes.map { node in
      guard let mapping = node.mapping else { throw file.error("associations", "holds something else than mappings") }
      return try entry(YAMLFields(path: path, mapping: mapping, mark: node.mark))
    }
    for (index, entry) in entries.enumerated() {
      let fields = YAMLFields(path: path, mapping: nodes[index].mapping ?? [:], mark: nodes[index].mark)
      for other in entries[..<index] {
        if other.name == entry.name { throw fields.error("name", "\(entry.name) is taken") }
        if entry.hides(behind: other) { throw fields.error("spi", "\(other.name) receives its packets") }
      }
    }
    return (entries, try bundle(file, Set(entries.map(\.name))))
  }

  private func bundle(_ file: YAMLFields, _ known: Set<String>) throws -> [String] {
    guard let node = file["bundle"] else { return [] }
    guard let names = node.sequence?.map(\.string), !names.contains(nil) else {
      throw file.error("bundle", "is not a list of names")
    }
    for case let name? in names where !known.contains(name) {
      throw file.error("bundle", "no association is named \(name)")
    }
    // Two associations of one entry would start from the same sequence number, and so use an IV twice.
    guard Set(names).count == names.count else { throw file.error("bundle", "names an association twice") }
    return names.compactMap(\.self)
  }

  /// - Parameter others: names of fields that somebody else reads.
  func entry(_ fields: YAMLFields, others: [String] = []) throws -> AssociationFile.Entry {
    try fields.checkNames([
      "name", "direction", "spi", "protocol", "mode", "source", "destination", "aead", "encryption", "authentication",
      "esn", "sequence", "replay-window", "udp-encapsulation", "tfc", "dscp", "df", "ecn", "lifetime",
    ] + others)
    guard let spi = try fields.integer("spi", UInt32.self) else { throw fields.error("spi", "is missing") }
    var parameters = Parameters(
      spi: spi,
      protocol: fields["protocol"] == nil ? .esp : try fields.choice("protocol", SecurityProtocol.allCases),
      mode: try mode(fields), protection: try protection(fields))
    parameters.extendedSequence = try fields.flag("esn") ?? false
    parameters.replayWindow = try fields.integer("replay-window", Int.self) ?? parameters.replayWindow
    if let ports = try fields.fields("udp-encapsulation") {
      try ports.checkNames(["source-port", "destination-port"])
      parameters.udpEncapsulation = .init(
        sourcePort: try ports.integer("source-port", UInt16.self) ?? 4500,
        destinationPort: try ports.integer("destination-port", UInt16.self) ?? 4500)
    }
    if let tfc = try fields.fields("tfc") {
      try tfc.checkNames(["length"])
      parameters.tfcLength = try tfc.integer("length", Int.self) ?? 0
    }
    parameters.dscp = try dscp(fields)
    parameters.dontFragment = try dontFragment(fields)
    parameters.ecn = try fields.flag("ecn") ?? true ? .normal : .off
    parameters.lifetime = try lifetime(fields)
    let sequence = try fields.integer("sequence", UInt64.self) ?? 0
    do {
      var probe = parameters
      probe.allowsLegacy = true
      probe.allowsUnauthenticated = true
      try probe.validate()
      _ = try SequenceCounter(last: sequence, extended: probe.extendedSequence)
    } catch {
      throw fields.error(try fields.string("name"), error.description)
    }
    return AssociationFile.Entry(
      name: try fields.string("name"), line: fields.mark?.line ?? 1, direction: try direction(fields),
      parameters: parameters,
      destination: try fields.address("destination"), sequence: sequence)
  }

  private func direction(_ fields: YAMLFields) throws -> AssociationFile.Direction {
    try fields.choice("direction", [AssociationFile.Direction.inbound, .outbound])
  }

  private func mode(_ fields: YAMLFields) throws -> Parameters.Mode {
    switch try fields.string("mode") {
    case "transport": return .transport
    case "tunnel":
      guard let source = try fields.address("source") else { throw fields.error("source", "is missing") }
      guard let destination = try fields.address("destination") else {
        throw fields.error("destination", "is missing")
      }
      return .tunnel(source: source, destination: destination)
    case let other: throw fields.error("mode", "\(other.withoutKeys) is none of tunnel, transport")
    }
  }

  private func protection(_ fields: YAMLFields) throws -> Parameters.Protection {
    if let aead = try fields.fields("aead") {
      for other in ["encryption", "authentication"] where fields[other] != nil {
        throw fields.error(other, "aead does that already")
      }
      try aead.checkNames(["algorithm", "key", "salt"])
      let algorithm = try aead.choice("algorithm", CombinedAlgorithm.allCases)
      let (key, salt) = try keyAndSalt(aead, algorithm.facts)
      return .combined(algorithm, key: key, salt: salt)
    }
    var encryption = EncryptionAlgorithm.null
    var (key, salt) = (Key([]), Key([]))
    if let cipher = try fields.fields("encryption") {
      try cipher.checkNames(["algorithm", "key", "salt"])
      encryption = try cipher.choice("algorithm", EncryptionAlgorithm.allCases)
      (key, salt) = try keyAndSalt(cipher, encryption.facts)
    }
    guard let authenticator = try fields.fields("authentication") else {
      return .separate(encryption, key: key, salt: salt, .none)
    }
    try authenticator.checkNames(["algorithm", "key"])
    let authentication = try authenticator.choice("algorithm", AuthenticationAlgorithm.allCases)
    let authenticationKey = try authenticator.key("key") ?? Key([])
    try checkLength(authenticator, authenticationKey, authentication.facts.keyLengths)
    return .separate(encryption, key: key, salt: salt, authentication, authenticationKey: authenticationKey)
  }

  /// A key and a salt of their own, or the salt at the key's end as the RFCs append it.
  private func keyAndSalt(_ fields: YAMLFields, _ facts: AlgorithmFacts) throws -> (Key, Key) {
    let key = try fields.key("key") ?? Key([])
    if let salt = try fields.key("salt") {
      try checkLength(fields, key, facts.keyLengths)
      guard salt.count == facts.saltLength else {
        throw fields.error("salt", "has \(salt.count) bytes, not \(facts.saltLength)")
      }
      return (key, salt)
    }
    let hint = facts.saltLength > 0 ? ": the salt, \(facts.saltLength) bytes, is at its end, unless salt is given" : ""
    try checkLength(fields, key, facts.keyLengths.map { $0 + facts.saltLength }, hint)
    return key.splittingSalt(facts.saltLength)
  }

  private func checkLength(_ fields: YAMLFields, _ key: Key, _ lengths: [Int], _ hint: String = "") throws {
    guard !lengths.contains(key.count) else { return }
    let expected = lengths.map(String.init).joined(separator: ", ")
    throw fields.error("key", "has \(key.count) bytes, not \(expected)\(hint)")
  }

  private func dscp(_ fields: YAMLFields) throws -> Parameters.FieldPolicy<UInt8> {
    if fields["dscp"]?.mapping != nil, let set = try fields.fields("dscp") {
      try set.checkNames(["set"])
      guard let value = try set.integer("set", UInt8.self), value < 64 else {
        throw fields.error("dscp", "is not within 0 … 63")
      }
      return .set(value)
    }
    switch fields["dscp"]?.string {
    case nil where fields["dscp"] == nil, "copy": return .copy
    case "clear": return .clear
    default: throw fields.error("dscp", "is none of copy, clear, {set: N}")
    }
  }

  private func dontFragment(_ fields: YAMLFields) throws -> Parameters.FieldPolicy<Bool> {
    switch fields["df"]?.string {
    case nil where fields["df"] == nil, "copy": return .copy
    case "clear": return .clear
    case "set": return .set(true)
    default: throw fields.error("df", "is none of copy, clear, set")
    }
  }

  private func lifetime(_ fields: YAMLFields) throws -> Lifetime {
    guard let limits = try fields.fields("lifetime") else { return Lifetime() }
    try limits.checkNames(["soft-bytes", "hard-bytes", "soft-packets", "hard-packets"])
    return Lifetime(
      softBytes: try limits.integer("soft-bytes", UInt64.self),
      hardBytes: try limits.integer("hard-bytes", UInt64.self),
      softPackets: try limits.integer("soft-packets", UInt64.self),
      hardPackets: try limits.integer("hard-packets", UInt64.self))
  }
}
