import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// Random data, rooms, groups and flushes in every version.
@Suite struct CompletenessTests {
  static let versions: [SpecVersion] = [.v0_4, .v1_0, .v2_0]

  private func makeBench(_ version: SpecVersion) throws -> Testbench {
    try Testbench(version: version) { $0.quirks = [.zeroHandleIsNoGroup] }
  }

  private func grammar(_ version: SpecVersion) -> Grammar { Grammar(Spec.all.first { $0.version == version }!) }

  /// Sends a command that names a group by the handle's bytes at its end; whether it was done.
  private func send(_ command: UInt16, _ group: Handle?, _ version: SpecVersion, _ bench: Testbench) throws -> Bool {
    let size = version == .v0_4 ? 32 : 8
    let handle = group.map { group in
      (0..<size).map { $0 < 8 ? UInt8(truncatingIfNeeded: group.rawValue >> UInt64(8 * $0)) : 0 }
    } ?? []
    if version == .v2_0 {
      let header: [UInt8] = [2, 0, UInt8(command), 0, UInt8(handle.count), 0, 0, 0]
      return try bench.control(header + handle, room: 8).prefix(4).allSatisfy { $0 == 0 }
    }
    return try bench.control([2, UInt8(command)] + handle, room: 2)[0] == 0
  }

  private func works(_ sa: TestSA, _ bench: Testbench) -> Bool {
    (try? bench.encap(Samples.packet(), on: sa)) != nil
  }

  @Test(arguments: versions) func `flushing a group takes its SAs, of both directions, and no others`(
    version: SpecVersion
  ) throws {
    let bench = try makeBench(version)
    let group = try bench.addGroup(), other = try bench.addGroup()
    let mine = try bench.addSA(Samples.gcmTunnel, group: group)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound, group: group)
    let theirs = try bench.addSA(Samples.gcmTunnel, group: other), nobodys = try bench.addSA(Samples.gcmTunnel)
    #expect(try !send(SACommand.deleteGroup.rawValue, group, version, bench), "a group with SAs stays")
    #expect(try send(SACommand.flushSA.rawValue, group, version, bench))
    #expect(!works(mine, bench) && works(theirs, bench) && works(nobodys, bench))
    #expect(throws: TestbenchError.self) { try bench.deleteSA(inbound) }
    #expect(try send(SACommand.flushSA.rawValue, group, version, bench), "an empty group can be flushed")
    #expect(try send(SACommand.deleteGroup.rawValue, group, version, bench))
    #expect(try !send(SACommand.flushSA.rawValue, group, version, bench), "a group that is not there cannot")
    #expect(try !send(SACommand.deleteGroup.rawValue, group, version, bench))
  }

  @Test(arguments: versions) func `flushing all takes every SA, and groups stay`(version: SpecVersion) throws {
    let bench = try makeBench(version)
    let group = try bench.addGroup()
    let sas = [try bench.addSA(Samples.gcmTunnel, group: group), try bench.addSA(Samples.gcmTunnel)]
    #expect(try send(SACommand.flushAll.rawValue, nil, version, bench))
    for sa in sas { #expect(!works(sa, bench)) }
    #expect(works(try bench.addSA(Samples.gcmTunnel, group: group), bench))
  }

  @Test(arguments: versions) func `handles are never given again, whatever was deleted or flushed`(
    version: SpecVersion
  ) throws {
    let bench = try makeBench(version)
    var seen: Set<Handle> = []
    for round in 0..<30 {
      let group = try bench.addGroup()
      let sa = try bench.addSA(Samples.gcmTunnel, group: group)
      #expect(seen.insert(group).inserted && seen.insert(sa.handle).inserted)
      if round % 3 == 0 { try bench.deleteSA(sa) }
      if round % 3 == 1 { #expect(try send(SACommand.flushAll.rawValue, nil, version, bench)) }
      #expect(try send(SACommand.deleteGroup.rawValue, group, version, bench) == (round % 3 < 2))
    }
  }

  @Test(arguments: [SpecVersion.v0_4, .v2_0]) func `head- and tailroom suffice for whatever an SA adds`(
    version: SpecVersion
  ) throws {
    let bench = try makeBench(version)
    let name = "get_headroom_tailroom_size"
    let request = grammar(version).request(name, of: "control", Parts())
    let answer = try grammar(version).answer(
      name, of: "control", try bench.control(request, room: version == .v0_4 ? 10 : 16), to: request)
    let (head, tail) =
      version == .v0_4
      ? (answer[\V0_4.HeadroomTailroom.headroom], answer[\V0_4.HeadroomTailroom.tailroom])
      : (answer[\V2_0.Rooms.headroom], answer[\V2_0.Rooms.tailroom])
    #expect(head > 0 && tail > 0)
    var description = Samples.describe(Samples.gcmTunnelParameters, .aesCBC, [UInt8](1...32))
    description.authentication = .init(.sha512, key: Key([UInt8](1...64)))
    description.parameters.udpEncapsulation = .init()
    for mode in [.tunnel(source: .v6(1, 2), destination: .v6(3, 4)), .transport] as [Parameters.Mode] {
      description.parameters.mode = mode
      let sa = try bench.addSA(description)
      for count in 0..<32 {
        let packet = Samples.packet(count)
        #expect(try bench.encap(packet, on: sa).count <= packet.count + Int(head + tail))
      }
    }
  }

  @Test func `an IPv6 packet that comes out of an IPv4 tunnel needs IPV6_SUPPORT`() throws {
    var six = [UInt8](repeating: 0, count: 60)
    (six[0], six[5], six[6]) = (0x60, 20, 59)
    let peer = try OutboundAssociation(Samples.gcmTunnelParameters)
    let all = AcceleratorProfile().features.subtracting([.ringPacked, .inOrder])
    for hasFeature in [true, false] {
      let bench = try Testbench(features: hasFeature ? all : all.subtracting(FeatureSet(.ipv6)))
      let sa = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
      let sealed = try peer.seal(six)
      if hasFeature {
        #expect(try bench.decap(sealed, on: sa) == six)
      } else {
        #expect(throws: TestbenchError.status(.unsupportedFeature)) { try bench.decap(sealed, on: sa) }
      }
    }
  }
}
