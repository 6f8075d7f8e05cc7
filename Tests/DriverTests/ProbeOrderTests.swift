import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// The order in which Linux's virtio core and its transports touch a device, from `register_virtio_device` on:
/// `drivers/virtio/virtio.c` (Linux 6.8), `virtio_pci_modern.c`, `virtio_mmio.c`.
@Suite struct ProbeOrderTests {
  /// Steps of the core as the driver's trace has them.
  private static func core(_ queues: [String], features: (String, String)) -> [String] {
    [
      "reset", "status |= ACKNOWLEDGE", "status |= DRIVER", "get_features \(features.0)",
      "finalize_features \(features.1)", "status |= FEATURES_OK",
    ]
      + queues.enumerated().map { "setup_vq \($0) \($1) size 64" } + ["status |= DRIVER_OK"]
  }

  @Test(arguments: Rig.transports)
  func `probe does what Linux does, step for step`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let offered = rig.accelerator(platform).virtioProfile.features
      .intersection(rig.transport == .mmio ? FeatureSet.mmio.union(.deviceType) : FeatureSet(rawValue: .max))
    let lines = platform.kernel.log.lines(.virtio).compactMap {
      $0.hasPrefix("virtio0: ") ? String($0.dropFirst("virtio0: ".count)) : nil
    }
    let expected = Self.core(
      ["control", "decap.0", "encap.0", "notify"], features: ("\(offered)", "\(instance.virtio.features)"))
    #expect(Array(lines.prefix(expected.count)) == expected)
    #expect(lines.dropFirst(expected.count).first == "control get_capabilities")
  }

  /// The values that were written to a register, in order.
  private static func writes(_ platform: Platform, _ offset: Int) -> [UInt32] {
    platform.kernel.log.lines(.register).compactMap { line in
      let parts = line.split(separator: " ").suffix(4).map(String.init)
      guard parts.count == 4, parts[0] == "write32", Int(parts[1].dropFirst(2), radix: 16) == offset else { return nil }
      return UInt32(parts[3].dropFirst(2), radix: 16)
    }
  }

  @Test func `the registers over MMIO are written in the order of the standard`() throws {
    let platform = try Rig().platform()
    platform.kernel.log.kinds.insert(.register)
    try platform.boot()
    // Reset, ACKNOWLEDGE, DRIVER, FEATURES_OK, DRIVER_OK, each beside what was set.
    #expect(Self.writes(platform, 0x070) == [0, 1, 3, 11, 15])
    // Every queue is enabled once, after its addresses, in order.
    #expect(Self.writes(platform, 0x044) == [1, 1, 1, 1])
    let lines = platform.kernel.log.lines(.register)
    let featuresOK = try #require(lines.firstIndex { $0.hasSuffix("write32 0x070 <- 0xb") })
    let driverOK = try #require(lines.firstIndex { $0.hasSuffix("write32 0x070 <- 0xf") })
    let version = try #require(lines.firstIndex { $0.hasSuffix("write32 0x108 <- 0x2000000") })
    let selection = try #require(lines.firstIndex { $0.hasSuffix("write32 0x110 <- 0x1000000") })
    #expect(version < featuresOK)
    #expect(featuresOK < selection && selection < driverOK)
    #expect(lines[driverOK...].contains { $0.contains("write32 0x050") }, "no notification")
    #expect(!lines[..<driverOK].contains { $0.contains("write32 0x050") }, "a notification before DRIVER_OK")
  }

  @Test(arguments: [(1, 1, 1), (4, 2, 16), (2, 3, 16), (3, 8, 6), (4, 1, 3)])
  func `data queues are the common multiple, capped, decap before encap`(cpus: Int, scaling: Int, pairs: Int) throws {
    var rig = Rig()
    (rig.cpuCount, rig.scaling, rig.pairs) = (cpus, scaling, pairs)
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let count = min(lcm(2 * cpus, scaling), 2 * pairs)
    #expect(instance.dataQueueCount == count)
    let names = instance.virtio.queues.map(\.name)
    #expect(names == ["control"] + (0..<count).map { "\($0 % 2 == 0 ? "decap" : "encap").\($0 / 2)" } + ["notify"])
    for cpu in 0..<cpus {
      let sa = try instance.addSA(Samples.gcmTunnel(spi: 0x2000 + UInt32(cpu)), direction: .outbound)
      _ = try instance.process(Samples.packet(), on: sa, cpu: cpu)
    }
  }

  private func lcm(_ a: Int, _ b: Int) -> Int {
    var (x, y) = (a, b)
    while y != 0 { (x, y) = (y, x % y) }
    return a / x * b
  }

  @Test func `without an event to ask for there is no notification queue`() throws {
    let (platform, instance) = try Rig().boot { parameters in
      for event in Feature.notifications { parameters.features?.remove(FeatureSet(bit: Int(event.rawValue))) }
    }
    defer { withExtendedLifetime(platform) {} }
    #expect(instance.virtio.queues.map(\.name) == ["control", "decap.0", "encap.0"])
  }

  @Test func `a driver that can drive none of the versions fails, and says so`() throws {
    let platform = try Rig().platform { $0.versions = [.v0_4] }
    try platform.boot()
    #expect(platform.instances.isEmpty)
    #expect(platform.kernel.log.lines(.message).contains { $0.contains("no version in common") })
    #expect(platform.kernel.log.lines(.virtio).last == "virtio0: status |= FAILED")
  }
}
