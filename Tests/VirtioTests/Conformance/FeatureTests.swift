import Testing

@testable import Virtio

/// FEAT and RSVD: what is offered, and what is accepted.
@Suite struct FeatureTests {
  private func offer(_ features: FeatureSet, to kind: TransportKind) throws -> Bench {
    var profile = Bench.profile
    profile.features = features.union(.version1)
    return try Bench(kind, profile: profile)
  }

  /// What a driver accepts of an offer that the device itself would not make.
  private func accepted(
    of forged: FeatureSet, _ kind: TransportKind, _ driver: DriverProfile = Bench.driverProfile
  ) throws -> FeatureSet {
    let bench = try Bench(kind)
    var select: UInt32 = 0
    bench.trace.before = { access in
      if access.isRegister(\MMIORegisters.deviceFeaturesSelect)
        || access.isRegister(\CommonConfiguration.deviceFeatureSelect)
      {
        select = access.value
      }
    }
    bench.trace.forge = { access in
      access.isRegister(\MMIORegisters.deviceFeatures) || access.isRegister(\CommonConfiguration.deviceFeature)
        ? forged.word(select) : nil
    }
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try? session.negotiate(driver)
    #expect(bench.device.accepted == session.features)
    return session.features
  }

  @Test(.conforms("FEAT-D-01"), arguments: TransportKind.allCases)
  func `no feature is offered without what it needs`(kind: TransportKind) throws {
    for bits in 0..<4 {
      let bench = try offer(FeatureSet(rawValue: UInt128(bits)), to: kind)
      #expect(bench.device.offered.unmet(Bench.profile.requirements).isEmpty)
      #expect(bench.device.offered.contains(.feature1) == (bits == 3))
    }
  }

  @Test(.conforms("FEAT-D-02", "FEAT-D-05"), arguments: TransportKind.allCases)
  func `every valid subset is accepted, again after a reset`(kind: TransportKind) throws {
    let optional: [FeatureSet] = [.feature0, .indirectDescriptors, .eventIndex, .ringPacked, .inOrder]
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    for bits in 0..<32 {
      let chosen = optional.indices.filter { bits >> $0 & 1 == 1 }.map { optional[$0] }
      for _ in 0..<2 {
        transport.writeStatus([])
        transport.writeFeatures(FeatureSet(chosen).union(.version1))
        transport.writeStatus([.acknowledge, .driver, .featuresOK])
        #expect(transport.readStatus().contains(.featuresOK))
      }
    }
  }

