import Device
import DeviceTree
import Driver
import Spec
import Testbench
import Testing
import Virtio
import Wire

extension Recorder {
  /// Changes the features that the driver finds.
  func forgeFeatures(_ change: @escaping (inout FeatureSet) -> Void) {
    forge = { [unowned self] access in
      let places: [(Access.Place, Int, Int)] = [(.mmio, 0x010, 0x014), (.bar4, 0x04, 0x00)]
      guard let (_, _, selector) = places.first(where: { $0.0 == access.place && $0.1 == access.offset }),
        let word = accesses.last(where: { $0.isWrite && $0.place == access.place && $0.offset == selector })?.value
      else { return nil }
      var features: FeatureSet = []
      features.setWord(word, access.value)
      change(&features)
      return features.word(word)
    }
  }

  /// What the driver accepted.
  var accepted: FeatureSet { RegisterReplay(steps).accepted }
}

/// Features, reset and configuration, with a device that offers and answers what it should not.
@Suite struct NegotiationTests {
  static let known = Feature.allCases.reduce(into: FeatureSet()) { $0.formUnion(FeatureSet(bit: Int($1.rawValue))) }
    .union([.accessPlatform, .orderPlatform])

  @Test(.conforms("FEAT-R-02", "FEAT-R-05"), arguments: Feature.allCases.filter { $0 != .version1 })
  func `without any one feature the driver works, without all that needs it, too`(feature: Feature) throws {
    let platform = try Rig().platform()
    let recorder = Recorder(platform), bit = FeatureSet(bit: Int(feature.rawValue))
    recorder.forgeFeatures { $0.subtract(bit) }
    try platform.boot()
    let instance = try #require(platform.instances.first)
    #expect(instance.virtio.features.isDisjoint(with: bit))
    #expect(instance.virtio.features.closed(under: platform.driver.requirements) == instance.virtio.features)
    var configuration = Samples.gcmTunnel()
    configuration.tunnel?.propagatesECN = feature != .ecn
    configuration.replayWindow = feature == .antiReplayCheck ? 0 : 64
    let sa = try instance.addSA(configuration, direction: .outbound)
    #expect(try Samples.peer().open(instance.process(Samples.packet(), on: sa)) == Samples.packet())
  }

  @Test(.conforms("FEAT-R-04", "FEAT-R-07", "RSVD-R-08"), arguments: Rig.transports)
  func `of a device that offers every bit, the driver accepts what it knows, and works`(rig: Rig) throws {
    let platform = try rig.platform { $0.features = nil }
    let recorder = Recorder(platform)
    recorder.forgeFeatures { features in
      // What the driver knows, and the device behind cannot take, it would refuse.
      features = FeatureSet(rawValue: .max).subtracting([.orderPlatform, .accessPlatform, .notificationConfigData])
    }
    try platform.boot()
    #expect(recorder.accepted.isSubset(of: Self.known))
    #expect(recorder.accepted.isDisjoint(with: [.srIOV, .adminQueue, .suspend]))
    #expect(recorder.statusWrites.last == 15)
  }

  @Test(.conforms("FEAT-R-06"), arguments: Rig.transports)
  func `without VIRTIO_F_VERSION_1 the driver gives up`(rig: Rig) throws {
    let platform = try rig.platform()
    let recorder = Recorder(platform)
    recorder.forgeFeatures { $0.remove(.version1) }
    try platform.boot()
    #expect(recorder.statusWrites.last == 0x83)
    #expect(!recorder.statusWrites.contains { $0 & 4 != 0 })
  }

  @Test(.conforms("RSVD-R-05", "RSVD-R-06", "RSVD-R-10"), arguments: Rig.transports)
  func `packed rings, platform order and names for queues are accepted where they are offered`(rig: Rig) throws {
    var session = Session(rig: rig, features: Self.known.union([.ringPacked, .notificationConfigData]))
    session.rig.isPacked = true
    let (platform, recorder, _) = try session.boot()
    withExtendedLifetime(platform) {}
    #expect(recorder.accepted.isSuperset(of: [.ringPacked, .orderPlatform]))
    #expect(recorder.accepted.contains(.notificationConfigData) == (rig.transport != .mmio))
  }

