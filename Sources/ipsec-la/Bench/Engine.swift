import ESP

/// What the engine's contenders have in common.
enum Engine {
  /// Every algorithm with its longest key; AH where nothing is encrypted.
  static var all: [Parameters] {
    func key(_ facts: AlgorithmFacts) -> Key { Key((0..<(facts.keyLengths.last ?? 0)).map { UInt8($0) }) }
    func salt(_ facts: AlgorithmFacts) -> Key { Key((0..<facts.saltLength).map { UInt8($0) }) }
    let mac = AuthenticationAlgorithm.hmacSHA256_128
    let macs = AuthenticationAlgorithm.allCases.filter { $0 != .none }
    let protections: [Parameters.Protection] =
      CombinedAlgorithm.allCases.map { .combined($0, key: key($0.facts), salt: salt($0.facts)) }
      + EncryptionAlgorithm.allCases.map {
        .separate($0, key: key($0.facts), salt: salt($0.facts), mac, authenticationKey: key(mac.facts))
      } + macs.map { .separate(.null, $0, authenticationKey: key($0.facts)) }
    return protections.flatMap { protection in
      var esp = parameters(extended: true, protection: protection)
      esp.allowsLegacy = true
      var ah = esp
      ah.protocol = .ah
      switch protection {
      case .combined(.aesGMAC, _, _), .separate(.null, _, _, _, _): return [esp, ah]
      default: return [esp]
      }
    }
  }

  static func parameters(
    extended: Bool,
    protection: Parameters.Protection = .combined(.aesGCM16, key: Key(0..<16), salt: Key([4, 3, 2, 1]))
  ) -> Parameters {
    var parameters = Parameters(
      spi: 0x1001, mode: .tunnel(source: .v4(0x0a00_0001), destination: .v4(0x0a00_0002)), protection: protection)
    parameters.extendedSequence = extended
    parameters.replayWindow = 1024
    return parameters
  }
}
