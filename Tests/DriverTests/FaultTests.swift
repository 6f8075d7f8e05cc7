import Driver
import Spec
import Testbench
import Testing
import Virtio

/// Failure at every point that a probe passes, one at a time.
@Suite struct FaultTests {
  struct Case: Sendable, CustomStringConvertible {
    var rig: Rig
    var point: FaultPoint
    var isLasting: Bool
    /// Without a vector of its own a queue shares one, and without any there is the line.
    var isSurvived: Bool { point == .interrupt && rig.transport == .msix && !isLasting }
    var description: String { "\(point.rawValue)\(isLasting ? ", and all that follow," : "") of \(rig)" }
  }

  static let cases = Rig.all.flatMap { rig in
    FaultPoint.allCases.flatMap { point in [false, true].map { Case(rig: rig, point: point, isLasting: $0) } }
  }

  @Test(arguments: cases)
  func `a probe that fails anywhere leaves nothing behind`(test: Case) throws {
    let count = try probe(test, at: nil).count
    #expect(count > 0 || test.point == .interrupt)
    var failed = 0
    for index in 0..<count {
      let outcome = try probe(test, at: index)
      #expect(outcome.hits > 0)
      if !outcome.isBound { failed += 1 }
    }
    #expect(failed >= count - harmless(test, of: count))
    if test.isSurvived { #expect(failed == 0) }
  }

  /// Faults out of a number that a probe may get over.
  private func harmless(_ test: Case, of count: Int) -> Int {
    switch test.point {
    // A register that reads wrong once may do no harm, and so may the last accesses of a probe; all else is noticed.
    case .register: test.isLasting ? 4 : count - 1
    // Whatever fails once while queues are set up, is tried again with fewer vectors.
    case .allocation, .mapping: test.rig.transport == .msix && !test.isLasting ? count - 1 : 0
    case .interrupt: test.isSurvived ? count : 0
    case .command: 0
    }
  }

  /// Loads the driver with a fault, and unloads it; what it left behind is an issue.
  private func probe(_ test: Case, at index: Int?) throws -> (count: Int, hits: Int, isBound: Bool) {
    let platform = try test.rig.platform()
    let kernel = platform.kernel
    try kernel.populatePlatform()
    for module in platform.modules.dropLast() { try kernel.load(module) }
    let before = platform.footprint
    kernel.faults.arm(index == nil ? nil : test.point, at: index ?? 0, isLasting: test.isLasting)
    let module = platform.modules.last!
    try kernel.load(module)
    let result = (kernel.faults.counts[test.point, default: 0], kernel.faults.hitCount, !platform.instances.isEmpty)
    kernel.faults.arm(nil)
    if !result.2 {
      #expect(platform.footprint == before, "\(test), at \(index ?? -1)")
      #expect(kernel.bus("virtio")?.devices.allSatisfy { $0.resources.count == 0 } == true)
    }
    try kernel.unload(module.name)
    #expect(platform.footprint == before, "\(test), at \(index ?? -1), after unloading")
    // The same device can be driven afterwards.
    try kernel.load(module)
    #expect(platform.instances.count == 1, "\(test), at \(index ?? -1): no second chance")
    return result
  }

  @Test(arguments: Rig.transports, FaultPoint.allCases)
  func `a transport's probe that fails anywhere leaves nothing behind`(rig: Rig, point: FaultPoint) throws {
    for isLasting in [false, true] {
      let test = Case(rig: rig, point: point, isLasting: isLasting)
      let count = try probeTransport(test, at: nil).count
      for index in 0..<count {
        let isBound = try probeTransport(test, at: index).isBound
        // Whatever fails for good is noticed, but in the last accesses of a probe.
        if isLasting, index < count - harmless(test, of: count) { #expect(!isBound, "\(test), at \(index)") }
      }
    }
  }

  /// Loads the transport's driver with a fault, where the accelerator's waits, and unloads it.
  private func probeTransport(_ test: Case, at index: Int?) throws -> (count: Int, isBound: Bool) {
    let platform = try test.rig.platform(), kernel = platform.kernel
    try kernel.populatePlatform()
    let name = test.rig.transport == .mmio ? "virtio_mmio" : "virtio_pci"
    let transport = try #require(platform.modules.first { $0.name == name })
    for module in platform.modules where module.name != name { try kernel.load(module) }
    let before = platform.footprint
    kernel.faults.arm(index == nil ? nil : test.point, at: index ?? 0, isLasting: test.isLasting)
    try kernel.load(transport)
    let result = (kernel.faults.counts[test.point, default: 0], !platform.instances.isEmpty)
    #expect(index == nil || kernel.faults.hitCount > 0)
    kernel.faults.arm(nil)
    try kernel.unload(name)
    #expect(platform.footprint == before, "\(test), at \(index ?? -1)")
    try kernel.load(transport)
    #expect(platform.instances.count == 1, "\(test), at \(index ?? -1): no second chance")
    return result
  }

  @Test func `a command that gets lost times out, and its keys do not stay in memory`() throws {
    let (platform, instance) = try Rig().boot()
    defer { withExtendedLifetime(platform) {} }
    let before = platform.footprint
    platform.kernel.faults.arm(.command)
    let error = #expect(throws: DriverError.self) {
      try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    }
    #expect(error?.errno == .ETIMEDOUT)
    #expect(instance.counters.timeouts == 1)
    platform.kernel.faults.arm(nil)
    _ = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    try platform.kernel.unload("virtio_ipsec")
    #expect(platform.footprint.memory <= before.memory)
    let memory = try platform.memory.bytes(address: PlatformTree.Address.memory, byteCount: 8 << 20)
    #expect(!memory.contains(subsequence: Samples.key))
  }
}

extension Array where Element == UInt8 {
  /// Whether the bytes stand in here, one after the other.
  func contains(subsequence: [UInt8]) -> Bool {
    withUnsafeBytes { all in
      subsequence.withUnsafeBytes { wanted in
        (0...Swift.max(0, all.count - wanted.count)).contains { start in
          all[start] == wanted[0] && all[start + 1] == wanted[1]
            && all[start..<start + wanted.count].elementsEqual(wanted)
        }
      }
    }
  }
}
