import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct DataTests {
  @Test(arguments: [0, 1, 63, 1420, 9000, 60_000]) func `packets of any size come back as they went in`(count: Int)
    throws
  {
    let bench = try Testbench()
    let outbound = try bench.addSA(Samples.gcmTunnel)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let packet = Samples.packet(count)
    #expect(try bench.decap(try bench.encap(packet, on: outbound), on: inbound) == packet)
  }

  @Test func `several packets of a chain are numbered in order and end each by itself`() throws {
    let bench = try Testbench()
    let outbound = try bench.addSA(Samples.gcmTunnel)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    var sealed = try bench.process((0..<5).map { Samples.packet(100, seed: $0) }, on: outbound).map { try $0.get() }
    sealed[2][60] ^= 1
    sealed.append(sealed[0])
    let opened = try bench.process(sealed, on: inbound)
    #expect(try opened[0].get() == Samples.packet(100, seed: 0))
    #expect(throws: TestbenchError.status(.badICV)) { try opened[2].get() }
    #expect(try opened[4].get() == Samples.packet(100, seed: 4))
    #expect(throws: TestbenchError.status(.replayed)) { try opened[5].get() }
  }

  @Test(arguments: [Direction.outbound, .inbound])
  func `what a packet of a bundle needs is said in the order in which its SAs work`(direction: Direction) throws {
    let bench = try Testbench()
    var ah = Samples.gcmTunnel
    ah.parameters.protocol = .ah
    ah.cipher = nil
    ah.authentication = .init(.sha256, key: Key([UInt8](1...32)))
    let bundle = try bench.addSA(Samples.gcmTunnel, ah, direction: direction)
    var needs: Needs?
    bench.accelerator.onNotify = { queue, device in
      let ticket = bench.accelerator.makeTicket(for: queue, of: device)!
      #expect(bench.accelerator.take(ticket))
      needs = ticket.needs
    }
    #expect(throws: TestbenchError.unanswered) { try bench.process([Samples.packet()], on: bundle) }
    let inner = (cipher: CipherAlgorithm.aesGCM16, integrity: HMACAlgorithm.null)
    let outer = (cipher: CipherAlgorithm.noCipher, integrity: HMACAlgorithm.sha256)
    #expect(needs?.algorithms == AlgorithmSequence(direction == .outbound ? [inner, outer] : [outer, inner]))
  }

  @Test func `a bundle applies its SAs inside out, and a peer's two associations undo it`() throws {
    let bench = try Testbench()
    var ah = Parameters(spi: 0x2002, protocol: .ah, mode: .transport, protection: .separate(.null, .none))
    ah.replayWindow = 0
    var outer = SADescription(ah)
    outer.authentication = .init(.sha256, key: Key([UInt8](1...32)))
    let bundle = try bench.addSA(Samples.gcmTunnel, outer)
    let sealed = try bench.encap(Samples.packet(), on: bundle)
    #expect(sealed[9] == 51)
    ah.protection = .separate(.null, .hmacSHA256_128, authenticationKey: Key([UInt8](1...32)))
    let inner = try InboundAssociation(ah).open(sealed)
    #expect(inner[9] == 50)
    #expect(try InboundAssociation(Samples.gcmTunnelParameters).open(inner) == Samples.packet())
    let back = try bench.addSA(Samples.gcmTunnel, outer, direction: .inbound)
    #expect(try bench.decap(sealed, on: back) == Samples.packet())
  }

  @Test func `input and output in the same memory need no second buffer`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    let heap = bench.machine.heap
    let packet = Samples.packet(200), room = 400
    let request = ModernRequest.bytes(packet, on: sa, room: room, flags: 1)
    let header = request.prefix(V2_0.DataRequest.byteCount)
    let memory = heap.memory
    let base: UInt64 = 1 << 20
    try memory.write(Array(header), at: base)
    try memory.write(packet, at: base + 4096)
    let buffers = [
      Buffer(address: base, byteCount: UInt32(header.count)),
      Buffer(address: base + 4096, byteCount: UInt32(packet.count)),
      Buffer(address: base + 1024, byteCount: UInt32(V2_0.Completion.byteCount)),
      Buffer(address: base + 4096, byteCount: UInt32(room)),
    ]
    let queue = bench.machine.queues[2]
    try queue.add(buffers.span, readableCount: 2, token: 9)
    queue.kick()
    let completion = try #require(try queue.reap())
    let sealed = try memory.bytes(
      address: base + 4096, byteCount: Int(completion.byteCount) - V2_0.Completion.byteCount)
    #expect(try InboundAssociation(Samples.gcmTunnelParameters).open(sealed) == packet)
  }

  @Test func `how a packet is spread over descriptors means nothing, with or without SG_BUFFERS`() throws {
    let packet = Samples.packet(300), room = 500
    for hasFeature in [true, false] {
      let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder])
      let bench = try Testbench(features: hasFeature ? all : all.subtracting(FeatureSet(.sgBuffers)))
      let sa = try bench.addSA(Samples.gcmTunnel)
      let bytes = ModernRequest.bytes(packet, on: sa, room: room)
      let pieces = [Array(bytes[..<32]), Array(bytes[32..<100]), Array(bytes[100...])]
      let answer = try bench.machine.exchange(pieces, room: [7, 100, room + 16 - 107], on: 2)
      let status = try Reader<V2_0.Completion>(answer.span.bytes).status.known
      #expect(status == .ok)
    }
  }

  @Test func `output that does not fit takes no sequence number and is counted`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    for room in [0, 63, 100, 130] {
      let bytes = ModernRequest.bytes(Samples.packet(64), on: sa, room: room)
      let answer = try bench.machine.exchange(bytes, room: room + 16, on: 2)
      #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known == .noTailRoom)
    }
    let record = try #require(try bench.command("read_out_sa", Parts(naming: sa)).repetitions("record").first)
    #expect(record[\V2_0.SARecord.sequence] == 0)
    #expect(try #require(record.attribute(V2_0.AttributeType.statistics))[\V2_0.Statistics.noTailRoom] == 4)
  }

  @Test func `each refusal is counted under its name`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let peer = try OutboundAssociation(Samples.gcmTunnelParameters)
    let good = try peer.seal(Samples.packet())
    _ = try bench.decap(good, on: sa)
    #expect(throws: TestbenchError.status(.replayed)) { try bench.decap(good, on: sa) }
    var bad = try peer.seal(Samples.packet())
    bad[50] ^= 1
    #expect(throws: TestbenchError.status(.badICV)) { try bench.decap(bad, on: sa) }
    #expect(throws: TestbenchError.status(.tooShort)) { try bench.decap(Array(good.prefix(30)), on: sa) }
    try peer.advance(to: 500)
    _ = try bench.decap(try peer.seal(Samples.packet()), on: sa)
    let late = try OutboundAssociation(Samples.gcmTunnelParameters, state: .init(sequence: 9)).seal(Samples.packet())
    #expect(throws: TestbenchError.status(.late)) { try bench.decap(late, on: sa) }
    let record = try #require(try bench.command("read_in_sa", Parts(naming: sa)).repetitions("record").first)
    let statistics = try #require(record.attribute(V2_0.AttributeType.statistics))
    #expect(statistics[\V2_0.Statistics.packets] == 2)
    #expect(statistics[\V2_0.Statistics.replayed] == 1)
    #expect(statistics[\V2_0.Statistics.invalidIcv] == 1)
    #expect(statistics[\V2_0.Statistics.replayLate] == 1)
    #expect(statistics[\V2_0.Statistics.invalidPacket] == 1)
  }

  @Test func `an operation on the wrong queue and an SA of the wrong direction are refused`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    let request = ModernRequest.bytes(Samples.packet(), on: sa, room: 300)
    let answer = try bench.machine.exchange(request, room: 316, on: 1)
    #expect(try Reader<V2_0.Completion>(answer.span.bytes).status.known == .invalidValue)
    let inbound = TestSA(handle: sa.handle, direction: .inbound, group: nil)
    #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.decap(Samples.packet(), on: inbound) }
  }

  @Test func `a dummy packet is made, and told from others when it comes in`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let request = ModernRequest.bytes([UInt8](repeating: 0, count: 80), on: sa, room: 300, flags: 2)
    let answer = try bench.machine.exchange(request, room: 316, on: 2)
    let completion = try Reader<V2_0.Completion>(answer.span.bytes)
    #expect(completion.status.known == .ok)
    let dummy = Array(answer[16..<16 + Int(completion.outputLength)])
    #expect(throws: TestbenchError.status(.dummy)) { try bench.decap(dummy, on: inbound) }
  }

  @Test(arguments: [[], [FeatureSet.ringPacked], [FeatureSet.inOrder], [FeatureSet.ringPacked, FeatureSet.inOrder]])
  func `ring formats make no difference to packets`(rings: [FeatureSet]) throws {
    let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder])
    let bench = try Testbench(features: rings.reduce(all) { $0.union($1) })
    let sa = try bench.addSA(Samples.gcmTunnel)
    let peer = try OutboundAssociation(Samples.gcmTunnelParameters)
    for _ in 0..<200 { #expect(try bench.encap(Samples.packet(), on: sa) == (try peer.seal(Samples.packet()))) }
  }

  @Test func `many devices live in one process and share nothing`() throws {
    let benches = try (0..<8).map { _ in try Testbench(memory: 1 << 20) }
    let sas = try benches.map { try $0.addSA(Samples.gcmTunnel) }
    let first = try zip(benches, sas).map { try $0.encap(Samples.packet(), on: $1) }
    #expect(Set(first).count == 1)
    try benches[0].deleteSA(sas[0])
    #expect(try benches[1].encap(Samples.packet(), on: sas[1]).count > 0)
  }
}
