import Spec
import Testbench
import Testing
import Wire

@testable import Driver

/// What an SA brings with it over a reset: no sequence number twice, no more than is left of its lifetime.
@Suite struct RestoreTests {
  /// A way to lose the device's memory.
  enum Loss: String, Sendable, CaseIterable { case reset, sleep }

  private func lose(_ platform: Platform, _ rig: Rig, _ loss: Loss) throws {
    switch loss {
    case .reset:
      rig.needReset(platform)
      platform.kernel.scheduler.run()
    case .sleep:
      try platform.kernel.suspendSystem()
      #expect(platform.kernel.resumeSystem() == [])
    }
    #expect(platform.instances.first?.state == .live)
  }

  /// SAs whose packets carry their numbers in different places.
  static let shapes = ControlTests.shapes.filter { $0.0 != "no replay window" } + more

  private static let more: [(String, @Sendable (inout SAConfiguration) -> Void)] = [
    ("UDP in IPv6", {
      $0.tunnel = .init(source: Array(1...16), destination: Array(2...17))
      $0.udpPorts = (4500, 4501)
    }),
    ("tunnel", { _ in }),
  ]

  @Test(arguments: Rig.all, Loss.allCases)
  func `nothing that was received before a reset is accepted after it`(rig: Rig, loss: Loss) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var received: [(IPsecSA, [UInt8], String)] = [], pairs: [(IPsecSA, IPsecSA)] = []
    for (number, (name, change)) in Self.shapes.suffix(rig.transport == .mmio ? .max : 1).enumerated() {
      for (window, start) in [(32, UInt64(0)), (200, 70_000)] {
        var configuration = Samples.gcmTunnel(spi: 0x5000 + UInt32(1000 * number + window))
        change(&configuration)
        configuration.replayWindow = window
        let outbound = try instance.addSA(configuration, direction: .outbound)
        let inbound = try instance.addSA(configuration, direction: .inbound)
        if start > 0 { try instance.update(outbound, .sequence(start)) }
        // One of five is lost on the way, and the first arrives last.
        let sealed = try (0..<40).map { _ in try instance.process(Samples.packet(), on: outbound) }
        for packet in sealed.indices.filter({ $0 % 5 > 0 }).map({ sealed[$0] }) + [sealed[0]] {
          _ = try? instance.process(packet, on: inbound)
          received.append((inbound, packet, "\(name), window \(window)"))
        }
        pairs.append((outbound, inbound))
      }
    }
    for _ in 0..<2 {
      try lose(platform, rig, loss)
      for (sa, packet, name) in received {
        #expect(throws: DriverError.self, "\(name)") { try instance.process(packet, on: sa) }
      }
      for (outbound, inbound) in pairs {
        let packet = try instance.process(Samples.packet(), on: outbound)
        #expect(try instance.process(packet, on: inbound) == Samples.packet())
        received.append((inbound, packet, "after a reset"))
      }
    }
  }

  @Test(arguments: Rig.all)
  func `a packet that was on its way during a reset arrives`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    let sealed = try (0..<10).map { _ in try instance.process(Samples.packet(), on: outbound) }
    for packet in sealed[..<5] { _ = try instance.process(packet, on: inbound) }
    try lose(platform, rig, .reset)
    try lose(platform, rig, .reset)
    #expect(try instance.read(inbound).sequence == 5)
    for packet in sealed[5...].reversed() { #expect(try instance.process(packet, on: inbound) == Samples.packet()) }
    for packet in sealed { #expect(throws: DriverError.self) { try instance.process(packet, on: inbound) } }
  }

  @Test(arguments: Rig.all, [16, 64, 1000])
  func `a replay window of another size takes nothing twice`(rig: Rig, size: Int) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    let sealed = try (0..<60).map { _ in try instance.process(Samples.packet(), on: outbound) }
    for packet in sealed { _ = try instance.process(packet, on: inbound) }
    let highest = try instance.read(inbound).sequence
    #expect(highest == 60)
    let bitmap = [UInt8](repeating: 0xff, count: (size + 7) / 8)
    try instance.update(inbound, .replayWindow(size: size, highest: highest, bitmap: bitmap))
    for packet in sealed { #expect(throws: DriverError.self) { try instance.process(packet, on: inbound) } }
    let next = try instance.process(Samples.packet(), on: outbound)
    #expect(try instance.process(next, on: inbound) == Samples.packet())
  }

  // MARK: Lifetimes

  /// Packets of 92 bytes that pass, with a reset after every `interval` of them.
  private func passes(_ rig: Rig, _ lifetime: SAConfiguration.Lifetime, resetEvery interval: Int) throws -> Int {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    configuration.lifetime = lifetime
    let outbound = try instance.addSA(configuration, direction: .outbound)
    let other = try instance.addSA(Samples.gcmTunnel(spi: 0x2000), direction: .outbound)
    var count = 0
    while count < 200, (try? instance.process(Samples.packet(), on: outbound)) != nil {
      count += 1
      if count % interval == 0 { try lose(platform, rig, .reset) }
    }
    for loss in Loss.allCases {
      try lose(platform, rig, loss)
      let error = #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: outbound) }
      #expect(error?.errno == .EKEYREJECTED)
    }
    if rig.version >= .v2_0 { #expect(try instance.read(outbound).statistics?.packets == UInt64(count)) }
    _ = try instance.process(Samples.packet(), on: other)
    try instance.delete(outbound)
    #expect(throws: DriverError.self) { try instance.read(outbound) }
    return count
  }

  @Test(arguments: Rig.all.filter { $0.version >= .v1_0 })
  func `a hard lifetime does not begin again with a reset`(rig: Rig) throws {
    var lifetime = SAConfiguration.Lifetime()
    lifetime.hardBytes = 4096
    let expected = 45  // The packet that crosses the limit passes.
    #expect(try passes(rig, lifetime, resetEvery: 1000) == expected)
    let count = try passes(rig, lifetime, resetEvery: 7)
    // Kilobytes are rounded to the safe side.
    #expect(rig.version >= .v2_0 ? count == expected : (33...expected).contains(count))
    guard rig.version >= .v2_0 else { return }
    lifetime = SAConfiguration.Lifetime()
    lifetime.hardPackets = 30
    for interval in [1000, 7, 30] { #expect(try passes(rig, lifetime, resetEvery: interval) == 30) }
  }

  /// Packets that a device counts before it finds no room for them, with a reset after every `interval` of them.
  private func misfits(
    _ rig: Rig, _ direction: SADirection, _ lifetime: Limit, resetEvery interval: Int
  ) throws -> Int {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    // Outbound, what does not fit is refused before it is counted, but in a bundle.
    var configurations = [Samples.gcmTunnel()]
    let peer = try instance.addSA(configurations, direction: .outbound)
    if direction == .outbound { configurations.append(Samples.gcmTunnel(spi: 0x2000)) }
    configurations[configurations.count - 1].lifetime[keyPath: lifetime] = lifetime == \.hardPackets ? 30 : 4096
    let sa = try instance.addSA(configurations, direction: direction)
    func problem() -> String {
      do {
        let isOutbound = direction == .outbound
        let packet = isOutbound ? Samples.packet() : try instance.process(Samples.packet(), on: peer)
        _ = try instance.process(packet, on: sa, room: isOutbound ? 10 : -100)
        return ""
      } catch { return "\(error)" }
    }
    var count = 1
    let first = problem()
    while count < 200, problem() == first {
      count += 1
      if count % interval == 0 { try lose(platform, rig, .reset) }
    }
    return count
  }

  typealias Limit = WritableKeyPath<SAConfiguration.Lifetime, UInt64>

  @Test(arguments: Rig.all.filter { $0.version >= .v1_0 })
  func `what a device counted before it refused it does not come back with a reset`(rig: Rig) throws {
    let cases: [(SADirection, Limit)] =
      rig.version < .v2_0
      ? [(.inbound, \.hardBytes)] : SADirection.allCases.flatMap { [($0, \.hardBytes), ($0, \.hardPackets)] }
    for (direction, limit) in cases {
      let expected = try misfits(rig, direction, limit, resetEvery: 1000)
      #expect((10..<100).contains(expected))
      let count = try misfits(rig, direction, limit, resetEvery: 7)
      #expect(limit == \.hardPackets ? count == expected : (7...expected).contains(count))
    }
  }

  @Test(arguments: Rig.all)
  func `a soft lifetime is told of once, whatever resets there are`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    configuration.lifetime.softBytes = 2048
    configuration.events = [.softLifetime]
    let sa = try instance.addSA(configuration, direction: .outbound)
    var toldAt: [Int] = [], count = 0
    instance.notified = { _ in toldAt.append(count) }
    for _ in 0..<40 {
      count += 1
      _ = try instance.process(Samples.packet(), on: sa)
      platform.kernel.scheduler.run()
      if count % 10 == 0 { try lose(platform, rig, .reset) }
    }
    #expect(toldAt.count == 1)
    // Kilobytes are rounded to the safe side.
    #expect(toldAt.allSatisfy { (rig.version >= .v2_0 ? 23 : 20)...23 ~= $0 }, "\(toldAt)")
  }

  @Test(arguments: Rig.all.filter { $0.version < .v2_0 })
  func `a lifetime that a version cannot keep is refused`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    configuration.lifetime.hardBytes = rig.version == .v0_4 ? 1 << 20 : 1000
    let error = #expect(throws: DriverError.self) { try instance.addSA(configuration, direction: .outbound) }
    #expect(error?.errno == .EOPNOTSUPP)
  }

  // MARK: What is lost

  @Test(arguments: Rig.all)
  func `a bundle that cannot go on is lost alone`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    func bundle(_ spi: UInt32, _ direction: SADirection) throws -> IPsecSA {
      try instance.addSA(Samples.gcmTunnel(spi: spi), Samples.gcmTunnel(spi: spi + 1), direction: direction)
    }
    let used = try (bundle(0x1000, .outbound), bundle(0x1000, .inbound))
    let fresh = try (bundle(0x2000, .outbound), bundle(0x2000, .inbound))
    let single = try instance.addSA(Samples.gcmTunnel(spi: 0x3000), direction: .outbound)
    let before = try instance.process(Samples.packet(), on: used.0)
    #expect(try instance.process(before, on: used.1) == Samples.packet())
    for loss in Loss.allCases {
      try lose(platform, rig, loss)
      #expect(throws: DriverError.self) { try instance.process(before, on: used.1) }
      _ = try instance.process(Samples.packet(), on: single)
      if rig.version >= .v2_0 {
        let after = try instance.process(Samples.packet(), on: used.0)
        #expect(try instance.process(after, on: used.1) == Samples.packet())
      } else {
        // No message says where it was: a sequence number, and with it an IV, might be used twice.
        let error = #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: used.0) }
        #expect(error?.errno == .EKEYREJECTED)
      }
    }
    let sealed = try instance.process(Samples.packet(), on: fresh.0)
    #expect(try instance.process(sealed, on: fresh.1) == Samples.packet())
    for sa in [used.0, used.1, fresh.0, fresh.1, single] { try instance.delete(sa) }
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.all, [FaultPoint.allocation, .mapping])
  func `an SA that cannot be made again is lost alone`(rig: Rig, point: FaultPoint) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let sas = try (0..<3).map { try instance.addSA(Samples.gcmTunnel(spi: 0x1000 + $0), direction: .outbound) }
    platform.kernel.faults.arm(nil)
    try lose(platform, rig, .reset)
    // What is last is of an SA.
    let count = platform.kernel.faults.counts[point, default: 0]
    platform.kernel.faults.arm(point, at: count - 1)
    try lose(platform, rig, .reset)
    #expect(platform.kernel.faults.hitCount == 1)
    platform.kernel.faults.arm(nil)
    #expect(sas.filter { (try? instance.process(Samples.packet(), on: $0)) != nil }.count == 2)
    for sa in sas { try instance.delete(sa) }
  }

  // MARK: Changes

  @Test(arguments: Rig.all.filter { $0.version < .v2_0 })
  func `an end of a tunnel that was moved stays where it is`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    configuration.udpPorts = (4500, 4500)
    let sa = try instance.addSA(configuration, direction: .outbound)
    try instance.update(sa, .gateway(isLocal: false, address: [198, 51, 100, 9], port: 5555))
    try instance.update(sa, .gateway(isLocal: true, address: [198, 51, 100, 8], port: 0))
    for _ in 0..<2 {
      let packet = try instance.process(Samples.packet(), on: sa)
      #expect(packet[12..<24] == [198, 51, 100, 8, 198, 51, 100, 9, 0x11, 0x94, 0x15, 0xb3])
      try lose(platform, rig, .reset)
    }
  }

  @Test(arguments: Rig.all.filter { $0.version < .v2_0 })
  func `an IPv6 end of a tunnel moves, but where a message has one word for its address`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    var configuration = Samples.gcmTunnel()
    let old = Array(UInt8(2)...17), new = Array(UInt8(102)...117)
    configuration.tunnel = .init(source: Array(1...16), destination: old)
    let sa = try instance.addSA(configuration, direction: .outbound)
    let update = SAUpdate.gateway(isLocal: false, address: new, port: 0)
    if rig.version == .v0_4 {
      let error = #expect(throws: DriverError.self) { try instance.update(sa, update) }
      #expect(error?.errno == .EOPNOTSUPP)
    } else {
      try instance.update(sa, update)
    }
    #expect(Array(try instance.process(Samples.packet(), on: sa)[24..<40]) == (rig.version == .v0_4 ? old : new))
  }

  @Test(arguments: [(true, SADirection.outbound, 1), (false, .outbound, 2), (true, .inbound, 2), (false, .inbound, 1)])
  func `a tunnel starts at the near end outbound, and ends there inbound`(
    isLocal: Bool, direction: SADirection, moved: Int
  ) throws {
    var configuration = Samples.gcmTunnel()
    configuration.udpPorts = (1, 2)
    configuration.apply(.gateway(isLocal: isLocal, address: [9, 9, 9, 9], port: 9), direction)
    let tunnel = try #require(configuration.tunnel), ports = try #require(configuration.udpPorts)
    #expect((moved == 1 ? tunnel.source : tunnel.destination) == [9, 9, 9, 9])
    #expect(tunnel.source != tunnel.destination)
    #expect((moved == 1 ? ports == (9, 2) : ports == (1, 9)))
  }
}
