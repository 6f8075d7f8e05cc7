import Testing

@testable import ESP

extension GCMVector: CustomTestStringConvertible {
  var testDescription: String { "\(hex(key).count * 8)-bit key, SPI and sequence \(data)" }

  private var isExtended: Bool { hex(data).count == 12 }
  fileprivate var sequence: UInt64 { hex(data).dropFirst(4).reduce(0) { $0 << 8 | UInt64($1) } }
  private var spi: UInt32 { hex(data).prefix(4).reduce(0) { $0 << 8 | UInt32($1) } }

  fileprivate var parameters: Parameters {
    var parameters = Parameters(
      spi: spi, mode: .transport,
      protection: .combined(.aesGCM16, key: ESPTests.key(key), salt: Key(hex(nonce).prefix(4))))
    parameters.extendedSequence = isExtended
    return parameters
  }

  fileprivate var before: AssociationState { AssociationState(sequence: sequence - 1) }

  /// SPI, low half of the sequence number, IV, ciphertext, ICV.
  fileprivate var packet: [UInt8] {
    Packets.ip(
      protocol: 50,
      payload: Packets.big(spi) + Packets.big(UInt32(truncatingIfNeeded: sequence)) + hex(nonce).dropFirst(4)
        + hex(cipher) + hex(icv))
  }

  /// The payload without padding, pad length and next header.
  fileprivate var inner: [UInt8] {
    let padding = Int(hex(plain).dropLast().last!)
    return Packets.ip(protocol: 1, payload: hex(plain).dropLast(2 + padding))
  }
}

/// Case 4 has SPI 0, which never travels: it is checked below the packet level.
private let packetCases = GCMVector.all.filter { !$0.data.hasPrefix("00000000") }

@Test(arguments: packetCases)
func `draft-mcgrew-gcm-test packets open to the payload they were made of`(vector: GCMVector) throws {
  let inbound = try InboundAssociation(vector.parameters, state: vector.before)
  #expect(try inbound.decapsulate(vector.packet).bytes == vector.inner)
}

@Test(arguments: packetCases)
func `draft-mcgrew-gcm-test payloads become the published packets`(vector: GCMVector) throws {
  let outbound = try OutboundAssociation(
    vector.parameters, first: vector.sequence, iv: Array(hex(vector.nonce).dropFirst(4)))
  #expect(try outbound.encapsulate(vector.inner).bytes == vector.packet)
}

@Test func `draft-mcgrew-gcm-test case 4 has an SPI that is refused, and the published ciphertext and ICV`() throws {
  let vector = GCMVector.all[3]
  #expect(throws: ParameterError.reservedSPI(0)) { try OutboundAssociation(vector.parameters) }
  let transform = try vector.parameters.makeTransform(ivs: .system)
  var bytes =
    hex(vector.data) + hex(vector.nonce).dropFirst(4) + hex(vector.plain)
    + Array(repeating: 0, count: 16)
  let count = hex(vector.plain).count
  bytes.withUnsafeMutableBytes {
    let start = $0.baseAddress!
    var job = CryptoJob(
      header: start, iv: start + 8, text: start + 16, textCount: count, icv: start + 16 + count, sequence: 1,
      ivIsGiven: true)
    withUnsafeMutablePointer(to: &job) { transform.seal(UnsafeMutableBufferPointer(start: $0, count: 1)) }
    #expect(job.result == .succeeded)
  }
  #expect(Array(bytes[16...]) == hex(vector.cipher) + hex(vector.icv))
}
