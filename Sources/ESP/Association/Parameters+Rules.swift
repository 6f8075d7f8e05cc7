extension Parameters {
  /// Checks everything that can be checked before a key is used.
  ///
  /// - Throws: `ParameterError` naming the parameter at fault.
  public func validate() throws(ParameterError) {
    guard spi > 255 else { throw .reservedSPI(spi) }
    guard (0...1 << 20).contains(replayWindow) else { throw .replayWindow(replayWindow) }
    guard (0...65_535).contains(tfcLength) else { throw .tfcLength(tfcLength) }
    if case .set(let value) = dscp, value > 63 { throw .dscp(value) }
    if case .set(let value) = flowLabel, value >= 1 << 20 { throw .flowLabel(value) }
    if case .tunnel = mode, hopLimit == 0 { throw .hopLimit }
    if case .tunnel(let source, let destination) = mode, source.version != destination.version { throw .mixedTunnel }
    if self.protocol == .ah, udpEncapsulation != nil { throw .udpEncapsulationOfAH }
    switch protection {
    case .combined(let algorithm, let key, let salt):
      try check(algorithm.rawValue, algorithm.facts, key, salt)
      if self.protocol == .ah, algorithm != .aesGMAC { throw .encryptionInAH }
    case .separate(let encryption, let key, let salt, let authentication, let authenticationKey):
      try check(encryption.rawValue, encryption.facts, key, salt)
      try check(authentication.rawValue, authentication.facts, authenticationKey, Key([]))
      if self.protocol == .ah, encryption != .null { throw .encryptionInAH }
      if authentication == .none, encryption == .null || !allowsUnauthenticated { throw .noProtection }
    }
  }

  private func check(_ name: String, _ facts: AlgorithmFacts, _ key: Key, _ salt: Key) throws(ParameterError) {
    guard facts.keyLengths.contains(key.count) else {
      throw .keyLength(algorithm: name, bytes: key.count, expected: facts.keyLengths)
    }
    guard salt.count == facts.saltLength else {
      throw .saltLength(algorithm: name, bytes: salt.count, expected: facts.saltLength)
    }
    if facts.isLegacy, !allowsLegacy { throw .legacy(algorithm: name) }
  }

  /// The lengths of IV, cipher block and ICV, in bytes.
  public var lengths: (iv: Int, block: Int, icv: Int) {
    switch protection {
    case .combined(let algorithm, _, _):
      (algorithm.facts.ivLength, 1, algorithm.facts.icvLength)
    case .separate(let encryption, _, _, let authentication, _):
      (encryption.facts.ivLength, encryption.facts.blockLength, authentication.facts.icvLength)
    }
  }

  /// Whether the sequence number is the IV: under one key and salt, each may then be used once, ever.
  public var countsIVs: Bool { countedKey != nil }

  /// Key and salt under which the sequence number is the IV, if it is. Whatever the algorithms, two associations must
  /// not share them: GCM, GMAC and CTR make the same blocks of the same nonce.
  public var countedKey: [Key]? {
    switch protection {
    case .combined(_, let key, let salt), .separate(.aesCTR, let key, let salt, _, _): [key, salt]
    case .separate: nil
    }
  }

  /// Whether packets have an ICV; anybody may move the replay window of one whose have none.
  var authenticates: Bool {
    if case .separate(_, _, _, .none, _) = protection { false } else { true }
  }

  /// Whether an observer can read the payload: what WESP announces (RFC 5840).
  var encrypts: Bool {
    switch protection {
    case .combined(let algorithm, _, _): algorithm != .aesGMAC
    case .separate(let encryption, _, _, _, _): encryption != .null
    }
  }
}
