import ESP

/// Reads the associations of a Linux kernel from the output of `ip xfrm state`.
struct XfrmState {
  let path: String
  let text: String

  /// The kernel's names of algorithms, and ours.
  private static let aead: [String: [Int: CombinedAlgorithm]] = [
    "rfc4106(gcm(aes))": [64: .aesGCM8, 96: .aesGCM12, 128: .aesGCM16],
    "rfc4309(ccm(aes))": [64: .aesCCM8, 96: .aesCCM12, 128: .aesCCM16],
    "rfc4543(gcm(aes))": [128: .aesGMAC],
    "rfc7539esp(chacha20,poly1305)": [128: .chaCha20Poly1305],
  ]
  private static let encryption: [String: EncryptionAlgorithm] = [
    "ecb(cipher_null)": .null, "cipher_null": .null, "cbc(des)": .desCBC, "cbc(des3_ede)": .tripleDESCBC,
    "cbc(aes)": .aesCBC, "rfc3686(ctr(aes))": .aesCTR,
  ]
  private static let authentication: [String: [Int: AuthenticationAlgorithm]] = [
    "hmac(md5)": [96: .hmacMD5_96], "hmac(sha1)": [96: .hmacSHA1_96, 160: .hmacSHA1_160],
    "hmac(sha256)": [96: .hmacSHA256_96, 128: .hmacSHA256_128], "hmac(sha384)": [192: .hmacSHA384_192],
    "hmac(sha512)": [256: .hmacSHA512_256], "xcbc(aes)": [96: .aesXCBC_96], "cmac(aes)": [96: .aesCMAC_96],
  ]
  /// The kernel's default truncation where `ip` prints none (`auth`, not `auth-trunc`), in bits: 96 but for these.
  private static let defaultTruncation = ["hmac(sha384)": 192, "hmac(sha512)": 256]

  /// What has been read of one association.
  private struct Draft {
    var line: Int
    var source: IPAddress
    var destination: IPAddress
    var proto = ""
    var spi: UInt32 = 0
    var isTunnel = true
    var aead: (CombinedAlgorithm, Key)?
    var encryption: (EncryptionAlgorithm, Key) = (.null, Key([]))
    var authentication: (AuthenticationAlgorithm, Key) = (.none, Key([]))
    var window = 0
    var flags: Set<String> = []
    var tfcLength = 0
    var lifetime = Lifetime()
    var ports: Parameters.UDPEncapsulation?
    var sequence: UInt64 = 0
    var outboundSequence: UInt64 = 0
    var direction: AssociationFile.Direction?
  }

