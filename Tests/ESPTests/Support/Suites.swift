import ESP

/// An algorithm, or two, with keys of a fixed pattern: what parametrised tests run over.
struct Suite: Sendable, CustomStringConvertible {
  let description: String
  let protection: Parameters.Protection

  private static func pattern(_ count: Int, _ start: UInt8) -> Key { Key((0..<count).map { start &+ UInt8($0) }) }

  static let combined: [Suite] = CombinedAlgorithm.allCases.flatMap { algorithm in
    algorithm.facts.keyLengths.map {
      Suite(
        description: "\(algorithm.rawValue)/\($0 * 8)",
        protection: .combined(algorithm, key: pattern($0, 1), salt: pattern(algorithm.facts.saltLength, 200)))
    }
  }

  static func separate(_ encryption: EncryptionAlgorithm, _ authentication: AuthenticationAlgorithm, keyIndex: Int = 0)
    -> Suite
  {
    let length = encryption.facts.keyLengths[keyIndex]
    return Suite(
      description: "\(encryption.rawValue)/\(length * 8)+\(authentication.rawValue)",
      protection: .separate(
        encryption, key: pattern(length, 1), salt: pattern(encryption.facts.saltLength, 200), authentication,
        authenticationKey: pattern(authentication.facts.keyLengths[0], 77)))
  }

  /// Every cipher and key size with HMAC-SHA-256, and every authenticator with AES-CBC.
  static let separate: [Suite] =
    EncryptionAlgorithm.allCases.flatMap { cipher in
      cipher.facts.keyLengths.indices.map { separate(cipher, .hmacSHA256_128, keyIndex: $0) }
    } + AuthenticationAlgorithm.allCases.map { separate(.aesCBC, $0) }

  static let esp = combined + separate
  static let ah =
    AuthenticationAlgorithm.allCases.filter { $0 != .none }.map { separate(.null, $0) }
    + combined.filter { $0.description.hasPrefix("aes-gmac") }

  /// Those whose every bit is protected.
  var isAuthenticated: Bool {
    if case .separate(_, _, _, .none, _) = protection { false } else { true }
  }
}

extension Parameters {
  /// Parameters with test addresses; legacy algorithms and encryption alone admitted.
  static func test(_ suite: Suite, _ protocol: SecurityProtocol = .esp, tunnel: IPVersion? = .v4) -> Parameters {
    let mode: Mode =
      switch tunnel {
      case .v4: .tunnel(source: Packets.gateway4.0, destination: Packets.gateway4.1)
      case .v6: .tunnel(source: Packets.gateway6.0, destination: Packets.gateway6.1)
      case nil: .transport
      }
    var parameters = Parameters(spi: 0x1000, protocol: `protocol`, mode: mode, protection: suite.protection)
    parameters.allowsLegacy = true
    parameters.allowsUnauthenticated = true
    return parameters
  }

  static var gcm: Parameters { .test(Suite.combined.first { $0.description == "aes-gcm-16/128" }!) }
}
