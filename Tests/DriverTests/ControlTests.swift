import Driver
import Spec
import Testbench
import Testing

@Suite struct ControlTests {
  @Test(arguments: Rig.all)
  func `groups and SAs come, are read, and go`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let group = try instance.addGroup()
    let sa = try instance.addSA(Samples.gcmTunnel(spi: 0x4242), direction: .outbound, group: group)
    for _ in 0..<3 { _ = try instance.process(Samples.packet(), on: sa) }
    let state = try instance.read(sa)
    #expect(state.spi == 0x4242 && state.sequence == 3)
    if rig.version >= .v2_0 { #expect(state.statistics?.packets == 3) }
    #expect(throws: DriverError.self) { try instance.delete(group) }
    try instance.update(sa, .sequence(1000))
    _ = try instance.process(Samples.packet(), on: sa)
    #expect(try instance.read(sa).sequence == 1001)
    try instance.delete(sa)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: sa) }
    #expect(throws: DriverError.self) { try instance.delete(sa) }
    try instance.delete(group)
  }

  @Test(arguments: Rig.all)
  func `flushing takes the SAs of a group, or all`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let group = try instance.addGroup()
    let inside = try instance.addSA(Samples.gcmTunnel(spi: 0x300), direction: .outbound, group: group)
    let outside = try instance.addSA(Samples.gcmTunnel(spi: 0x301), direction: .outbound)
    try instance.flush(group)
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: inside) }
    _ = try instance.process(Samples.packet(), on: outside)
    try instance.flush()
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: outside) }
  }

  @Test(arguments: Rig.all)
  func `capabilities and random bytes`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    #expect(instance.capabilities.has(.aesGCM16))
    #expect(instance.capabilities.has(.sha256))
    let first = try instance.random(64), second = try instance.random(64)
    #expect(first.count == 64 && first != second)
  }

  /// SAs with everything that a version can say.
  static let shapes: [(String, @Sendable (inout SAConfiguration) -> Void)] = [
    ("transport mode", { $0.tunnel = nil }),
    ("IPv6 tunnel", { $0.tunnel = .init(source: Array(1...16), destination: Array(2...17)) }),
    ("extended sequence numbers", { $0.extendedSequence = true }),
    ("UDP encapsulation", { $0.udpPorts = (4500, 4500) }),
    ("lifetime", { $0.lifetime.softBytes = 1 << 20; $0.events = [.softLifetime] }),
    ("AES-CBC with SHA-256", {
      $0.cipher = .init(.aesCBC, key: Samples.key)
      $0.authentication = .init(.sha256, key: Array(repeating: 7, count: 32))
    }),
    ("authentication header", {
      $0.proto = .ah
      $0.cipher = nil
      $0.authentication = .init(.sha256, key: Array(repeating: 7, count: 32))
    }),
    ("no replay window", { $0.replayWindow = 0 }),
  ]

  @Test(arguments: Rig.all.filter { $0.transport == .mmio })
  func `SAs of every shape work both ways`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    for (index, (name, change)) in Self.shapes.enumerated() {
      var configuration = Samples.gcmTunnel(spi: 0x5000 + UInt32(index))
      change(&configuration)
      let outbound = try instance.addSA(configuration, direction: .outbound)
      let inbound = try instance.addSA(configuration, direction: .inbound)
      let packet = Samples.packet(200, seed: UInt8(index))
      let sealed = try instance.process(packet, on: outbound)
      #expect(sealed != packet, "\(name)")
      #expect(try instance.process(sealed, on: inbound) == packet, "\(name)")
    }
  }

  @Test func `bad SAs are refused with an errno, and nothing of a key is in it`() throws {
    let (platform, instance) = try Rig().boot()
    defer { withExtendedLifetime(platform) {} }
    var weak = Samples.gcmTunnel()
    weak.cipher = .init(.aesGCM16, key: [0xde, 0xad, 0xbe], salt: Samples.salt)
    let error = #expect(throws: DriverError.self) { try instance.addSA(weak, direction: .outbound) }
    #expect(error?.errno == .EKEYREJECTED)
    #expect("\(String(describing: error)) \(weak) \(String(reflecting: weak))".contains("222") == false)
    var legacy = Samples.gcmTunnel()
    legacy.cipher = .init(.desCBC, key: Array(1...8))
    #expect(throws: DriverError.self) { try instance.addSA(legacy, direction: .outbound) }
    #expect(throws: DriverError.self) { try instance.addSA([], direction: .outbound) }
    var reserved = Samples.gcmTunnel(spi: 5)
    #expect(throws: DriverError.self) { try instance.addSA(reserved, direction: .outbound) }
    reserved.tunnel = .init(source: [1], destination: [2])
    #expect(throws: DriverError.self) { try instance.addSA(reserved, direction: .outbound) }
  }
}