  var entries: [AssociationFile.Entry] {
    get throws {
      var drafts: [Draft] = []
      for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
        let words = Self.words(line)
        guard let first = words.first else { continue }
        if first == "src", words.count >= 4, !line.hasPrefix("\t"), !line.hasPrefix(" ") {
          guard let source = IPAddress(words[1]), let destination = IPAddress(words[3]) else {
            throw error(index + 1, "src", "is no IP address")
          }
          drafts.append(Draft(line: index + 1, source: source, destination: destination))
        } else if !drafts.isEmpty {
          try read(words, index + 1, into: &drafts[drafts.count - 1])
        }
      }
      return try drafts.filter(isSupported).flatMap(entries)
    }
  }

  /// A line's words, without what `ip -s` adds: `0x1(1)` is 0x1, `(256 bits)` and `(0x00000000)` are nothing.
  private static func words(_ line: Substring) -> [String] {
    line.replacing(/\([0-9]+ bits\)/, with: "").split(whereSeparator: { $0.isWhitespace || $0 == "," }).map { word in
      let isTwice = word.last == ")" && (word.hasPrefix("0x") || word.contains("(0x"))
      return String(isTwice ? word.prefix { $0 != "(" } : word)
    }.filter { !$0.isEmpty }
  }

  private func read(_ words: [String], _ line: Int, into draft: inout Draft) throws {
    func value(_ name: String) -> String? {
      words.firstIndex(of: name).flatMap { $0 + 1 < words.count ? words[$0 + 1] : nil }
    }
    func number<T: FixedWidthInteger>(_ name: String, _ type: T.Type = UInt64.self) throws -> T? {
      guard let text = value(name) else { return nil }
      guard let number = T(number: text) else { throw error(line, name, "is not a number of \(T.bitWidth) bits") }
      return number
    }
    switch words[0] {
    case "proto":
      draft.proto = words.count > 1 ? words[1] : ""
      guard let spi = try number("spi", UInt32.self) else { throw error(line, "spi", "is missing") }
      draft.spi = spi
      guard let mode = value("mode"), ["tunnel", "transport"].contains(mode) else {
        throw error(line, "mode", "\((value("mode") ?? "nothing").withoutKeys) is none of tunnel, transport")
      }
      draft.isTunnel = mode == "tunnel"
    // The statistics of `ip -s` begin with the same word.
    case "replay-window" where words.contains("failed"): break
    case "replay-window":
      draft.window = Int(clamping: try number("replay-window") ?? 0)
      if let flags = words.firstIndex(of: "flag") { draft.flags = Set(words[(flags + 1)...]) }
    case "tfcpad": draft.tfcLength = Int(clamping: try number("tfcpad") ?? 0)
    case "limit:": Self.limit(words, &draft.lifetime)
    case "dir": draft.direction = value("dir").flatMap(AssociationFile.Direction.init)
    case "aead": draft.aead = try algorithm(words, line, Self.aead, [:])
    case "auth", "auth-trunc":
      draft.authentication = try algorithm(words, line, Self.authentication, Self.defaultTruncation)
    case "enc":
      guard words.count > 1, let encryption = Self.encryption[words[1]] else {
        throw error(line, "enc", "\((words.dropFirst().first ?? "").withoutKeys) is not supported")
      }
      draft.encryption = (encryption, words.count > 2 ? try key(words[2], line) : Key([]))
    case "encap":
      guard value("type") == "espinudp" else { throw error(line, "encap", "\(value("type") ?? "") is not supported") }
      draft.ports = .init(
        sourcePort: try number("sport", UInt16.self) ?? 4500,
        destinationPort: try number("dport", UInt16.self) ?? 4500)
    case "anti-replay", "seq-hi":
      draft.sequence = (try number("seq-hi") ?? 0) << 32 | (try number("seq") ?? draft.sequence)
      draft.outboundSequence = (try number("oseq-hi") ?? 0) << 32 | (try number("oseq") ?? draft.outboundSequence)
    case "replay_window": draft.window = Int(clamping: try number("replay_window") ?? UInt64(draft.window))
    default: break
    }
  }

  /// `limit: soft 1000(bytes), hard (INF)(bytes)`, and the same in packets.
  private static func limit(_ words: [String], _ lifetime: inout Lifetime) {
    guard words.count == 5, words[1] == "soft", words[3] == "hard" else { return }
    func value(_ word: String) -> UInt64? { UInt64(word.prefix { $0.isNumber }) }
    if words[4].hasSuffix("(bytes)") { (lifetime.softBytes, lifetime.hardBytes) = (value(words[2]), value(words[4])) }
    if words[4].hasSuffix("(packets)") {
      (lifetime.softPackets, lifetime.hardPackets) = (value(words[2]), value(words[4]))
    }
  }

  private func algorithm<T>(
    _ words: [String], _ line: Int, _ known: [String: [Int: T]], _ truncation: [String: Int]
  ) throws -> (T, Key) {
    guard words.count >= 3 else { throw error(line, words[0], "has no key") }
    let bits = words.count > 3 ? Int(words[3]) ?? 0 : truncation[words[1]] ?? 96
    guard let algorithm = known[words[1]]?[bits] else {
      throw error(line, words[0], "\(words[1].withoutKeys) with \(bits) bits is not supported")
    }
    return (algorithm, try key(words[2], line))
  }

  private func key(_ text: String, _ line: Int) throws -> Key {
    if text.isEmpty || text == "\"\"" { return Key([]) }
    guard let bytes = [UInt8](hexadecimal: text) else { throw error(line, "key", "is not hexadecimal") }
    return Key(bytes)
  }

  /// Whether an association protects packets. Compression (IPcomp) does not, and often stands beside one that does.
  private func isSupported(_ draft: Draft) -> Bool {
    guard draft.proto == "comp" else { return true }
    note("\(path):\(draft.line): proto: comp is left out; it compresses, and protects nothing")
    return false
  }

  /// One entry for each direction in which the association can be used.
  private func entries(_ draft: Draft) throws -> [AssociationFile.Entry] {
    guard let proto = SecurityProtocol(rawValue: draft.proto) else {
      throw error(draft.line, "proto", "\(draft.proto) is neither esp nor ah")
    }
    let protection: Parameters.Protection
    if let (algorithm, material) = draft.aead {
      guard material.count > algorithm.facts.saltLength else { throw error(draft.line, "aead", "key is too short") }
      let (key, salt) = material.splittingSalt(algorithm.facts.saltLength)
      protection = .combined(algorithm, key: key, salt: salt)
    } else {
      let (cipher, material) = draft.encryption
      guard material.count >= cipher.facts.saltLength else { throw error(draft.line, "enc", "key is too short") }
      let (key, salt) = material.splittingSalt(cipher.facts.saltLength)
      protection = .separate(
        cipher, key: key, salt: salt, draft.authentication.0, authenticationKey: draft.authentication.1)
    }
    var parameters = Parameters(
      spi: draft.spi, protocol: proto,
      mode: draft.isTunnel ? .tunnel(source: draft.source, destination: draft.destination) : .transport,
      protection: protection)
    parameters.extendedSequence = draft.flags.contains("esn")
    parameters.alignsAHTo8 = !draft.flags.contains("align4")
    if draft.flags.contains("noecn") { parameters.ecn = .off }
    if draft.flags.contains("dont-encap-dscp") { parameters.dscp = .clear }
    parameters.returnsDSCP = draft.flags.contains("decap-dscp")
    if draft.flags.contains("nopmtudisc") { parameters.dontFragment = .clear }
    parameters.tfcLength = draft.tfcLength
    parameters.lifetime = draft.lifetime
    parameters.replayWindow = draft.window
    parameters.udpEncapsulation = draft.ports
    let name = "0x\(String(draft.spi, radix: 16))"
    let directions = draft.direction.map { [$0] } ?? [.inbound, .outbound]
    return directions.map {
      AssociationFile.Entry(
        name: name, line: draft.line, direction: $0, parameters: parameters, destination: draft.destination,
        sequence: $0 == .inbound ? draft.sequence : draft.outboundSequence)
    }
  }

  private func error(_ line: Int, _ field: String, _ what: String) -> CommandError {
    CommandError("\(path):\(line): \(field): \(what)")
  }
}
