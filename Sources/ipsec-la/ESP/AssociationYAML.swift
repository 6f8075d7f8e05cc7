import ESP
import Yams

/// Reads associations from YAML, and says where something is wrong.
struct AssociationYAML {
  let path: String

  /// One mapping of the file, whose fields are looked up by name.
  private struct Fields {
    let reader: AssociationYAML
    let mapping: Node.Mapping
    let mark: Mark?

    subscript(_ name: String) -> Node? { mapping[Node(name)] }

    func checkNames(_ known: [String]) throws {
      for (name, _) in mapping where !known.contains(name.string ?? "") {
        throw reader.error(name.mark, name.string ?? "?", "unknown field; known are \(known.joined(separator: ", "))")
      }
    }

    func required(_ name: String) throws -> Node {
      guard let node = self[name] else { throw reader.error(mark, name, "is missing") }
      return node
    }

    func string(_ name: String) throws -> String {
      let node = try required(name)
      guard let text = node.string else { throw reader.error(node.mark, name, "is not a plain value") }
      return text
    }

    func integer<T: FixedWidthInteger>(_ name: String, _ type: T.Type) throws -> T? {
      guard let node = self[name] else { return nil }
      guard let text = node.string, let value = T(number: text) else {
        throw reader.error(node.mark, name, "is not a number of \(T.bitWidth) bits")
      }
      return value
    }

    func flag(_ name: String) throws -> Bool? {
      guard let node = self[name] else { return nil }
      guard let value = node.bool else { throw reader.error(node.mark, name, "is neither true nor false") }
      return value
    }

    func choice<T: RawRepresentable>(_ name: String, _ all: [T]) throws -> T where T.RawValue == String {
      let text = try string(name)
      guard let value = T(rawValue: text) else {
        throw reader.error(self[name]?.mark, name, "\(text) is none of \(all.map(\.rawValue).joined(separator: ", "))")
      }
      return value
    }

    func address(_ name: String) throws -> IPAddress? {
      guard self[name] != nil else { return nil }
      guard let address = IPAddress(try string(name)) else { throw reader.error(self[name]?.mark, name, "is no IP address") }
      return address
    }

    /// A key or salt in hexadecimal digits. What is wrong with it is said without showing it.
    func key(_ name: String) throws -> Key? {
      guard self[name] != nil else { return nil }
      guard let bytes = [UInt8](hexadecimal: try string(name)) else {
        throw reader.error(self[name]?.mark, name, "is not an even number of hexadecimal digits after 0x")
      }
      return Key(bytes)
    }

    func fields(_ name: String) throws -> Fields? {
      guard let node = self[name] else { return nil }
      guard let mapping = node.mapping else { throw reader.error(node.mark, name, "is not a mapping") }
      return Fields(reader: reader, mapping: mapping, mark: node.mark)
    }
  }

  func read(_ text: String) throws -> ([AssociationFile.Entry], bundle: [String]) {
    let root: Node?
    do {
      root = try Yams.compose(yaml: text)
    } catch let error as YamlError {
      throw CommandError("\(path):\(Self.oneLine(error))")
    }
    guard let mapping = root?.mapping else { throw error(root?.mark, "associations", "is missing") }
    let fields = Fields(reader: self, mapping: mapping, mark: root?.mark)
    try fields.checkNames(["associations", "bundle"])
    let list = try fields.required("associations")
    guard let nodes = list.sequence else { throw error(list.mark, "associations", "is not a list") }
    let entries = try nodes.map { node in
      guard let mapping = node.mapping else { throw error(node.mark, "associations", "holds something else than mappings") }
      return try entry(Fields(reader: self, mapping: mapping, mark: node.mark))
    }
    var bundle: [String] = []
    if let node = fields["bundle"] {
      guard let names = node.sequence?.map(\.string), !names.contains(nil) else {
        throw error(node.mark, "bundle", "is not a list of names")
      }
      bundle = names.compactMap(\.self)
      for name in bundle where !entries.contains(where: { $0.name == name }) {
        throw error(node.mark, "bundle", "no association is named \(name)")
      }
    }
    return (entries, bundle)
  }

  private func entry(_ fields: Fields) throws -> AssociationFile.Entry {
    try fields.checkNames([
      "name", "direction", "spi", "protocol", "mode", "source", "destination", "aead", "encryption", "authentication", "esn",
      "sequence", "replay-window", "udp-encapsulation", "tfc", "dscp", "df", "ecn", "lifetime",
    ])
    guard let spi = try fields.integer("spi", UInt32.self) else { throw error(fields.mark, "spi", "is missing") }
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
    do {
      var probe = parameters
      probe.allowsLegacy = true
      _ = try OutboundAssociation(probe)
    } catch {
      throw self.error(fields.mark, try fields.string("name"), error.description)
    }
    return AssociationFile.Entry(
      name: try fields.string("name"), direction: try direction(fields), parameters: parameters,
      destination: try fields.address("destination"), sequence: try fields.integer("sequence", UInt64.self) ?? 0)
  }

