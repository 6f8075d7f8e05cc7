import Testing

@testable import ESP

/// One way of configuring an association.
struct Configuration: Sendable, CustomTestStringConvertible {
  let suite: Suite
  let proto: SecurityProtocol
  let tunnel: IPVersion?
  let inner: IPVersion
  let extended: Bool
  let udp: Bool

  var testDescription: String {
    let mode = tunnel.map { "tunnel over \($0)" } ?? "transport"
    return "\(proto.rawValue) \(suite) \(mode), \(inner) inside\(extended ? ", ESN" : "")\(udp ? ", UDP" : "")"
  }

  var parameters: Parameters {
    var parameters = Parameters.test(suite, proto, tunnel: tunnel)
    parameters.extendedSequence = extended
    if udp { parameters.udpEncapsulation = .init() }
    return parameters
  }

  static func all(_ suites: [Suite], _ proto: SecurityProtocol) -> [Configuration] {
    var all: [Configuration] = []
    for suite in suites {
      for tunnel in [IPVersion.v4, .v6, nil] {
        for inner in IPVersion.allCases {
          for extended in [false, true] {
            for udp in proto == .ah ? [false] : [false, true] {
              all.append(
                Configuration(suite: suite, proto: proto, tunnel: tunnel, inner: inner, extended: extended, udp: udp))
            }
          }
        }
      }
    }
    return all
  }

  /// Every protocol, algorithm, mode, version, with and without ESN and UDP encapsulation.
  static let everything = all(Suite.esp, .esp) + all(Suite.esp, .wesp) + all(Suite.ah, .ah)
}

@Test func `what was protected comes back as it was, in every configuration`() throws {
  for (index, configuration) in Configuration.everything.enumerated() {
    var random = SeededGenerator(seed: UInt64(index))
    let start = AssociationState(sequence: configuration.extended ? 0xffff_fffe : 7)
    let outbound = try OutboundAssociation(configuration.parameters, state: start)
    let inbound = try InboundAssociation(configuration.parameters, state: start)
    for count in [0, 1, 2, 3, Int.random(in: 4...2000, using: &random)] {
      let packet = Packets.ip(configuration.inner, payload: Packets.udp(random.bytes(count)))
      let sealed = try outbound.encapsulate(packet)
      #expect(sealed.bytes.count == sealed.outcome.packet.count)
      let opened = try inbound.decapsulate(sealed.bytes)
      #expect(opened.bytes == packet, "\(configuration.testDescription), \(count) bytes, seed \(index)")
      #expect(opened.outcome.sequence == sealed.outcome.sequence)
    }
    #expect(outbound.statistics.packets == 5)
    #expect(inbound.statistics.packets == 5)
    #expect(inbound.statistics.bytes == outbound.statistics.bytes)
  }
}

@Test func `outer headers are well-formed in every configuration`() throws {
  for configuration in Configuration.everything {
    let outbound = try OutboundAssociation(configuration.parameters)
    let bytes = try outbound.encapsulate(Packets.ip(configuration.inner)).bytes
    let header = try IPHeader(reading: bytes.span.bytes, 0..<bytes.count)
    #expect(header.totalLength == bytes.count, "\(configuration.testDescription)")
    if header.version == .v4 {
      #expect(Packets.checksum(Array(bytes.prefix(header.length))) == 0, "\(configuration.testDescription)")
    }
    guard configuration.udp else { continue }
    let datagram = Array(bytes.dropFirst(header.length))
    #expect(Int(datagram[4]) << 8 | Int(datagram[5]) == datagram.count)
    let checksum = Int(datagram[6]) << 8 | Int(datagram[7])
    if header.version == .v4 {
      #expect(checksum == 0)
    } else {
      let pseudo = Array(bytes[8..<40]) + Packets.big(UInt32(datagram.count)) + [0, 0, 0, 17]
      #expect(Packets.checksum(pseudo + datagram) == 0, "\(configuration.testDescription)")
    }
  }
}

/// Byte offsets within a packet that its ICV does not cover, because routers or translators may change them.
private func unprotected(_ configuration: Configuration, _ packet: [UInt8]) -> Set<Int> {
  let isIPv4 = packet[0] >> 4 == 4
  if configuration.proto == .ah { return isIPv4 ? [1, 6, 7, 8, 10, 11] : [0, 1, 2, 3, 7] }
  let header = isIPv4 ? 20 : 40
  return Set(0..<header + (configuration.udp ? 8 : 0))
}

@Test func `any flipped bit that is protected is refused and leaves no trace`() throws {
  let suites = (Suite.esp + Suite.ah).filter(\.isAuthenticated)
  // Every suite once, and with some also every mode, version and encapsulation.
  let thorough: Set = ["aes-gcm-16/128", "null/0+hmac-sha256-128"]
  var tried = Set<String>()
  for configuration in Configuration.everything
  where suites.contains(where: { $0.description == configuration.suite.description }) {
    let key =
      thorough.contains(configuration.suite.description)
      ? configuration.testDescription : "\(configuration.proto) \(configuration.suite) \(configuration.extended)"
    guard tried.insert(key).inserted else { continue }
    let outbound = try OutboundAssociation(configuration.parameters)
    let inbound = try InboundAssociation(configuration.parameters)
    let sealed = try outbound.encapsulate(Packets.ip(configuration.inner)).bytes
    var open = unprotected(configuration, sealed)
    // The lower half of WESP's flags is reserved, its padding means nothing: both are ignored.
    let isIPv6 = sealed[0] >> 4 == 6
    let wespFlags = (isIPv6 ? 40 : 20) + (configuration.udp ? 12 : 0) + 3
    if configuration.proto == .wesp, isIPv6, !configuration.udp { open.formUnion(wespFlags + 1...wespFlags + 4) }
    let before = inbound.state
    for offset in sealed.indices where !open.contains(offset) {
      for bit in 0..<8 where configuration.proto != .wesp || offset != wespFlags || bit > 3 {
        var broken = sealed
        broken[offset] ^= 1 << UInt8(bit)
        // Not an expectation per bit: there are half a million of them.
        if (try? inbound.decapsulate(broken)) != nil {
          Issue.record("\(configuration.testDescription): bit \(bit) of byte \(offset) may be flipped")
        }
      }
    }
    let after = inbound.state
    #expect(after.window == before.window && after.sequence == before.sequence && after.usage == before.usage)
    #expect(after.statistics.packets == 0)
    #expect(try inbound.decapsulate(sealed).bytes == Packets.ip(configuration.inner))
  }
}

@Test func `a packet cut short anywhere is refused`() throws {
  for configuration in Configuration.everything where configuration.inner == .v4 && !configuration.extended {
    let sealed = try OutboundAssociation(configuration.parameters).encapsulate(Packets.ip()).bytes
    let inbound = try InboundAssociation(configuration.parameters)
    for count in 0..<sealed.count {
      #expect(throws: Refusal.self) { try inbound.decapsulate(Array(sealed.prefix(count))) }
    }
  }
}
