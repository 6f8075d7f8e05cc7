import Testing

@testable import Virtio

/// PCI and PCAP: configuration space and capabilities of the device.
@Suite struct PCITests {
  @Test(.conforms("PCI-D-01", "PCI-D-02", "PCI-D-03", "PCI-D-04"))
  func `the header identifies a modern virtio device, and BARs can be sized`() throws {
    let bench = try Bench(.pci)
    let pci = bench.pci!
    #expect(pci.readConfiguration(at: 0, byteCount: 4) == 0x1054_1af4)
    #expect(pci.readConfiguration(at: 6, byteCount: 2) & 0x10 != 0)
    for (bar, size, type) in [(0, 0, 0), (1, 0x1000, 0), (4, 0x4000, 0xc)] as [(Int, UInt32, UInt32)] {
      pci.writeConfiguration(at: 0x10 + 4 * bar, byteCount: 4, .max)
      let sized = pci.readConfiguration(at: 0x10 + 4 * bar, byteCount: 4)
      #expect(size == 0 ? sized == 0 : ~(sized & ~0xf) + 1 == size)
      #expect(sized & 0xf == type)
    }
    #expect(bench.pciCapabilities.count == 6)
    pci.writeConfiguration(at: 0, byteCount: 4, 0)
    #expect(pci.readConfiguration(at: 0, byteCount: 4) == 0x1054_1af4)
  }

  @Test(.conforms("PCI-D-05", "PCI-D-06"))
  func `revision and subsystem ID are those of a modern device`() throws {
    for (subsystem, isSound) in [(0, false), (0x3f, false), (0x40, true), (0xffff, true)] {
      var pci = PCIProfile()
      pci.subsystemID = UInt16(subsystem)
      #expect((pci.mistake(of: Bench.profile) == nil) == isSound, "\(subsystem)")
      guard isSound else { continue }
      #expect(try Bench(.pci, pci: pci).pci!.readConfiguration(at: 0x2e, byteCount: 2) == UInt32(subsystem))
    }
    let usual = try Bench(.pci)
    #expect(usual.pci!.readConfiguration(at: 8, byteCount: 1) >= 1)
    #expect(usual.pci!.readConfiguration(at: 0x2e, byteCount: 2) >= 0x40)
  }

  @Test(
    .conforms(
      "PCAP-D-01", "PCAP-D-02", "PCAP-D-03", "PCAP-D-04", "PCAP-D-08", "PCOM-D-01", "PCOM-D-02", "PNOT-D-01",
      "PISR-D-01"))
  func `there is one capability of each type, as long and as aligned as it should be`() throws {
    let found = try Bench(.pci).pciStructures
    #expect(found.map(\.type) == [1, 3, 4, 2, 5])
    #expect(found.map(\.capLength) == [16, 16, 16, 20, 20])
    for structure in found where [1, 4].contains(structure.type) { #expect(structure.offset % 4 == 0) }
    #expect(found[0].length == 0x40)
  }

  @Test(
    .conforms(
      "PNOT-D-02", "PNOT-D-03", "PNOT-D-04", "PNOT-D-05", "PNOT-D-06", "PNOT-D-07", "PNOT-D-08", "PNOT-D-09"),
    arguments: [0, 4, 16, 4096] as [UInt32], [true, false])
  func `the notification structure has room for every queue`(multiplier: UInt32, hasData: Bool) throws {
    var pci = PCIProfile()
    pci.notifyMultiplier = multiplier
    var profile = Bench.profile
    if !hasData { profile.features.remove(.notificationData) }
    let bench = try Bench(.pci, profile: profile, pci: pci)
    let notify = try #require(bench.pciStructures.first { $0.type == 2 })
    #expect(bench.pci!.readConfiguration(at: notify.capability + 16, byteCount: 4) == multiplier)
    #expect(notify.offset % 4 == 0)
    for queue in 0..<3 {
      bench.pci!.writeBAR(4, at: 0x16, byteCount: 2, UInt32(queue))
      let offset = bench.pci!.readBAR(4, at: 0x1e, byteCount: 2)
      #expect(notify.length >= offset * multiplier + 4)
    }
  }

  @Test(.conforms("PCI-T-01"), arguments: [0, 4, 64] as [UInt32])
  func `a kick goes to the queue's own address`(multiplier: UInt32) throws {
    var pci = PCIProfile()
    pci.notifyMultiplier = multiplier
    let bench = try Bench(.pci, pci: pci)
    let (session, _) = try bench.bringUp()
    let second = try session.makeQueue(1, size: 8, at: 0x4000)
    try second.send()
    #expect(bench.trace.accesses.last { $0.isKick }?.offset == PCIFunction.notifyOffset + Int(multiplier))
    #expect(bench.function.notifications == [1])
  }

  @Test(.conforms("PCAP-D-09", "PCAP-D-10", "PCI-D-07"))
  func `every register can be reached through configuration space`() throws {
    let bench = try Bench(.pci)
    let pci = bench.pci!
    let window = try #require(bench.pciStructures.first { $0.type == 5 }).capability
    func point(at offset: UInt32, _ length: UInt32) {
      pci.writeConfiguration(at: window + 4, byteCount: 1, 4)
      pci.writeConfiguration(at: window + 8, byteCount: 4, offset)
      pci.writeConfiguration(at: window + 12, byteCount: 4, length)
    }
    point(at: 0x14, 1)
    pci.writeConfiguration(at: window + 16, byteCount: 1, 1)
    #expect(bench.device.status == .acknowledge)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 1) == 1)
    point(at: 0x2000, 4)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 4) == 0x0403_0201)
    point(at: 0x2004, 2)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 2) == 0x0605)
    bench.device.needReset()
    bench.pci!.configurationInterrupt()
    point(at: 0x1000, 1)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 1) == 2)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 1) == 0)
    point(at: 0x12, 2)
    #expect(pci.readConfiguration(at: window + 16, byteCount: 2) == 3)
    for length in [0, 3, 8] as [UInt32] {
      point(at: 0x14, length)
      pci.writeConfiguration(at: window + 16, byteCount: 1, 0)
      #expect(!bench.device.status.isEmpty)
    }
    for (first, second) in [(0x24, 0x20), (0x20, 0x24)] {
      pci.writeBAR(4, at: first, byteCount: 4, 1)
      pci.writeBAR(4, at: second, byteCount: 4, 2)
      #expect(pci.readBAR(4, at: first, byteCount: 4) == 1)
      #expect(pci.readBAR(4, at: second, byteCount: 4) == 2)
    }
  }
}
