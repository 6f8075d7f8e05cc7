import Testing

@testable import ESP

@Test func `parameters that make no association say which is at fault`() {
  func error(_ change: (inout Parameters) -> Void) -> ParameterError? {
    var parameters = Parameters.gcm
    change(&parameters)
    do throws(ParameterError) { _ = try OutboundAssociation(parameters) } catch { return error }
    return nil
  }
  #expect(error { $0.spi = 255 } == .reservedSPI(255))
  #expect(error { $0.replayWindow = -1 } == .replayWindow(-1))
  #expect(error { $0.dscp = .set(64) } == .dscp(64))
  #expect(error { $0.flowLabel = .set(1 << 20) } == .flowLabel(1 << 20))
  #expect(error { $0.hopLimit = 0 } == .hopLimit)
  #expect(error { $0.tfcLength = 70_000 } == .tfcLength(70_000))
  #expect(error { $0.mode = .tunnel(source: Packets.source4, destination: Packets.destination6) } == .mixedTunnel)
  #expect(error { $0.protocol = .ah } == .encryptionInAH)
  #expect(
    error { $0.protection = .combined(.aesGCM16, key: Key(0..<15), salt: Key(0..<4)) }
      == .keyLength(algorithm: "aes-gcm-16", bytes: 15, expected: [16, 24, 32]))
  #expect(
    error { $0.protection = .combined(.aesCCM8, key: Key(0..<16), salt: Key(0..<4)) }
      == .saltLength(algorithm: "aes-ccm-8", bytes: 4, expected: 3))
  #expect(error { $0.protection = .separate(.null, .none) } == .noProtection)
  #expect(
    error {
      $0.allowsLegacy = false
      $0.protection = .separate(.desCBC, key: Key(0..<8), .hmacSHA1_96, authenticationKey: Key(0..<20))
    } == .legacy(algorithm: "des-cbc"))
}

@Test func `encryption without integrity is refused unless it is allowed, and checks no replays then`() throws {
  var parameters = Parameters.test(Suite.separate(.aesCBC, .none))
  let sealed = try OutboundAssociation(parameters).encapsulate(Packets.ip()).bytes
  let inbound = try InboundAssociation(parameters)
  for _ in 0..<2 { #expect(try inbound.decapsulate(sealed).bytes == Packets.ip()) }
  parameters.allowsUnauthenticated = false
  #expect(throws: ParameterError.noProtection) { try OutboundAssociation(parameters) }
  #expect(throws: ParameterError.noProtection) { try InboundAssociation(parameters) }
}
