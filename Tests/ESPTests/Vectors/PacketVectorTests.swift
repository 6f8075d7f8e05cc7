import Testing

@testable import ESP

extension PacketVector: CustomTestStringConvertible {
  var testDescription: String { source }
}

@Test(arguments: PacketVector.all)
func `published packets open to the published inner packets`(vector: PacketVector) throws {
  let inbound = try InboundAssociation(vector.parameters)
  let (bytes, outcome) = try inbound.decapsulate(hex(vector.wire))
  #expect(bytes == hex(vector.plain))
  #expect(outcome.sequence == vector.sequence)
}

@Test(arguments: PacketVector.all)
func `published inner packets become the published packets`(vector: PacketVector) throws {
  let outbound = try OutboundAssociation(vector.parameters, first: vector.sequence, iv: hex(vector.iv))
  let bytes = try outbound.encapsulate(hex(vector.plain)).bytes
  let header = vector.isWholePacket ? 0 : 20
  #expect(bytes.dropFirst(header) == hex(vector.wire).dropFirst(header))
}
