import Testing

@testable import ESP

@Test func `the packet that reaches the soft limit is reported once, and the one behind the hard limit refused`() throws
{
  let size = UInt64(Packets.ip().count)
  for lifetime in [
    Lifetime(softPackets: 2, hardPackets: 3),
    Lifetime(softBytes: 2 * size, hardBytes: 3 * size),
    Lifetime(softBytes: size + 1, hardBytes: 2 * size + 1),
  ] {
    var parameters = Parameters.gcm
    parameters.lifetime = lifetime
    let outbound = try OutboundAssociation(parameters)
    let inbound = try InboundAssociation(parameters)
    let unlimited = try OutboundAssociation(.gcm)
    for number in 1...3 {
      let sealed = try outbound.encapsulate(Packets.ip())
      #expect(sealed.outcome.events == (number == 2 ? .softLifetime : []))
      #expect(try inbound.decapsulate(sealed.bytes).outcome.events == (number == 2 ? .softLifetime : []))
      _ = try unlimited.encapsulate(Packets.ip())
    }
    #expect(throws: Refusal.hardLifetime) { try outbound.encapsulate(Packets.ip()) }
    let fourth = try unlimited.encapsulate(Packets.ip()).bytes
    #expect(throws: Refusal.hardLifetime) { try inbound.decapsulate(fourth) }
    #expect(outbound.statistics.lifetimeExpired == 1 && inbound.statistics.lifetimeExpired == 1)
  }
}
