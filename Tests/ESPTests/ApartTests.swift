import Testing

@testable import ESP

/// Results written into memory that is not the caller's alone.
private let aeads = Suite.combined.filter { !$0.description.hasPrefix("aes-gmac") }

/// Seals `packet` apart, by itself or as a burst: the result and what is left in `room` bytes of output.
private func sealApart(
  _ packet: [UInt8], _ association: OutboundAssociation, room: Int, asBurst: Bool
) -> (result: Result<Outcome, Refusal>, output: [UInt8]) {
  var buffer = [UInt8](repeating: 0, count: association.headRoom) + packet
  buffer += [UInt8](repeating: 0, count: association.parameters.tfcLength + association.tailRoom)
  var output = [UInt8](repeating: 0xaa, count: room)
  let result: Result<Outcome, Refusal> = output.withUnsafeMutableBytes { output in
    var elements = buffer.mutableSpan
    var span = elements.mutableBytes
    let start = association.headRoom
    if asBurst {
      let packet = start..<start + packet.count
      return span.withUnsafeMutableBytes { buffer in
        var burst = [BurstPacket(buffer: buffer, packet: packet, output: output)]
        var packets = burst.mutableSpan
        association.encapsulate(&packets)
        return burst[0].verdict ?? .failure(.cryptographyFailed)
      }
    }
    do throws(Refusal) {
      return .success(try association.encapsulate(&span, packet: start..<start + packet.count, into: output))
    } catch {
      return .failure(error)
    }
  }
  return (result, output)
}

@Test(arguments: aeads, [SecurityProtocol.esp, .wesp])
func `what is written apart is what is written in place`(
  suite: Suite, protocol: SecurityProtocol
) throws {
  for asBurst in [false, true] {
    try compareApart(suite, `protocol`, asBurst: asBurst)
  }
}

private func compareApart(_ suite: Suite, _ protocol: SecurityProtocol, asBurst: Bool) throws {
  for (tunnel, isUDP) in [(IPVersion.v4, false), (.v4, true), (.v6, false)] {
    var parameters = Parameters.test(suite, `protocol`, tunnel: tunnel)
    if isUDP { parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4500) }
    let (inPlace, apart) = (try OutboundAssociation(parameters), try OutboundAssociation(parameters))
    #expect(apart.worksApart)
    for count in [100, 101, 400, 1400] {
      let packet = Packets.ip(payload: Packets.udp((0..<count).map { UInt8(truncatingIfNeeded: $0) }))
      let expected = try inPlace.encapsulate(packet)
      let (result, output) = sealApart(packet, apart, room: expected.bytes.count + 1, asBurst: asBurst)
      let outcome = try result.get()
      #expect(outcome == expected.outcome)
      #expect(Array(output.dropLast()) == expected.bytes && output.last == 0xaa)
    }
    #expect(apart.statistics == inPlace.statistics)
  }
}

@Test(arguments: aeads, [false, true])
func `a result for which the room apart is too short is refused before anything happens`(
  suite: Suite, asBurst: Bool
) throws {
  let association = try OutboundAssociation(.test(suite))
  let packet = Packets.ip(payload: Packets.udp([UInt8](repeating: 7, count: 300)))
  let length = try OutboundAssociation(.test(suite)).encapsulate(packet).bytes.count
  let (result, output) = sealApart(packet, association, room: length - 1, asBurst: asBurst)
  guard case .failure(.noTailRoom) = result else { return #expect(Bool(false), "\(result)") }
  #expect(output.allSatisfy { $0 == 0xaa })
  #expect(association.state.sequence == 0 && association.statistics.noTailRoom == 1)
}

@Test(arguments: Suite.esp + Suite.ah) func `what cannot work apart says so`(suite: Suite) throws {
  let isAEAD = aeads.contains { $0.description == suite.description }
  let (tunnel, transport) = (Parameters.test(suite), Parameters.test(suite, tunnel: nil))
  #expect(try OutboundAssociation(tunnel).worksApart == isAEAD)
  #expect(try !OutboundAssociation(transport).worksApart)
  var checked = Parameters.test(suite, tunnel: .v6)
  checked.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4500)
  #expect(try !OutboundAssociation(checked).worksApart)
}
