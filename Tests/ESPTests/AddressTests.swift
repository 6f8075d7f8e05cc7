import Testing

@testable import ESP

@Test func `a received packet is matched by destination, protocol and SPI`() throws {
  for configuration in Configuration.everything
  where configuration.suite.description == Suite.esp[0].description || configuration.proto == .ah {
    let sealed = try OutboundAssociation(configuration.parameters).encapsulate(Packets.ip(configuration.inner)).bytes
    let selector = try AssociationSelector(reading: sealed.span.bytes, 0..<sealed.count)
    let destination: IPAddress =
      switch configuration.tunnel {
      case .v4: Packets.gateway4.1
      case .v6: Packets.gateway6.1
      case nil: configuration.inner == .v4 ? Packets.destination4 : Packets.destination6
      }
    #expect(selector == AssociationSelector(destination: destination, protocol: configuration.proto, spi: 0x1000))
  }
  #expect(throws: Refusal.wrongProtocol(17)) {
    try AssociationSelector(reading: Packets.ip().span.bytes, 0..<Packets.ip().count)
  }
}

@Test(arguments: [
  "0.0.0.0", "192.0.2.1", "255.255.255.255", "::", "::1", "2001:db8::1", "2001:db8:0:1::1", "1:2:3:4:5:6:7:8", "fe80::",
])
func `addresses are read and written in their canonical form`(text: String) {
  #expect(IPAddress(text)?.description == text)
}

@Test(arguments: ["", "1.2.3", "1.2.3.256", "1.2.3.4.5", ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "12345::", "g::"])
func `what is no address is not read`(text: String) {
  #expect(IPAddress(text) == nil)
}
