import Testing

@testable import Virtio

/// What a device's maker may ask for.
@Suite struct ProfileTests {
  private func profile(_ change: (inout DeviceProfile) -> Void) -> DeviceProfile {
    var profile = Bench.profile
    change(&profile)
    return profile
  }

  @Test(arguments: [true, false])
  func `queues have a size that their formats allow`(isPacked: Bool) {
    for (size, isSplit) in [(0, true), (1, true), (100, false), (32767, false), (32768, true)] {
      let profile = profile {
        $0.queueSizes = [size]
        if !isPacked { $0.features.remove(.ringPacked) }
      }
      #expect((profile.mistake == nil) == (isPacked || isSplit), "\(size)")
    }
    for size in [-1, 32769, 65536, 70000] { #expect(profile { $0.queueSizes = [size] }.mistake != nil, "\(size)") }
    #expect(profile { $0.queueSizes = Array(repeating: 1, count: 65537) }.mistake != nil)
  }

  @Test func `what is writable is there`() {
    for part in [15..<17, 16..<20] { #expect(profile { $0.writableConfiguration = [part] }.mistake != nil) }
  }

  @Test func `a PCI function has room for what it presents`() {
    func isSound(_ device: DeviceProfile, _ change: (inout PCIProfile) -> Void = { _ in }) -> Bool {
      var pci = PCIProfile()
      change(&pci)
      return pci.mistake(of: device) == nil
    }
    for (count, expected) in [(0, true), (4096, true), (4097, false)] {
      #expect(isSound(profile { $0.configuration = Array(repeating: 0, count: count) }) == expected)
    }
    for (vectors, expected) in [(-1, false), (0, true), (2048, true), (2049, false)] {
      #expect(isSound(Bench.profile) { $0.vectors = vectors } == expected)
    }
    for (count, expected) in [(0xffff, true), (0x1_0000, false)] {
      #expect(isSound(profile { $0.queueSizes = Array(repeating: 1, count: count) }) { $0.vectors = 1 } == expected)
    }
    for (multiplier, expected) in [
      (0, true), (1, false), (2, false), (3, false), (4, true), (12, false), (64, true), (1 << 30, true),
      (1 << 31, false),
    ] {
      #expect(isSound(Bench.profile) { $0.notifyMultiplier = UInt32(multiplier) } == expected)
    }
    for (id, expected) in [(0, false), (1, true), (63, true), (64, false)] {
      #expect(isSound(profile { $0.deviceID = UInt16(id) }) == expected)
    }
  }

  @Test func `a profile that cannot be makes no device`() async {
    await #expect(processExitsWith: .failure) {
      var profile = Bench.profile
      profile.queueSizes = [70000]
      _ = try Bench(.mmio, profile: profile)
    }
    await #expect(processExitsWith: .failure) {
      var pci = PCIProfile()
      pci.notifyMultiplier = 3
      _ = try Bench(.pci, pci: pci)
    }
  }
}
