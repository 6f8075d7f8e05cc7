import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct UpdateTests {
  private func update(_ sa: TestSA, _ bench: Testbench, _ fill: (inout Parts) -> Void) throws {
    var parts = Parts(naming: sa)
    fill(&parts)
    _ = try bench.command(sa.direction == .outbound ? "update_out_sa" : "update_in_sa", parts)
  }

  @Test func `a sequence number goes forward, never back`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.replayWindow = 0
    let sa = try bench.addSA(description)
    try update(sa, bench) { $0.setAttribute(V2_0.AttributeType.sequence) { $0[\V2_0.Sequence.last] = 1000 } }
    let sealed = try bench.encap(Samples.packet(), on: sa)
    #expect(Array(sealed[24..<28]) == [0, 0, 0x03, 0xe9])
    #expect(throws: TestbenchError.self) {
      try update(sa, bench) { $0.setAttribute(V2_0.AttributeType.sequence) { $0[\V2_0.Sequence.last] = 1000 } }
    }
  }

  @Test func `new tunnel endpoints are in the next packet, and numbers go on`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    _ = try bench.encap(Samples.packet(), on: sa)
    var parameters = Samples.gcmTunnelParameters
    parameters.ecn = .normal
    try update(sa, bench) {
      V2_0.fillTunnel(&$0, IPAddress("198.51.100.1")!, IPAddress("198.51.100.2")!, parameters)
    }
    let sealed = try bench.encap(Samples.packet(), on: sa)
    #expect(Array(sealed[12..<20]) == [198, 51, 100, 1, 198, 51, 100, 2])
    #expect(Array(sealed[24..<28]) == [0, 0, 0, 2])
  }

  @Test func `new UDP ports are in the next packet, and an SA without UDP encapsulation has none to change`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4500)
    let sa = try bench.addSA(description)
    _ = try bench.encap(Samples.packet(), on: sa)
    func move(_ sa: TestSA) throws {
      try update(sa, bench) {
        $0.setAttribute(V2_0.AttributeType.udpEncapsulation) {
          $0[\V2_0.UDPEncapsulation.sport] = 0x1234
          $0[\V2_0.UDPEncapsulation.dport] = 0x5678
        }
      }
    }
    try move(sa)
    let sealed = try bench.encap(Samples.packet(), on: sa)
    #expect(Array(sealed[20..<24]) == [0x12, 0x34, 0x56, 0x78])
    #expect(Array(sealed[32..<36]) == [0, 0, 0, 2])
    let record = try #require(try bench.command("read_out_sa", Parts(naming: sa)).repetitions("record").first)
    #expect(record.attribute(V2_0.AttributeType.udpEncapsulation)?[\V2_0.UDPEncapsulation.dport] == 0x5678)
    let plain = try bench.addSA(Samples.gcmTunnel)
    #expect(throws: TestbenchError.self) { try move(plain) }
  }

  @Test func `the original address of a peer behind NAT goes with its ports, never alone`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.mode = .transport
    description.parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4500)
    let sa = try bench.addSA(description, direction: .inbound)
    for hasPorts in [true, false] {
      let isDone = (try? update(sa, bench) {
        if hasPorts {
          $0.setAttribute(V2_0.AttributeType.udpEncapsulation) { $0[\V2_0.UDPEncapsulation.sport] = 7 }
        }
        $0.setAttribute(V2_0.AttributeType.originalAddress) {
          $0[\V2_0.OriginalAddress.version] = Code(.v4)
          $0[\V2_0.OriginalAddress.address] = .init { $0 < 4 ? UInt8(10 + $0) : 0 }
        }
      }) != nil
      #expect(isDone == hasPorts)
    }
  }

  @Test func `a replay window is set with its bitmap, and what it marks is a replay`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let peer = try OutboundAssociation(Samples.gcmTunnelParameters)
    let sealed = try (0..<10).map { _ in try peer.seal(Samples.packet()) }
    try update(sa, bench) {
      $0.setAttribute(V2_0.AttributeType.replayWindow) {
        $0[\V2_0.ReplayWindow.size] = 128
        $0[\V2_0.ReplayWindow.highest] = 8
        $0.setBytes("replay_bitmap", [0b0000_0101] as [UInt8])
      }
    }
    // Numbers 8 and 6 are marked: bits 0 and 2.
    for number in 1...10 {
      if number == 8 || number == 6 {
        #expect(throws: TestbenchError.status(.replayed)) { try bench.decap(sealed[number - 1], on: sa) }
      } else {
        #expect(try bench.decap(sealed[number - 1], on: sa) == Samples.packet())
      }
    }
  }

  @Test func `a lifetime can be raised after it has ended`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.lifetime.hardPackets = 1
    let sa = try bench.addSA(description)
    _ = try bench.encap(Samples.packet(), on: sa)
    #expect(throws: TestbenchError.status(.hardLifetime)) { try bench.encap(Samples.packet(), on: sa) }
    try update(sa, bench) {
      $0.setAttribute(V2_0.AttributeType.lifetime) { V2_0.fill(&$0, Lifetime(hardPackets: 2)) }
    }
    #expect(try bench.encap(Samples.packet(), on: sa).count > 0)
  }

  @Test func `an update that needs a feature is refused without it`() throws {
    let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder])
    let bench = try Testbench(features: all.subtracting(FeatureSet(.hardLifetime)))
    let sa = try bench.addSA(Samples.gcmTunnel)
    #expect(throws: TestbenchError.status(.unsupportedFeature, detail: UInt32(Feature.hardLifetime.rawValue))) {
      try update(sa, bench) {
        $0.setAttribute(V2_0.AttributeType.lifetime) { V2_0.fill(&$0, Lifetime(hardPackets: 2)) }
      }
    }
  }

  @Test func `keys cannot be changed`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    var parts = Parts(naming: sa)
    parts.setAttribute(V2_0.AttributeType.lifetime) { V2_0.fill(&$0, Lifetime(hardPackets: 2)) }
    var request = ModernRequest.grammar.request("update_out_sa", of: "control", parts)
    request[V2_0.ControlHeader.byteCount + V2_0.SAHandle.byteCount] = UInt8(V2_0.AttributeType.cipher.rawValue)
    let answer = try bench.control(request, room: 64)
    let status = try Reader<V2_0.ControlStatus>(answer.span.bytes)
    #expect(status.status.known == .unknownAttribute)
    #expect(status.detail == UInt32(V2_0.AttributeType.cipher.rawValue))
  }
}
