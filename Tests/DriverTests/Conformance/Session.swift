import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// A rig, the features at hand, and everything that a driver's life with it brings, recorded.
struct Session: Sendable, CustomStringConvertible {
  var rig: Rig
  /// Of those for queues and notifications, what the driver is to accept.
  var features: FeatureSet

  var description: String { "\(rig), \(features)" }

  private static let ringFeatures: [FeatureSet] = [
    [], [.eventIndex, .orderPlatform], [.inOrder, .notificationData], [.eventIndex, .inOrder, .notificationConfigData],
    [.notificationData, .notificationConfigData, .indirectDescriptors],
  ]

  /// Every transport with both ring formats and several sets of features.
  static let all: [Session] = Rig.Transport.allCases.flatMap { transport in
    [false, true].flatMap { isPacked in
      ringFeatures.map { features in
        Session(
          rig: Rig(transport: transport, isPacked: isPacked), features: features.union(isPacked ? .ringPacked : []))
      }
    }
  }
  static let split = all.filter { !$0.rig.isPacked }
  static let packed = all.filter { $0.rig.isPacked }
  static let mmio = all.filter { $0.rig.transport == .mmio }
  static let pci = all.filter { $0.rig.transport != .mmio }

  /// A platform whose device offers everything, and whose driver accepts the session's; not booted yet.
  func platform(_ change: (inout AcceleratorProfile) -> Void = { _ in }) throws -> (Platform, Recorder) {
    var parameters = IPsecDriver.Parameters()
    parameters.features = FeatureSet.deviceType.union([.version1, .accessPlatform]).union(features)
    parameters.notificationBuffers = 2
    var profile = rig.profile
    profile.features.formUnion([.accessPlatform, .orderPlatform, .notificationConfigData])
    change(&profile)
    let tree = PlatformTree.board(mmio: rig.transport == .mmio ? [63] : [nil])
    let platform = try Platform(tree, profile: profile, parameters: parameters)
    if rig.transport != .mmio {
      var pci = rig.pciProfile
      pci.notificationDataBase = 0x5a00
      try platform.insert(into: Rig.slot, pci: pci)
    }
    return (platform, Recorder(platform))
  }

  func boot(_ change: (inout AcceleratorProfile) -> Void = { _ in }) throws -> (Platform, Recorder, IPsecInstance) {
    let (platform, recorder) = try platform(change)
    try platform.boot()
    return (platform, recorder, try #require(platform.instances.first, "\(self)"))
  }

  /// A whole life: probe, SAs, packets one by one, in pieces and in batches, events, recovery, sleep, and removal with
  /// requests in flight.
  func live() throws -> Recorder {
    let (platform, recorder, instance) = try boot()
    let kernel = platform.kernel
    var configuration = Samples.gcmTunnel()
    configuration.events = [.sequencePeriodic]
    configuration.eventInterval = 4
    let outbound = try instance.addSA(configuration, direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    func traffic(_ count: Int) throws {
      for seed in 0..<count {
        let packet = Samples.packet(40, seed: UInt8(seed))
        #expect(try instance.process(instance.process(packet, on: outbound), on: inbound) == packet)
      }
      for pieces in [1, 3, 5] {
        let batch = try (0..<6).map {
          try IPsecRequest(Samples.packet(60, seed: $0), on: outbound, kernel, pieces: pieces)
        }
        try instance.submit(batch)
        for request in batch { _ = try instance.wait(for: request) }
        for request in batch { request.free(kernel) }
      }
    }
    try traffic(30)
    rig.needReset(platform)
    kernel.scheduler.run()
    try traffic(2)
    try kernel.suspendSystem()
    #expect(kernel.resumeSystem() == [])
    try traffic(2)
    let hold = Hold(rig.accelerator(platform))
    let requests = try (0..<3).map { try IPsecRequest(Samples.packet(seed: $0), on: outbound, kernel) }
    for request in requests { try instance.submit([request]) }
    try kernel.unload("virtio_ipsec")
    withExtendedLifetime(hold) {}
    #expect(requests.allSatisfy { $0.outcome == .cancelled(.ENODEV) })
    #expect(kernel.dma.complaints == [])
    return recorder
  }
}
