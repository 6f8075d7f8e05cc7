import Testing

@testable import ESP

/// Where IVs of cipher block chaining come from: the other modes take theirs from the sequence number.
@Suite struct IVSourceTests {
  static let ciphers: [(EncryptionAlgorithm, keyLength: Int)] = [
    (.desCBC, 8), (.tripleDESCBC, 24), (.aesCBC, 16),
  ]

  private func packets(_ cipher: Int, _ ivs: IVSource, spi: UInt32 = 0x1000) throws -> [[UInt8]] {
    let (algorithm, length) = Self.ciphers[cipher]
    var parameters = Parameters(
      spi: spi,
      mode: .tunnel(source: IPAddress("192.0.2.1")!, destination: IPAddress("192.0.2.2")!),
      protection: .separate(
        algorithm, key: Key((0..<length).map { UInt8($0 * 7 + 1) }), .hmacSHA1_96,
        authenticationKey: Key([UInt8](1...20))))
    parameters.allowsLegacy = true
    let outbound = try OutboundAssociation(parameters, ivs: ivs)
    return try (0..<20).map { _ in try outbound.encapsulate(Packets.ip()).bytes }
  }

  @Test(arguments: ciphers.indices)
  func `a seed gives the same packets again, and another seed others`(cipher: Int)
    throws
  {
    let first = try packets(cipher, .repeatable(seed: 1))
    #expect(try packets(cipher, .repeatable(seed: 1)) == first)
    #expect(try packets(cipher, .repeatable(seed: 2)) != first)
    #expect(Set(first.map { $0[28..<36] }).count == 20)
  }

  @Test(arguments: ciphers.indices)
  func `the system gives other packets every time, and is what an association takes`(
    cipher: Int
  ) throws {
    #expect(try packets(cipher, .system) != packets(cipher, .system))
    var parameters = Parameters.gcm
    parameters.protection = .separate(
      .aesCBC, key: Key([UInt8](1...16)), .hmacSHA1_96, authenticationKey: Key([UInt8](1...20)))
    let packet = Packets.ip()
    #expect(
      try OutboundAssociation(parameters).encapsulate(packet).bytes
        != OutboundAssociation(parameters).encapsulate(packet).bytes)
  }
}
