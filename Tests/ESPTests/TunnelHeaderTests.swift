import Testing

@testable import ESP

/// Inner and outer header after one trip through a tunnel.
private func trip(
  _ packet: [UInt8], outer version: IPVersion = .v4, marking ecn: ECN? = nil,
  _ adjust: (inout Parameters) -> Void = { _ in }
) throws -> (outer: IPHeader, inner: IPHeader, bytes: [UInt8], events: Events) {
  var parameters = Parameters.gcm
  if version == .v6 { parameters.mode = .tunnel(source: Packets.gateway6.0, destination: Packets.gateway6.1) }
  adjust(&parameters)
  let sent = try OutboundAssociation(parameters).encapsulate(packet).bytes
  let sealed = ecn.map { marked($0, sent) } ?? sent
  let outer = try IPHeader(reading: sealed.span.bytes, 0..<sealed.count)
  let opened = try InboundAssociation(parameters).decapsulate(sealed)
  let inner = try IPHeader(reading: opened.bytes.span.bytes, 0..<opened.bytes.count)
  if inner.version == .v4 { #expect(Packets.checksum(Array(opened.bytes.prefix(20))) == 0) }
  return (outer, inner, opened.bytes, opened.outcome.events)
}

/// Sets the ECN field of a packet's IP header.
private func marked(_ ecn: ECN, _ packet: [UInt8]) -> [UInt8] {
  var packet = packet
  if packet[0] >> 4 == 4 {
    packet[1] = packet[1] & 0xfc | ecn.rawValue
    packet[10] = 0
    packet[11] = 0
    let sum = Packets.checksum(Array(packet.prefix(20)))
    (packet[10], packet[11]) = (UInt8(sum >> 8), UInt8(sum & 0xff))
  } else {
    packet[1] = packet[1] & 0xcf | ecn.rawValue << 4
  }
  return packet
}

/// RFC 6040 figure 4, row by row: what comes out (nil for a drop) and whether it is to be reported.
private let ecnMatrix: [(inner: ECN, outer: ECN, result: ECN?, isReported: Bool)] = [
  (.notECT, .notECT, .notECT, false), (.notECT, .ect0, .notECT, true), (.notECT, .ect1, .notECT, true),
  (.notECT, .ce, nil, true),
  (.ect0, .notECT, .ect0, false), (.ect0, .ect0, .ect0, false), (.ect0, .ect1, .ect1, false), (.ect0, .ce, .ce, false),
  (.ect1, .notECT, .ect1, false), (.ect1, .ect0, .ect1, true), (.ect1, .ect1, .ect1, false), (.ect1, .ce, .ce, false),
  (.ce, .notECT, .ce, false), (.ce, .ect0, .ce, false), (.ce, .ect1, .ce, true), (.ce, .ce, .ce, false),
]

@Test(arguments: IPVersion.allCases, IPVersion.allCases)
func `decapsulation combines ECN fields as RFC 6040 says`(outer: IPVersion, inner: IPVersion) throws {
  for row in ecnMatrix {
    let packet = Packets.ip(inner, trafficClass: 0xb8 | row.inner.rawValue)
    let travel = { try trip(packet, outer: outer, marking: row.outer) }
    guard let result = row.result else {
      #expect(throws: Refusal.illegalECN) { try travel() }
      continue
    }
    let (_, header, _, events) = try travel()
    #expect(header.trafficClass == 0xb8 | result.rawValue, "\(row)")
    #expect(events.contains(.suspiciousECN) == row.isReported, "\(row)")
  }
}

/// AF41 inside becomes EF outside, as a router under way may write; CE from outside comes in with it.
@Test(arguments: IPVersion.allCases, IPVersion.allCases)
func `the outer DSCP comes back in where that is wanted`(outer: IPVersion, inner: IPVersion) throws {
  for (isReturned, result) in [(false, UInt8(0x8b)), (true, 0xbb)] {
    let (_, header, _, _) = try trip(Packets.ip(inner, trafficClass: 0x8a), outer: outer, marking: .ce) {
      $0.dscp = .set(46)
      $0.returnsDSCP = isReturned
    }
    #expect(header.trafficClass == result)
  }
}

@Test(arguments: ECN.allCases)
func `encapsulation copies ECN in normal mode and clears it otherwise`(ecn: ECN) throws {
  let packet = Packets.ip(trafficClass: ecn.rawValue)
  #expect(try trip(packet).outer.trafficClass == ecn.rawValue)
  #expect(try trip(packet) { $0.ecn = .compatibility }.outer.trafficClass == 0)
  let off = try trip(packet, marking: .ce) { $0.ecn = .off }
  #expect(off.inner.trafficClass == ecn.rawValue)
}

@Test(arguments: IPVersion.allCases)
func `DSCP is copied, cleared or set outside and untouched inside`(version: IPVersion) throws {
  let packet = Packets.ip(trafficClass: 0xb8)
  for (policy, expected) in [(.copy, 46), (.clear, 0), (.set(10), 10)] as [(Parameters.FieldPolicy<UInt8>, UInt8)] {
    let (outer, inner, _, _) = try trip(packet, outer: version) { $0.dscp = policy }
    #expect(outer.trafficClass >> 2 == expected)
    #expect(inner.trafficClass >> 2 == 46)
  }
}

@Test func `the don't-fragment bit is copied, cleared or set outside`() throws {
  for inner in [false, true] {
    let packet = Packets.ip(dontFragment: inner)
    #expect(try trip(packet).outer.dontFragment == inner)
    #expect(try trip(packet) { $0.dontFragment = .clear }.outer.dontFragment == false)
    #expect(try trip(packet) { $0.dontFragment = .set(true) }.outer.dontFragment == true)
  }
}

@Test func `flow label, hop limit and identification of the outer header follow the parameters`() throws {
  let packet = Packets.ip(.v6, flowLabel: 0xabcde)
  #expect(try trip(packet, outer: .v6).outer.flowLabel == 0)
  #expect(try trip(packet, outer: .v6) { $0.flowLabel = .copy }.outer.flowLabel == 0xabcde)
  #expect(try trip(packet, outer: .v6) { $0.flowLabel = .set(0x12345) }.outer.flowLabel == 0x12345)
  #expect(try trip(packet, outer: .v6) { $0.hopLimit = 17 }.outer.hopLimit == 17)
  let outbound = try OutboundAssociation(.gcm)
  let identifications = try (0..<3).map { _ in Array(try outbound.encapsulate(packet).bytes[4..<6]) }
  #expect(Set(identifications).count == 3)
}

@Test(arguments: IPVersion.allCases)
func `the inner hop limit is lowered once by each forwarding end, and refused at 1`(version: IPVersion) throws {
  let packet = Packets.ip(version, hopLimit: 64)
  #expect(try trip(packet).inner.hopLimit == 64)
  #expect(try trip(packet) { $0.decrementsHopLimit = true }.inner.hopLimit == 62)
  #expect(throws: Refusal.hopLimitExceeded) {
    try trip(Packets.ip(version, hopLimit: 1)) { $0.decrementsHopLimit = true }
  }
}

