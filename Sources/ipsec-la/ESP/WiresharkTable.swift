import ESP

/// Wireshark's table `esp_sa`, by which it decrypts and checks ESP.
struct WiresharkTable {
  private let lines: [String]
  /// Associations that Wireshark could not decrypt with any entry, and whose keys therefore are not in the table.
  private let leftOut: [String]

  init(_ entries: [AssociationFile.Entry]) {
    let packets = entries.filter { $0.parameters.protocol != .ah }
    var lines: [String] = []
    // The same association for both directions makes the same line.
    for line in packets.flatMap(Self.lines) where !lines.contains(line) { lines.append(line) }
    self.lines = lines
    leftOut = packets.filter { Self.lines($0).isEmpty }.map(\.name)
  }

  /// The table in a file that only its owner may read, to be moved to `path` by `commit`.
  func written(besides path: String) throws(CommandError) -> StreamedFile {
    for name in leftOut { note("\(path): \(name): left out; Wireshark knows neither CCM nor GMAC in ESP") }
    let file = try StreamedFile(path, isPrivate: true)
    file.write(("# Wireshark esp_sa: holds keys\n" + lines.map { $0 + "\n" }.joined()).utf8)
    try file.finish()
    return file
  }

  /// One line for each version of IP in which the association's packets may come.
  private static func lines(_ entry: AssociationFile.Entry) -> [String] {
    if case .tunnel(let source, let destination) = entry.parameters.mode {
      return line(entry, source.version, source.description, destination.description)
    }
    guard let destination = entry.destination else {
      return [.v4, .v6].flatMap { line(entry, $0, "*", "*") }
    }
    return line(entry, destination.version, "*", destination.description)
  }

  /// The line; none where Wireshark lacks the algorithm.
  private static func line(
    _ entry: AssociationFile.Entry, _ version: IPVersion, _ source: String, _ destination: String
  ) -> [String] {
    let parameters = entry.parameters
    guard let (cipher, cipherKey, authenticator, authenticatorKey) = algorithms(parameters.protection) else {
      return []
    }
    var fields = [
      version == .v4 ? "IPv4" : "IPv6", source, destination, "0x" + String(parameters.spi, radix: 16), cipher,
      cipherKey, authenticator, authenticatorKey,
    ]
    // Wireshark 4.0 and older have no more columns; later ones take 32-bit numbers when these two are missing.
    if parameters.extendedSequence { fields += ["64-bit", "0x" + String(entry.sequence >> 32, radix: 16)] }
    return [fields.map { "\"\($0)\"" }.joined(separator: ",")]
  }

  private static func algorithms(_ protection: Parameters.Protection) -> (String, String, String, String)? {
    switch protection {
    case .combined(let algorithm, let key, let salt): name(algorithm).map { ($0, digits(key, salt), "NULL", "") }
    case .separate(let encryption, let key, let salt, let authentication, let authenticationKey):
      (name(encryption), digits(key, salt), name(authentication), digits(authenticationKey))
    }
  }

  private static func name(_ algorithm: CombinedAlgorithm) -> String? {
    switch algorithm {
    case .aesGCM8: "AES-GCM with 8 octet ICV [RFC4106]"
    case .aesGCM12: "AES-GCM with 12 octet ICV [RFC4106]"
    case .aesGCM16: "AES-GCM with 16 octet ICV [RFC4106]"
    case .chaCha20Poly1305: "ChaCha20 with Poly1305 [RFC7634]"
    // Wireshark knows neither CCM nor GMAC.
    case .aesCCM8, .aesCCM12, .aesCCM16, .aesGMAC: nil
    }
  }

  private static func name(_ algorithm: EncryptionAlgorithm) -> String {
    switch algorithm {
    case .null: "NULL"
    case .desCBC: "DES-CBC [RFC2405]"
    case .tripleDESCBC: "TripleDES-CBC [RFC2451]"
    case .aesCBC: "AES-CBC [RFC3602]"
    case .aesCTR: "AES-CTR [RFC3686]"
    }
  }

  private static func name(_ algorithm: AuthenticationAlgorithm) -> String {
    switch algorithm {
    case .none: "NULL"
    case .hmacMD5_96: "HMAC-MD5-96 [RFC2403]"
    case .hmacSHA1_96: "HMAC-SHA-1-96 [RFC2404]"
    case .hmacSHA256_96: "HMAC-SHA-256-96 [draft-ietf-ipsec-ciph-sha-256-00]"
    case .hmacSHA256_128: "HMAC-SHA-256-128 [RFC4868]"
    case .hmacSHA384_192: "HMAC-SHA-384-192 [RFC4868]"
    case .hmacSHA512_256: "HMAC-SHA-512-256 [RFC4868]"
    // Not checked by Wireshark: it only has to know the length.
    case .hmacSHA1_160: "ANY 160 bit authentication [no checking]"
    case .aesXCBC_96, .aesCMAC_96: "ANY 96 bit authentication [no checking]"
    }
  }

  private static func digits(_ keys: Key...) -> String {
    var text = ""
    for key in keys {
      key.withUnsafeBytes { for byte in $0 { text += (byte < 16 ? "0" : "") + String(byte, radix: 16) } }
    }
    return text.isEmpty ? "" : "0x" + text
  }
}
