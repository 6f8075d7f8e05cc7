import Testing

@testable import Virtio

/// PCI, PCAP and PCOM: the driver's part.
@Suite struct PCIDriverTests {
  /// Width in bytes of each register of the common configuration, by offset.
  static let widths = [
    0x00: 4, 0x04: 4, 0x08: 4, 0x0c: 4, 0x10: 2, 0x12: 2, 0x14: 1, 0x15: 1, 0x16: 2, 0x18: 2, 0x1a: 2, 0x1c: 2, 0x1e: 2,
    0x20: 4, 0x24: 4, 0x28: 4, 0x2c: 4, 0x30: 4, 0x34: 4, 0x38: 2, 0x3a: 2, 0x3c: 2, 0x3e: 2,
  ]

  @Test(.conforms("PCI-R-01", "PCI-R-02"))
  func `the driver matches modern and transitional IDs`() {
    for device in UInt16(0x1000)...0x10ff {
      let expected: UInt16? =
        switch device {
        case 0x1040...0x107f: device - 0x1040
        default: [0x1000: 1, 0x1001: 2, 0x1002: 5, 0x1003: 3, 0x1004: 8, 0x1005: 4, 0x1009: 9][device]
        }
      #expect(PCIDriver.deviceID(vendor: 0x1af4, device: device) == expected)
      #expect(PCIDriver.deviceID(vendor: 0x8086, device: device) == nil)
    }
  }

  @Test(.conforms("PCI-R-03"), arguments: [0, 1, 255] as [UInt8])
  func `the driver takes any revision`(revision: UInt8) throws {
    var pci = PCIProfile()
    pci.revision = revision
    _ = try Bench(.pci, pci: pci).bringUp()
  }

  @Test(.conforms("PCI-R-04", "PCOM-R-01", "PCOM-R-04", "PCOM-R-06", "PCAP-R-07"))
  func `the driver accesses each register in its width, and writes what it may, enabling last`() throws {
    let bench = try Bench(.pci)
    let (session, queue) = try bench.bringUp([.ringPacked, .notificationConfigData])
    try queue.send()
    session.transport.writeConfiguration(at: 8, byteCount: 2, 1)
    _ = session.transport.takeInterruptCauses()
    let common = bench.trace.accesses.filter { $0.place == .bar4 && $0.offset < 0x1000 }
    for access in common {
      #expect(access.byteCount == Self.widths[access.offset])
      if access.isWrite { #expect(![0x04, 0x12, 0x15, 0x1e, 0x38, 0x3c, 0x3e].contains(access.offset)) }
    }
    #expect(bench.trace.accesses.allSatisfy { $0.offset % $0.byteCount == 0 })
    #expect(bench.trace.writes.filter { $0.place == .space }.map(\.offset) == [0x04])
    let enables = common.filter { $0.isWrite && $0.isRegister(\CommonConfiguration.queueEnable) }
    #expect(enables.map(\.value) == [1])
    let enable = try #require(common.firstIndex(of: enables[0]))
    #expect(!common[(enable + 1)...].contains { $0.isWrite && $0.offset >= 0x18 })
  }

  @Test(.conforms("PCOM-R-02", "PCOM-R-03"), arguments: [(100, false, 64), (16, false, 16), (10, true, 10)])
  func `the driver asks for sizes that the format has`(maximum: Int, isPacked: Bool, expected: Int) throws {
    var profile = Bench.profile
    profile.queueSizes = [128]
    let bench = try Bench(.pci, profile: profile)
    var driver = Bench.driverProfile
    if isPacked { driver.supported.formUnion(.ringPacked) }
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(driver)
    #expect(try session.makeQueue(0, size: maximum, at: 0x1000).size == expected)
    #expect(bench.device.queues[0].size == expected)
    #expect(throws: VirtioError.badQueueSize(0)) { try session.makeQueue(0, size: 0, at: 0x1000) }
    #expect(!bench.trace.writes.contains { $0.isRegister(\CommonConfiguration.queueSize) && $0.value == 0 })
  }

  @Test(
    arguments: [
      (0x38, []), (0x3a, .notificationConfigData), (0x3c, [.notificationConfigData, .ringReset]),
    ] as [(UInt8, FeatureSet)])
  func `the driver accepts no feature whose register lies beyond the structure`(
    length: UInt8, expected: FeatureSet
  ) throws {
    let bench = try Bench(.pci)
    let pci = bench.pci!
    let capabilities = bench.pciStructures.map { structure in
      var bytes = (0..<Int(structure.capLength)).map {
        UInt8(pci.readConfiguration(at: structure.capability + $0, byteCount: 1))
      }
      if structure.type == 1 { bytes[12] = length }
      return bytes
    }
    let transport = try PCIDriver(space: ForgedSpace(pci, capabilities)) { PCIWindow(pci, bar: $0) }
    let session = DriverSession(transport, memory: bench.driverMemory)
    try session.negotiate(DriverProfile(supported: .common))
    #expect(session.features.intersection([.notificationConfigData, .ringReset]) == expected)
  }

  @Test(
    .conforms("PCI-R-05", "PCI-R-06", "PCAP-R-01", "PCAP-R-02", "PCAP-R-03", "PCAP-R-04", "PCAP-R-06"))
  func `the driver finds its way through any capability list`() throws {
    let bench = try Bench(.pci)
    let plain = bench.pciStructures
    func driver(_ capabilities: [[UInt8]]) throws(VirtioError) -> PCIDriver {
      let pci = bench.pci!
      return try PCIDriver(space: ForgedSpace(pci, capabilities)) { PCIWindow(pci, bar: $0) }
    }
    let good = plain.map { structure in
      (0..<Int(structure.capLength)).map {
        UInt8(bench.pci!.readConfiguration(at: structure.capability + $0, byteCount: 1))
      }
    }
    func changed(_ capability: [UInt8], _ offset: Int, _ value: UInt8) -> [UInt8] {
      var copy = capability
      copy[offset] = value
      return copy
    }
    let reserved = [0, 6, 7, 10, 255, 9].map { changed(good[0], 3, $0) }
    let badBARs = [6, 255].map { changed(good[0], 4, $0) }
    let later = changed(good[0], 9, 0x20)
    let longer = good.map { changed($0, 2, $0[2] + 4) + [0, 0, 0, 0] }
    let large = good.map { changed($0, 15, 1) }
    for list in [reserved + good, badBARs + good, good + [later], longer, large, [[0x05, 0, 0, 0]] + good] {
      let found = try driver(list)
      found.writeStatus(.acknowledge)
      #expect(found.readStatus() == .acknowledge)
      found.writeStatus([])
    }
    for list in [[], [[0x05, 0, 0, 0]], Array(good.dropFirst()), [[0x09, 0, 4, 1]]] {
      let before = bench.device.status
      #expect(throws: VirtioError.self) { _ = try driver(list) }
      #expect(bench.device.status == before)
    }
  }
}
