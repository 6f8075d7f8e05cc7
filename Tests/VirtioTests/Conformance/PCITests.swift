import Testing

@testable import Virtio

/// PCI and PCAP: configuration space and capabilities.
@Suite struct PCITests {
  private func capabilities(of bench: Bench) -> [(offset: Int, id: UInt32)] {
    var found: [(Int, UInt32)] = []
    var offset = Int(bench.pci!.readConfiguration(at: 0x34, byteCount: 1))
    while offset != 0 && found.count < 48 {
      found.append((offset, bench.pci!.readConfiguration(at: offset, byteCount: 1)))
      offset = Int(bench.pci!.readConfiguration(at: offset + 1, byteCount: 1))
    }
    return found
  }

  /// The virtio structures: type, capability, its length, offset and length of the structure.
  private func structures(of bench: Bench) -> [(type: UInt32, capability: Int, capLength: UInt32, offset: UInt32, length: UInt32)] {
    capabilities(of: bench).filter { $0.id == 9 }.map { capability, _ in
      func read(_ offset: Int, _ count: Int) -> UInt32 {
        bench.pci!.readConfiguration(at: capability + offset, byteCount: count)
      }
      return (read(3, 1), capability, read(2, 1), read(8, 4), read(12, 4))
    }
  }

  @Test(.conforms("PCI-D-01", "PCI-D-02", "PCI-D-03", "PCI-D-04", "PCI-D-05", "PCI-D-06"))
  func `the header identifies a modern virtio device, and BARs can be sized`() throws {
    let bench = try Bench(.pci)
    let pci = bench.pci!
    #expect(pci.readConfiguration(at: 0, byteCount: 4) == 0x1054_1af4)
    #expect(pci.readConfiguration(at: 8, byteCount: 1) >= 1)
    #expect(pci.readConfiguration(at: 0x2e, byteCount: 2) >= 0x40)
    #expect(pci.readConfiguration(at: 6, byteCount: 2) & 0x10 != 0)
    for (bar, size, type) in [(0, 0, 0), (1, 0x1000, 0), (4, 0x4000, 0xc)] as [(Int, UInt32, UInt32)] {
      pci.writeConfiguration(at: 0x10 + 4 * bar, byteCount: 4, .max)
      let sized = pci.readConfiguration(at: 0x10 + 4 * bar, byteCount: 4)
      #expect(size == 0 ? sized == 0 : ~(sized & ~0xf) + 1 == size)
      #expect(sized & 0xf == type)
    }
    #expect(capabilities(of: bench).count == 6)
    pci.writeConfiguration(at: 0, byteCount: 4, 0)
    #expect(pci.readConfiguration(at: 0, byteCount: 4) == 0x1054_1af4)
  }

  @Test(
    .conforms(
      "PCAP-D-01", "PCAP-D-02", "PCAP-D-03", "PCAP-D-04", "PCAP-D-08", "PCOM-D-01", "PCOM-D-02", "PNOT-D-01",
      "PISR-D-01"))
  func `there is one capability of each type, as long and as aligned as it should be`() throws {
    let found = structures(of: try Bench(.pci))
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
    let notify = try #require(structures(of: bench).first { $0.type == 2 })
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
    let window = try #require(structures(of: bench).first { $0.type == 5 }).capability
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

  // MARK: The driver

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
    .conforms("PCI-R-05", "PCI-R-06", "PCAP-R-01", "PCAP-R-02", "PCAP-R-03", "PCAP-R-04", "PCAP-R-06"))
  func `the driver finds its way through any capability list`() throws {
    let bench = try Bench(.pci)
    let plain = structures(of: bench)
    func driver(_ capabilities: [[UInt8]]) throws(VirtioError) -> PCIDriver {
      let pci = bench.pci!
      return try PCIDriver(space: ForgedSpace(pci, capabilities)) { PCIWindow(pci, bar: $0) }
    }
    let good = plain.map { structure in
      (0..<Int(structure.capLength)).map { UInt8(bench.pci!.readConfiguration(at: structure.capability + $0, byteCount: 1)) }
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

/// A configuration space with a capability list of one's own, from 0x40 on.
final class ForgedSpace: RegisterWindow {
  private var bytes: [UInt8]
  private let function: PCIFunction

  init(_ function: PCIFunction, _ capabilities: [[UInt8]]) {
    self.function = function
    bytes = (0..<64).map { UInt8(function.readConfiguration(at: $0, byteCount: 1)) }
    bytes[0x34] = capabilities.isEmpty ? 0 : 0x40
    for (index, capability) in capabilities.enumerated() {
      var padded = capability + [UInt8](repeating: 0, count: (4 - capability.count % 4) % 4)
      padded[1] = index == capabilities.count - 1 ? 0 : UInt8(bytes.count + padded.count)
      bytes += padded
    }
    bytes += [UInt8](repeating: 0, count: max(0, 256 - bytes.count))
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    (0..<byteCount).reduce(0) { $0 | UInt32(bytes[offset + $1]) << UInt32(8 * $1) }
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    function.writeConfiguration(at: offset, byteCount: byteCount, value)
  }
}
