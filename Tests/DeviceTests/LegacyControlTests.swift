import Device
import ESP
import Spec
import Testbench
import Testing
import Wire

@Suite struct LegacyControlTests {
  private let grammar = Grammar(Spec.v1_0)

  private func send(_ name: String, _ parts: Parts, room: Int, to bench: Testbench) throws -> Parts {
    let request = grammar.request(name, of: "control", parts)
    return try grammar.answer(name, of: "control", try bench.control(request, room: room), to: request)
  }

  private func makeBench() throws -> Testbench {
    try Testbench(version: .v1_0) { $0.quirks = [.zeroHandleIsNoGroup] }
  }

  private func bytes(_ handle: Handle) -> [8 of UInt8] {
    .init { UInt8(truncatingIfNeeded: handle.rawValue >> UInt64(8 * $0)) }
  }

  @Test func `capabilities are 32-bit words, legacy algorithms among them`() throws {
    let answer = try send("get_capabilities", Parts(), room: 10, to: try makeBench())
    #expect(answer[\Legacy.ControlResult.result].known == .ok)
    #expect(answer[\Legacy.Capabilities.cipherAlgorithms] == 0x1fff)
    #expect(answer[\Legacy.Capabilities.hmacAlgorithms] == 0xff)
  }

  @Test func `random bytes fill the room in front of the result`() throws {
    let bench = try Testbench(version: .v1_0) { $0.random = { [UInt8](repeating: 0x5a, count: $0) } }
    let answer = try send("get_rand_num", Parts(), room: 34, to: bench)
    #expect(answer.bytes("random") == [UInt8](repeating: 0x5a, count: 32))
    #expect(try send("get_rand_num", Parts(), room: 2, to: bench).bytes("random") == [])
  }

  @Test func `the guest says its byte order, and what follows is read in it`() throws {
    let bench = try makeBench()
    var parts = Parts()
    parts[\Legacy.SetGuestEndian.endian] = Code(.big)
    #expect(try send("set_guest_endian", parts, room: 2, to: bench)[\Legacy.ControlResult.result].known == .ok)
    // The testbench's driver goes on little-endian: a count of 1 is 1 << 24 to the device.
    #expect(throws: TestbenchError.self) { try bench.addSA(Samples.gcmTunnel) }
  }

  @Test func `a second byte order that says otherwise is refused`() throws {
    let bench = try makeBench()
    for (order, isAccepted) in [(Legacy.Endian.little, true), (.little, true), (.big, false), (.little, true)] {
      var parts = Parts()
      parts[\Legacy.SetGuestEndian.endian] = Code(order)
      let answer = try send("set_guest_endian", parts, room: 2, to: bench)
      #expect((answer[\Legacy.ControlResult.result].known == .ok) == isAccepted)
    }
  }

