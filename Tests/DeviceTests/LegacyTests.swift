import Device
import ESP
import Model
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct LegacyTests {
  /// 0.4 and 1.0, with guests of both byte orders.
  static let guests: [(SpecVersion, ByteOrder)] = [(.v0_4, .little), (.v0_4, .big), (.v1_0, .little), (.v1_0, .big)]

  private func makeBench(_ index: Int) throws -> Testbench {
    let (version, order) = Self.guests[index]
    return try Testbench(version: version) { $0.guestOrder = order }
  }

  @Test(arguments: LegacyTests.guests.indices) func `the same SA and packets give the same bytes as under 2.0`(
    index: Int
  ) throws {
    let bench = try makeBench(index), modern = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.udpEncapsulation = .init(sourcePort: 4500, destinationPort: 4501)
    for mode in [description.parameters.mode, .transport, .tunnel(source: .v6(1, 2), destination: .v6(3, 4))] {
      description.parameters.mode = mode
      let sa = try bench.addSA(description), other = try modern.addSA(description)
      let inbound = try bench.addSA(description, direction: .inbound)
      for count in [0, 100, 1400] {
        let sealed = try bench.encap(Samples.packet(count), on: sa)
        #expect(sealed == (try modern.encap(Samples.packet(count), on: other)))
        #expect(try bench.decap(sealed, on: inbound) == Samples.packet(count))
      }
    }
  }

  @Test(arguments: LegacyTests.guests.indices) func `AES-CBC with HMAC and AH come through both descriptions`(
    index: Int
  ) throws {
    let bench = try makeBench(index), modern = try Testbench()
    var cbc = Samples.describe(Samples.gcmTunnelParameters, .aesCBC, [UInt8](1...32))
    cbc.authentication = .init(.sha256, key: Key([UInt8](2...33)))
    var ah = Samples.gcmTunnel
    ah.parameters.protocol = .ah
    ah.cipher = nil
    ah.authentication = .init(.sha1, key: Key([UInt8](3...22)))
    let inbound = try modern.addSA(cbc, direction: .inbound)
    let sealed = try bench.encap(Samples.packet(), on: try bench.addSA(cbc))
    #expect(try modern.decap(sealed, on: inbound) == Samples.packet())
    let bundle = try bench.addSA(cbc, ah)
    let both = try modern.addSA(cbc, ah, direction: .inbound)
    #expect(try modern.decap(try bench.encap(Samples.packet(), on: bundle), on: both) == Samples.packet())
  }

  @Test(arguments: LegacyTests.guests.indices) func `errors say what 2.0 would say`(index: Int) throws {
    let bench = try makeBench(index)
    let group = try bench.addGroup()
    let sa = try bench.addSA(Samples.gcmTunnel, group: group)
    try bench.deleteSA(sa)
    #expect(throws: TestbenchError.status("ERR", detail: V2_0.Status.noSuchSA.rawValue)) { try bench.deleteSA(sa) }
    #expect(throws: TestbenchError.status("ERR", detail: V2_0.Status.noSuchSA.rawValue)) {
      try bench.encap(Samples.packet(), on: sa)
    }
  }

  @Test(arguments: LegacyTests.guests.indices) func `notifications come in the guest's byte order`(index: Int) throws {
    let bench = try makeBench(index)
    var description = Samples.gcmTunnel
    description.notifications.events = [.softLifetime, .sequencePeriodic]
    description.notifications.interval = 4
    description.parameters.lifetime.softBytes = 2048
    let sa = try bench.addSA(description)
    for _ in 0..<4 { _ = try bench.encap(Samples.packet(1000), on: sa) }
    #expect(bench.notifications.map(\.event) == [.softLifetime, .sequencePeriodic])
    #expect(bench.notifications.map(\.value) == [2, 4])
    #expect(bench.notifications.allSatisfy { $0.sa == sa.handle })
  }

  static let seed = UInt64.random(in: 0...UInt64.max)

  @Test(arguments: LegacyTests.guests.indices) func `random messages are answered and never crash`(index: Int) throws {
    let bench = try makeBench(index)
    let sa = try bench.addSA(Samples.gcmTunnel)
    _ = sa
    let (version, order) = Self.guests[index]
    let definition = Spec.all.first { $0.version == version }!
    let layout = Layout(definition)
    var random = SplitMix(seed: Self.seed)
    for (queue, service) in [(0, "control"), (2, "data")] {
      let commands = layout.services.first { $0.name == service }!.commands
      var samplers = commands.map { ChainSampler($0, of: layout, bigEndianGuest: order == .big, seed: random.next()) }
      for round in 0..<1500 {
        let chain = samplers[round % samplers.count].next()
        var bytes = chain.readable
        for _ in 0..<Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
          bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(in: 0...255, using: &random)
        }
        if Int.random(in: 0..<8, using: &random) == 0 {
          bytes = Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &random)))
        }
        let room = Bool.random(using: &random) ? chain.writable.count : Int.random(in: 12...300, using: &random)
        let answer = try bench.machine.exchange(bytes, room: max(room, 12), on: queue)
        #expect(!answer.isEmpty, "seed \(Self.seed), round \(round)")
      }
    }
    #expect(!bench.machine.session.needsReset, "seed \(Self.seed)")
  }
}
