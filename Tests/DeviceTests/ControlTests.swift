import Device
import ESP
import Spec
import Testbench
import Testing
import Wire

@Suite struct ControlTests {
  @Test func `capabilities name what is on, what can be turned on, and the limits`() throws {
    let bench = try Testbench { $0.limits.sas = 7 }
    let answer = try bench.command("get_capabilities", Parts())
    let ciphers = answer[\V2_0.Capabilities.cipherAlgorithms], legacy = answer[\V2_0.Capabilities.legacyCiphers]
    #expect(ciphers >> UInt64(CipherAlgorithm.chaCha20Poly1305.rawValue) & 1 == 1)
    #expect(ciphers >> UInt64(CipherAlgorithm.desCBC.rawValue) & 1 == 0)
    #expect(legacy >> UInt64(CipherAlgorithm.desCBC.rawValue) & 1 == 1)
    #expect(answer[\V2_0.Capabilities.maxSas] == 7)
    #expect(answer[\V2_0.Capabilities.headroom] > 40)
    #expect(answer[\V2_0.Capabilities.dhGroups] >> 19 & 1 == 1)
  }

  @Test func `a legacy algorithm is refused until it is turned on`() throws {
    let bench = try Testbench()
    var parameters = Samples.gcmTunnelParameters
    parameters.allowsLegacy = true
    var sa = Samples.describe(parameters, .tripleDESCBC, [UInt8](1...24))
    sa.authentication = .init(.sha1, key: Key([UInt8](1...20)))
    #expect(throws: TestbenchError.status(.unsupportedAlgorithm, detail: UInt32(CipherAlgorithm.tripleDESCBC.rawValue)))
    {
      try bench.addSA(sa)
    }
    var parts = Parts()
    parts[\V2_0.SetCapabilities.legacyCiphers] = 1 << UInt64(CipherAlgorithm.tripleDESCBC.rawValue)
    _ = try bench.command("set_capabilities", parts)
    let handle = try bench.addSA(sa)
    #expect(try bench.encap(Samples.packet(), on: handle).count > 100)
    parts[\V2_0.SetCapabilities.legacyCiphers] = 1 << UInt64(CipherAlgorithm.aesCBC.rawValue)
    #expect(throws: TestbenchError.status(.unsupportedAlgorithm, detail: UInt32(CipherAlgorithm.aesCBC.rawValue))) {
      try bench.command("set_capabilities", parts)
    }
  }

  @Test func `random bytes come in the number asked for, and not beyond the room`() throws {
    let bench = try Testbench { $0.random = { [UInt8](repeating: 0x5a, count: $0) } }
    var parts = Parts()
    parts[\V2_0.Amount.length] = 33
    #expect(try bench.command("get_random", parts).bytes("random") == [UInt8](repeating: 0x5a, count: 33))
    #expect(throws: TestbenchError.status(.noSpace, detail: 49)) { try bench.command("get_random", parts, room: 48) }
    parts[\V2_0.Amount.length] = 4097
    #expect(throws: TestbenchError.status(.invalidValue, detail: 8, field: "amount.length")) {
      try bench.command("get_random", parts, room: 9000)
    }
  }

  @Test func `a group is deleted only when its SAs are flushed`() throws {
    let bench = try Testbench()
    let group = try bench.addGroup()
    let sa = try bench.addSA(Samples.gcmTunnel, group: group)
    var parts = Parts()
    parts[\V2_0.GroupHandle.group] = group.rawValue
    #expect(throws: TestbenchError.status(.groupInUse)) { try bench.command("delete_group", parts) }
    _ = try bench.command("flush_sa", parts)
    #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.encap(Samples.packet(), on: sa) }
    _ = try bench.command("delete_group", parts)
    #expect(throws: TestbenchError.status(.noSuchGroup)) { try bench.command("delete_group", parts) }
    #expect(throws: TestbenchError.status(.noSuchGroup)) { try bench.addSA(Samples.gcmTunnel, group: group) }
  }

  @Test func `an SA is named by direction and group as well as by handle`() throws {
    let bench = try Testbench()
    let group = try bench.addGroup()
    let sa = try bench.addSA(Samples.gcmTunnel, group: group)
    for wrong in ["del_in_sa", "read_in_sa", "update_in_sa"] {
      #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.command(wrong, Parts(naming: sa)) }
    }
    var parts = Parts(naming: sa)
    parts[\V2_0.SAHandle.group] = 0
    #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.command("del_out_sa", parts) }
    try bench.deleteSA(sa)
    #expect(throws: TestbenchError.status(.noSuchSA)) { try bench.deleteSA(sa) }
  }

  @Test func `handles are never 0 and never come twice`() throws {
    let bench = try Testbench()
    var seen: Set<UInt64> = [0]
    for round in 0..<200 {
      let sa = try bench.addSA(Samples.gcmTunnel)
      #expect(seen.insert(sa.handle.rawValue).inserted)
      if round % 3 == 0 { try bench.deleteSA(sa) }
      if round % 50 == 0 { _ = try bench.command("flush_sa_all", Parts()) }
    }
  }

  @Test func `what was added is read back, but for keys`() throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.extendedSequence = true
    description.parameters.lifetime = .init(softBytes: 1000, hardBytes: 2000, softPackets: 10, hardPackets: 20)
    description.parameters.tfcLength = 200
    description.parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4501)
    description.notifications.events = [.softLifetime, .sequencePeriodic]
    description.notifications.interval = 5
    let sa = try bench.addSA(description)
    _ = try bench.encap(Samples.packet(), on: sa)
    let answer = try bench.command("read_out_sa", Parts(naming: sa))
    let record = try #require(answer.repetitions("record").first)
    #expect(record[\V2_0.SARecord.spi] == 0x1001)
    #expect(record[\V2_0.SARecord.sequence] == 1)
    #expect(record[\V2_0.SARecord.flags][\.esn] == 1)
    let lifetime = try #require(record.attribute(V2_0.AttributeType.lifetime))
    #expect(lifetime[\V2_0.Lifetime.hardPackets] == 20)
    let cipher = try #require(record.attribute(V2_0.AttributeType.cipher))
    #expect(cipher[\V2_0.CipherAttribute.algorithm].known == .aesGCM16)
    #expect(cipher[\V2_0.CipherAttribute.keyLength] == 16)
    #expect(cipher[\V2_0.CipherAttribute.saltLength] == 4)
    let tunnel = try #require(record.attribute(V2_0.AttributeType.tunnelIPv4))
    #expect(tunnel[\V2_0.TunnelIPv4.daddr] == 0xc000_0202)
    let statistics = try #require(record.attribute(V2_0.AttributeType.statistics))
    #expect(statistics[\V2_0.Statistics.packets] == 1)
    #expect(statistics[\V2_0.Statistics.bytes] == UInt64(Samples.packet().count))
  }

  @Test(arguments: [1, 2, 3, 7, 100]) func `reading first and next n shows every SA once, in order`(page: UInt32) throws
  {
    let bench = try Testbench()
    var expected: [UInt64] = []
    for index in 0..<20 {
      let direction: Direction = index % 3 == 0 ? .inbound : .outbound
      let sa = try bench.addSA(Samples.gcmTunnel, direction: direction)
      if direction == .outbound { expected.append(sa.handle.rawValue) }
    }
    var seen: [UInt64] = []
    var parts = Parts()
    parts[\V2_0.ReadSAs.maxSas] = page
    var command = "read_first_n_out_sas"
    repeat {
      // Room for a few records only: the answer is cut to what fits.
      let answer = try bench.command(command, parts, room: 1024)
      seen += answer.repetitions("record").map { $0[\V2_0.SARecord.sa] }
      parts[\V2_0.ReadSAs.cursor] = answer[\V2_0.ReadReply.cursor]
      command = "read_next_n_out_sas"
    } while parts[\V2_0.ReadSAs.cursor] != 0
    #expect(seen == expected)
  }

  @Test func `an answer that does not fit says how much room it needs, and nothing was done`() throws {
    let bench = try Testbench()
    var parts = Parts()
    parts.append("sa") { V2_0.fill(&$0, Samples.gcmTunnel) }
    #expect(throws: TestbenchError.status(.noSpace, detail: 24)) { try bench.command("add_out_sa", parts, room: 16) }
    var read = Parts()
    read[\V2_0.ReadSAs.maxSas] = 10
    #expect(try bench.command("read_first_n_out_sas", read).repetitions("record").isEmpty)
  }

  @Test func `limits of SAs, groups and bundles hold`() throws {
    let bench = try Testbench { ($0.limits.sas, $0.limits.groups, $0.limits.bundle) = (3, 1, 2) }
    _ = try bench.addGroup()
    #expect(throws: TestbenchError.status(.noResources)) { try bench.addGroup() }
    _ = try bench.addSA(Samples.gcmTunnel)
    #expect(throws: TestbenchError.self) { try bench.addSA(Samples.gcmTunnel, Samples.gcmTunnel, Samples.gcmTunnel) }
    _ = try bench.addSA(Samples.gcmTunnel, Samples.gcmTunnel)
    #expect(throws: TestbenchError.status(.noResources)) { try bench.addSA(Samples.gcmTunnel) }
  }

  @Test(arguments: [UInt32(0), 1, 255]) func `reserved SPIs are refused where they stand`(spi: UInt32) throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.spi = spi
    #expect(throws: TestbenchError.status(.invalidValue, detail: 24, field: "sa_entry.spi")) {
      try bench.addSA(description)
    }
  }

  @Test func `a key or salt of a wrong length is rejected by its attribute's type`() throws {
    let bench = try Testbench()
    for (key, salt) in [(15, 4), (17, 4), (16, 3), (0, 4)] {
      let sa = Samples.describe(
        Samples.gcmTunnelParameters, .aesGCM16, [UInt8](repeating: 1, count: key), [UInt8](repeating: 1, count: salt))
      #expect(throws: TestbenchError.status(.keyRejected, detail: UInt32(V2_0.AttributeType.cipher.rawValue))) {
        try bench.addSA(sa)
      }
    }
  }
}
