import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// The order in which Linux's virtio core and its transports touch a device, from `register_virtio_device` on.
///
/// Of Linux 6.9 read was `drivers/virtio/virtio.c`; of 6.17-rc2, `virtio_pci_modern.c`; and, of versions around these,
/// `virtio_pci_modern_dev.c` and `virtio_mmio.c`. Where the driver does more, it is because
/// - Linux waits for a reset to end on PCI only, and never asks whether a probe before had failed;
/// - feature bits are 128 in virtio 1.4, two words more than over MMIO in Linux;
/// - VIRTIO_F_VERSION_1 is required, whatever the transport.
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
    #expect(featuresOK < version && version < selection && selection < driverOK)
    #expect(lines[driverOK...].contains { $0.contains("write32 0x050") }, "no notification")
    #expect(!lines[..<driverOK].contains { $0.contains("write32 0x050") }, "a notification before DRIVER_OK")
  }

  /// Registers of queues as Linux's `vm_setup_vq`, or `setup_vq` and then `vp_modern_find_vqs`, access them.
  private static func queueSteps(_ transport: Rig.Transport, _ count: Int) -> [String] {
    let parts = (0..<3).flatMap { part in (0..<2).map { "address \(part).\($0)" } }
    switch transport {
    case .mmio:
      return (0..<count).flatMap { queue in
        (["ready?", "size?", "size"] + parts + ["enable"]).map { "\($0) \(queue)" }
      }
    case .msix, .intx:
      let vector = transport == .msix ? ["vector", "vector?"] : []
      return (0..<count).flatMap { queue in
        (["size?", "ready?", "size"] + parts + vector).map { "\($0) \(queue)" }
      } + (0..<count).map { "enable \($0)" }
    }
  }

  @Test(arguments: Rig.transports)
  func `queues are looked at, set up and enabled as Linux does it: over PCI all at the end`(rig: Rig) throws {
    let platform = try rig.platform()
    let recorder = Recorder(platform)
    try platform.boot()
    let steps = recorder.steps.prefix { $0 != .status(15) }.compactMap { step -> String? in
      switch step {
      case .queueEnableRead(let queue, _): "ready? \(queue)"
      case .queueSizeRead(let queue, _): "size? \(queue)"
      case .queueSize(let queue, _): "size \(queue)"
      case .queueAddress(let queue, let part, let half, _): "address \(part).\(half) \(queue)"
      case .queueVector(let queue, _): "vector \(queue)"
      case .queueVectorRead(let queue, _): "vector? \(queue)"
      case .queueEnable(let queue, _): "enable \(queue)"
      default: nil
      }
    }
    #expect(steps == Self.queueSteps(rig.transport, 4))
  }

  @Test(arguments: [0, 1, 2, 3, 5])
  func `a vector of one queue has its handler once the queue is set up, and shared ones before all, as in Linux`(
    vectors: Int
  ) throws {
    var rig = Rig(transport: .msix)
    rig.vectors = vectors
    let (platform, _) = try rig.boot()
    let steps = platform.kernel.log.lines(.virtio, .interrupt).compactMap { line -> String? in
      let words = line.split(separator: " ").map(String.init)
      if let place = words.firstIndex(of: "setup_vq") { return words[place + 2] }
      return words.contains("request_irq") && line.contains("name=virtio0") ? words.last! : nil
    }
    let queues = ["control", "decap.0", "encap.0", "notify"]
    let name = "name=virtio0"
    let expected: [String] =
      switch vectors {
      case 0, 1: [name] + queues
      case 5: ["\(name)-config"] + queues.flatMap { [$0, "\(name)-\($0)"] }
      default: ["\(name)-config", "\(name)-virtqueues"] + queues
      }
    #expect(steps == expected)
  }

  @Test(arguments: Rig.transports)
  func `features are written before the driver looks at the device, and again where it takes some away`(
    rig: Rig
  ) throws {
    for extra in [FeatureSet(), FeatureSet(bit: Int(Feature.multiPacket.rawValue))] {
      // What only 2.0 has, a driver that speaks 1.0 takes away.
      var rig = rig
      rig.version = .v1_0
      let platform = try rig.platform()
      let recorder = Recorder(platform)
      recorder.forgeFeatures { $0.formUnion(extra) }
      try platform.boot()
      #expect(platform.instances.count == 1)
      let steps = recorder.steps
      let looked = try #require(steps.firstIndex { if case .configurationRead = $0 { true } else { false } })
      let written = steps.indices.filter {
        if case .driverFeatures(let word, _) = steps[$0] { word == 0 } else { false }
      }
      #expect(written.count == (extra.isEmpty ? 1 : 2))
      #expect(written.first! < looked && written.dropFirst().allSatisfy { $0 > looked })
    }
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