  @Test(.conforms("INIT-R-02"), arguments: Rig.transports)
  func `the configuration is only read before FEATURES_OK, and the version is the first that is written`(
    rig: Rig
  ) throws {
    let (platform, recorder, _) = try Session(rig: rig, features: []).boot()
    withExtendedLifetime(platform) {}
    let written = recorder.steps.compactMap { if case .configurationWrite(let offset) = $0 { offset } else { nil } }
    #expect(written.first == 8)
    let early = recorder.steps.prefix { $0 != .status(11) }
    #expect(!early.contains { if case .configurationWrite = $0 { true } else { false } })
  }

  // MARK: Failure

  private static let failures = Rig.transports.flatMap { rig in
    [FaultPoint.allocation, .mapping, .command].map { (rig, $0) }
  }

  @Test(.conforms("INIT-R-04", "INIT-R-05", "STATUS-R-03"), arguments: failures)
  func `a probe that fails sets FAILED, does nothing more, and starts over with a reset`(
    rig: Rig, point: FaultPoint
  ) throws {
    for index in 0..<200 {
      let platform = try rig.platform(), kernel = platform.kernel, module = platform.modules.last!
      try kernel.populatePlatform()
      for module in platform.modules.dropLast() { try kernel.load(module) }
      let recorder = Recorder(platform)
      kernel.faults.arm(point, at: index)
      try kernel.load(module)
      guard kernel.faults.hitCount > 0 else {
        #expect(index > 0)
        return
      }
      kernel.faults.arm(nil)
      guard platform.instances.isEmpty else { continue }
      let steps = recorder.steps
      let failed = try #require(
        steps.lastIndex { if case .status(let value) = $0 { value & 0x80 != 0 } else { false } })
      let isOver = steps[(failed + 1)...].allSatisfy { if case .statusRead = $0 { true } else { false } }
      #expect(isOver, "\(point) \(index): \(steps[failed...])")
      try kernel.unload(module.name)
      try kernel.load(module)
      let next = recorder.steps[steps.count...].first { if case .status = $0 { true } else { false } }
      #expect(next == .status(0), "\(point) \(index)")
      #expect(platform.instances.count == 1)
    }
    Issue.record("200 points are not all")
  }

  @Test(.conforms("RESET-R-01", "PCOM-R-05"), arguments: Rig.transports)
  func `a reset that takes its time is waited for`(rig: Rig) throws {
    let platform = try rig.platform()
    let recorder = Recorder(platform)
    var delay = 3
    recorder.forge = { [unowned recorder] access in
      guard access.isAt(mmio: 0x070, pci: 0x14), recorder.statusWrites.last == 0, delay > 0 else { return nil }
      delay -= 1
      return 0x0f
    }
    try platform.boot()
    #expect(delay == 0 && platform.instances.count == 1)
    RegisterReplay(recorder.steps).findings.expect(["RESET-R-01", "INIT-R-01"])
  }

  // MARK: Configuration

  @Test(.conforms("CONF-R-01", "CONF-R-02"), arguments: Rig.transports)
  func `a configuration that changes while it is read is read again`(rig: Rig) throws {
    let platform = try rig.platform()
    let recorder = Recorder(platform)
    var generations = 0
    recorder.forge = { access in
      if access.isAt(mmio: 0x0fc, pci: 0x15) {
        generations += 1
        return generations == 1 ? access.value &+ 7 : nil
      }
      // What is read before the change has more queues, and another version.
      let start = access.place == .mmio ? 0x104 : access.place == .bar4 ? 0x2004 : .max
      return access.offset >= start && generations == 1 ? 0x0900_0000 : nil
    }
    try platform.boot()
    let instance = try #require(platform.instances.first)
    #expect(generations == 4)
    #expect(instance.version == .v2_0 && instance.dataQueueCount == 2)
  }

  @Test(.conforms("CONF-R-04", "CONF-R-05"), arguments: [0, 1, 2, 3, 4, 5, 6, 64, 960])
  func `a configuration may be larger than the driver needs, and not smaller`(words: Int) throws {
    var tree = PlatformTree.board(hasPCI: false)
    let index = tree.root.children.firstIndex { $0.name.hasPrefix("virtio") }!
    tree.root.children[index].properties.removeAll { $0.name == "reg" }
    tree.root.children[index].properties.append(
      Property("reg", cells: [0, UInt32(PlatformTree.Address.virtio), 0, UInt32(0x100 + 4 * words)]))
    let platform = try Platform(tree)
    try platform.boot()
    #expect(platform.instances.count == (words >= Spec.v2_0.registers.count ? 1 : 0))
  }
}