  @Test(.conforms("FEAT-D-03"), arguments: TransportKind.allCases)
  func `an invalid set leaves FEATURES_OK clear`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    let invalid: [FeatureSet] = [
      [.version1, .feature1], [.feature0], [.version1, FeatureSet(bit: 5)], [.version1, FeatureSet(bit: 100)],
      [.version1, .srIOV],
    ]
    for features in invalid {
      transport.writeStatus([])
      transport.writeFeatures(features)
      transport.writeStatus([.acknowledge, .driver, .featuresOK])
      #expect(!transport.readStatus().contains(.featuresOK), "\(features)")
    }
  }

  @Test(.conforms("FEAT-D-04", "RSVD-D-01", "RSVD-D-04", "RSVD-D-05", "MMIO-T-03"), arguments: TransportKind.allCases)
  func `the offer keeps to what is defined for the transport`(kind: TransportKind) throws {
    let bench = try offer(FeatureSet(rawValue: .max), to: kind)
    let offered = try bench.makeTransport().readFeatures()
    #expect(offered == bench.device.offered)
    #expect(offered.contains(.version1))
    for bit in [24, 25, 26, 27, 30, 31, 37, 41, 42, 44, 45, 46, 47, 48, 49] {
      #expect(!offered.contains(FeatureSet(bit: bit)), "bit \(bit)")
    }
    #expect(offered.contains(.notificationConfigData) == (kind == .pci))
    let own = try Bench(kind).device.offered.intersection(.deviceType)
    #expect(own == [.feature0, .feature1])
  }

  @Test(arguments: TransportKind.allCases)
  func `ACCESS_PLATFORM and ORDER_PLATFORM are offered where the profile has them`(kind: TransportKind) throws {
    let platform: FeatureSet = [.accessPlatform, .orderPlatform]
    #expect(try offer(platform, to: kind).device.offered == platform.union(.version1))
    #expect(try offer([], to: kind).device.offered == .version1)
  }

  @Test(.conforms("FEAT-R-01", "FEAT-R-02", "FEAT-R-03", "FEAT-R-07"), arguments: TransportKind.allCases, 1...20)
  func `of a random offer the driver accepts a legal part`(kind: TransportKind, seed: UInt64) throws {
    var generator = SplitMix(seed: seed)
    for _ in 0..<20 {
      let offer = FeatureSet(rawValue: UInt128(generator.next()) | UInt128(generator.next()) << 64).union(.version1)
      let accepted = try accepted(of: offer, kind)
      #expect(accepted.isSubset(of: offer))
      #expect(accepted.unmet(Bench.profile.requirements).isEmpty)
      #expect(accepted.contains(.version1))
    }
    #expect(try !accepted(of: [.version1, .feature1], kind).contains(.feature1))
  }

  @Test(.conforms("FEAT-R-04", "RSVD-R-01", "RSVD-R-08"), arguments: TransportKind.allCases)
  func `of an offer of all ones the driver accepts what it knows`(kind: TransportKind) throws {
    let all = FeatureSet(rawValue: .max)
    #expect(try accepted(of: all, kind) == Bench.driverProfile.supported)
    let unknown: FeatureSet = [.srIOV, .adminQueue, FeatureSet(bit: 49)]
    #expect(try accepted(of: all, kind, DriverProfile(supported: all)).isDisjoint(with: unknown))
  }

  @Test(.conforms("FEAT-R-05"), arguments: TransportKind.allCases)
  func `a driver works without each optional feature`(kind: TransportKind) throws {
    let optional: [FeatureSet] = [.feature0, .feature1, .indirectDescriptors, .ringReset, .suspend]
    for withheld in optional {
      let bench = try offer(Bench.profile.features.subtracting(withheld), to: kind)
      let (_, queue) = try bench.bringUp()
      try queue.send()
      #expect(try queue.reap()?.byteCount == 2)
    }
  }

  @Test(arguments: TransportKind.allCases)
  func `a driver fails without a feature that it requires`(kind: TransportKind) throws {
    let bench = try offer([], to: kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    let profile = DriverProfile(supported: .feature0, required: .feature0)
    #expect(throws: VirtioError.featuresRefused) { try session.negotiate(profile) }
    #expect(bench.trace.statusWrites.last == 0x83)
  }

  @Test(.conforms("RSVD-R-02", "RSVD-R-05", "RSVD-R-06", "RSVD-R-10"))
  func `a driver that supports everything accepts what it should`() throws {
    let accepted = try accepted(of: FeatureSet(rawValue: .max), .pci, DriverProfile(supported: .common))
    #expect(accepted.isSuperset(of: [.accessPlatform, .ringPacked, .orderPlatform, .notificationConfigData]))
  }

  @Test(.conforms("RSVD-R-07"), arguments: RingFormat.allCases)
  func `barriers suit what was negotiated`(format: RingFormat) throws {
    for (features, barrier) in [(FeatureSet([]), Barrier.smp), (.orderPlatform, .platform)] {
      let ring = try RingBench(format, features: features)
      let log = MemoryLog()
      ring.driverMemory.observer = log
      try ring.add(readable: [4])
      _ = ring.kick()
      let fences = log.events.filter { if case .fence = $0 { true } else { false } }
      #expect(fences.count >= 2)
      #expect(fences.allSatisfy { $0 == .fence(barrier) })
    }
  }
}

/// A small generator whose seed reproduces a run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = (state ^ (state >> 30)) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
    return mixed ^ (mixed >> 31)
  }
}