@Test func `a packet too big for the path is refused with the size that passes, if it must stay whole`() throws {
  for suite in [Suite.combined[0], Suite.separate(.aesCBC, .hmacSHA1_96), Suite.separate(.null, .hmacSHA256_128)] {
    var parameters = Parameters.test(suite)
    parameters.mtu = 500
    let outbound = try OutboundAssociation(parameters)
    let big = Packets.ip(payload: Packets.udp(Array(repeating: 0, count: 460)), dontFragment: true)
    var mtu = 0
    do throws(Refusal) {
      _ = try outbound.encapsulate(big)
    } catch {
      guard case .packetTooBig(let passes) = error else { throw error }
      mtu = passes
    }
    let fitting = Packets.ip(payload: Packets.udp(Array(repeating: 0, count: mtu - 28)), dontFragment: true)
    #expect(try outbound.encapsulate(fitting).bytes.count <= 500)
    let larger = Packets.ip(payload: Packets.udp(Array(repeating: 0, count: mtu - 27)), dontFragment: true)
    #expect(throws: Refusal.packetTooBig(mtu: mtu)) { try outbound.encapsulate(larger) }
    #expect(
      try outbound.encapsulate(Packets.ip(payload: Packets.udp(Array(repeating: 0, count: 460)))).bytes.count > 500)
  }
}

@Test func `a fragment is a tunnel's payload and refused in transport mode`() throws {
  let fragment = Packets.ip(fragment: 0x2000)
  #expect(try trip(fragment).bytes == fragment)
  let transport = try OutboundAssociation(.test(Suite.combined[0], tunnel: nil))
  #expect(throws: Refusal.fragment) { try transport.encapsulate(fragment) }
  var sealed = try OutboundAssociation(.gcm).encapsulate(Packets.ip()).bytes
  sealed[6] = 0x20
  #expect(throws: Refusal.fragment) { try InboundAssociation(.gcm).decapsulate(sealed) }
}

@Test func `associations between the same gateways count their identifications from places far apart`() throws {
  let first = try (0..<64).map { index in
    var parameters = Parameters.gcm
    parameters.spi = 0x1000 + UInt32(index)
    return Int(try OutboundAssociation(parameters).firstIdentification)
  }.sorted()
  #expect(zip(first, first.dropFirst()).allSatisfy { $1 - $0 > 256 })
}