  private func direction(_ fields: Fields) throws -> AssociationFile.Direction {
    try fields.choice("direction", [AssociationFile.Direction.inbound, .outbound])
  }

  private func mode(_ fields: Fields) throws -> Parameters.Mode {
    switch try fields.string("mode") {
    case "transport": return .transport
    case "tunnel":
      guard let source = try fields.address("source") else { throw error(fields.mark, "source", "is missing") }
      guard let destination = try fields.address("destination") else { throw error(fields.mark, "destination", "is missing") }
      return .tunnel(source: source, destination: destination)
    case let other: throw error(fields["mode"]?.mark, "mode", "\(other) is none of tunnel, transport")
    }
  }

  private func protection(_ fields: Fields) throws -> Parameters.Protection {
    if let aead = try fields.fields("aead") {
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
  private func keyAndSalt(_ fields: Fields, _ facts: AlgorithmFacts) throws -> (Key, Key) {
    let key = try fields.key("key") ?? Key([])
    if let salt = try fields.key("salt") {
      try checkLength(fields, key, facts.keyLengths)
      guard salt.count == facts.saltLength else {
        throw error(fields["salt"]?.mark, "salt", "has \(salt.count) bytes, not \(facts.saltLength)")
      }
      return (key, salt)
    }
    try checkLength(fields, key, facts.keyLengths.map { $0 + facts.saltLength })
    return key.splittingSalt(facts.saltLength)
  }

  private func checkLength(_ fields: Fields, _ key: Key, _ lengths: [Int]) throws {
    guard !lengths.contains(key.count) else { return }
    let expected = lengths.map(String.init).joined(separator: ", ")
    throw error(fields["key"]?.mark ?? fields.mark, "key", "has \(key.count) bytes, not \(expected)")
  }

  private func dscp(_ fields: Fields) throws -> Parameters.FieldPolicy<UInt8> {
    if let set = try? fields.fields("dscp") {
      try set.checkNames(["set"])
      guard let value = try set.integer("set", UInt8.self), value < 64 else {
        throw error(set.mark, "dscp", "is not within 0 … 63")
      }
      return .set(value)
    }
    switch fields["dscp"]?.string {
    case nil, "copy": return .copy
    case "clear": return .clear
    default: throw error(fields["dscp"]?.mark, "dscp", "is none of copy, clear, {set: N}")
    }
  }

  private func dontFragment(_ fields: Fields) throws -> Parameters.FieldPolicy<Bool> {
    switch fields["df"]?.string {
    case nil where fields["df"] == nil, "copy": return .copy
    case "clear": return .clear
    case "set": return .set(true)
    default: throw error(fields["df"]?.mark, "df", "is none of copy, clear, set")
    }
  }

  private func lifetime(_ fields: Fields) throws -> Lifetime {
    guard let limits = try fields.fields("lifetime") else { return Lifetime() }
    try limits.checkNames(["soft-bytes", "hard-bytes", "soft-packets", "hard-packets"])
    return Lifetime(
      softBytes: try limits.integer("soft-bytes", UInt64.self), hardBytes: try limits.integer("hard-bytes", UInt64.self),
      softPackets: try limits.integer("soft-packets", UInt64.self), hardPackets: try limits.integer("hard-packets", UInt64.self))
  }

  private func error(_ mark: Mark?, _ field: String, _ what: String) -> CommandError {
    CommandError("\(path):\(mark?.line ?? 1): \(field): \(what)")
  }

  /// What the YAML parser found, as `line: problem`.
  private static func oneLine(_ error: YamlError) -> String {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _), .composer(_, let problem, let mark, _):
      "\(mark.line): \(problem)"
    default: "1: is not YAML"
    }
  }
}

extension FixedWidthInteger {
  /// A decimal number, or a hexadecimal one after `0x`.
  init?(number text: String) {
    let isHexadecimal = text.hasPrefix("0x")
    self.init(isHexadecimal ? text.dropFirst(2) : text[...], radix: isHexadecimal ? 16 : 10)
  }
}

extension [UInt8] {
  /// Bytes as an even number of hexadecimal digits after `0x`.
  init?(hexadecimal text: String) {
    guard text.hasPrefix("0x") else { return nil }
    let digits = text.dropFirst(2).map(\.hexDigitValue)
    guard digits.count.isMultiple(of: 2), !digits.contains(nil) else { return nil }
    self = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0]! << 4 | digits[$0 + 1]!) }
  }
}