  @Test func `a gateway's address and port change, and a port needs UDP encapsulation`() throws {
    let bench = try makeBench()
    var description = Samples.gcmTunnel
    for hasUDP in [true, false] {
      description.parameters.udpEncapsulation = hasUDP ? .init(sourcePort: 4500, destinationPort: 4500) : nil
      let sa = try bench.addSA(description)
      var update = Parts()
      update[\V1_0.UpdateSA.saHandle] = bytes(sa.handle)
      update[\V1_0.UpdateSA.change] = Code(.peerGateway)
      update[\Legacy.UpdateIPv4.addr] = 0xc633_6402
      update[\Legacy.UpdateIPv4.port] = 0x5678
      let answer = try send("update_out_sa", update, room: 2, to: bench)
      #expect((answer[\Legacy.ControlResult.result].known == .ok) == hasUDP)
      guard hasUDP else { continue }
      let sealed = try bench.encap(Samples.packet(), on: sa)
      #expect(Array(sealed[16..<24]) == [198, 51, 100, 2, 0x11, 0x94, 0x56, 0x78])
    }
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0], [false, true])
  func `a gateway changes, but an IPv6 one where a message has one word for its address`(
    _ version: SpecVersion, isIPv6: Bool
  ) throws {
    let bench = try Testbench(version: version) { $0.quirks = [.zeroHandleIsNoGroup] }
    var description = Samples.gcmTunnel
    if isIPv6 { description.parameters.mode = .tunnel(source: .v6(1, 2), destination: .v6(3, 4)) }
    let sa = try bench.addSA(description)
    let before = try bench.encap(Samples.packet(), on: sa)
    var update = Parts()
    if version == .v0_4 {
      update[\V0_4.UpdateSA.saHandle] = .init {
        $0 < 2 ? UInt32(truncatingIfNeeded: sa.handle.rawValue >> UInt64(32 * $0)) : 0
      }
      update[\V0_4.UpdateSA.change] = Code(.peerGateway)
      if isIPv6 { update[\V0_4.UpdateIPv6.addr] = 0x2001_0db8 }
    } else {
      update[\V1_0.UpdateSA.saHandle] = bytes(sa.handle)
      update[\V1_0.UpdateSA.change] = Code(.peerGateway)
      if isIPv6 { update[\V1_0.UpdateIPv6.addr] = [0x2001_0db8, 0, 0, 9] }
    }
    if !isIPv6 { update[\Legacy.UpdateIPv4.addr] = 0xc633_6402 }
    let grammar = Grammar(version == .v0_4 ? Spec.v0_4 : Spec.v1_0)
    let request = grammar.request("update_out_sa", of: "control", update, context: isIPv6 ? 1 : 0)
    let answer = try bench.control(request, room: Legacy.ControlResult.byteCount)
    let isRefused = version == .v0_4 && isIPv6
    #expect((try Reader<Legacy.ControlResult>(answer.span.bytes).result.known == .ok) == !isRefused)
    let place = isIPv6 ? 24..<40 : 16..<20
    let changed = isIPv6 ? [0x20, 1, 0xd, 0xb8] + [UInt8](repeating: 0, count: 11) + [9] : [198, 51, 100, 2]
    let sealed = try bench.encap(Samples.packet(), on: sa)
    #expect(Array(sealed[place]) == (isRefused ? Array(before[place]) : changed))
  }

  @Test func `kilobytes of the soft lifetime are those of the packets' bytes`() throws {
    let bench = try makeBench()
    var description = Samples.gcmTunnel
    description.parameters.lifetime.softBytes = 3 << 10
    description.notifications.events = [.softLifetime]
    let sa = try bench.addSA(description)
    for _ in 0..<5 { _ = try bench.encap(Samples.packet(1000), on: sa) }
    // 1028 bytes a packet: the third reaches 3 KiB with 3084 bytes.
    #expect(bench.notifications.map(\.value) == [3])
  }

  @Test func `a sequence number is updated, and read back`() throws {
    let bench = try makeBench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    var update = Parts()
    update[\V1_0.UpdateSA.saHandle] = bytes(sa.handle)
    update[\V1_0.UpdateSA.change] = Code(.sequenceNumber)
    update[\Legacy.UpdateSequence.low] = 700
    #expect(try send("update_out_sa", update, room: 2, to: bench)[\Legacy.ControlResult.result].known == .ok)
    #expect(Array(try bench.encap(Samples.packet(), on: sa)[24..<28]) == [0, 0, 0x02, 0xbd])
    var read = Parts()
    read[\V1_0.ReadSA.saHandle] = bytes(sa.handle)
    let answer = try send("read_out_sa", read, room: 600, to: bench)
    #expect(answer[\Legacy.ControlResult.result].known == .ok)
    #expect(answer[\Legacy.OutSAInfo.lowSequence] == 701)
    #expect(answer[\Legacy.SAParameters.spi] == 0x1001)
    #expect(answer[\V1_0.CipherKey.length] == 0)
  }

  @Test func `the first SAs are read, and the next ones by the opaque handle`() throws {
    let bench = try makeBench()
    let sas = try (0..<5).map { _ in try bench.addSA(Samples.gcmTunnel) }
    var seen: [[UInt8]] = []
    var parts = Parts()
    parts[\V1_0.ReadSAs.numSas] = 2
    for name in ["read_first_n_out_sas", "read_next_n_out_sas", "read_next_n_out_sas"] {
      let answer = try send(name, parts, room: 1200, to: bench)
      for entry in answer.repetitions("entry") {
        let handle = entry[\V1_0.SAHandle.saHandle]
        seen.append(handle.indices.map { handle[$0] })
      }
      parts[\V1_0.ReadSAs.opaqueHandle] = answer[\V1_0.ReadSAs.opaqueHandle]
    }
    #expect(seen == sas.map { sa in (0..<8).map { bytes(sa.handle)[$0] } })
  }
}
