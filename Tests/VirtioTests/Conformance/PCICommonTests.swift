import Testing

@testable import Virtio

/// PCOM and PNOT: the common configuration, and kicks.
@Suite struct PCICommonTests {
  @Test(.conforms("PCOM-D-03", "PCOM-D-04"))
  func `feature words can be selected, and read back`() throws {
    let bench = try Bench(.pci)
    let pci = bench.pci!
    for select in [0, 1, 2, 3, 4, 0xffff_ffff] as [UInt32] {
      pci.writeBAR(4, at: 0, byteCount: 4, select)
      #expect(pci.readBAR(4, at: 4, byteCount: 4) == bench.device.offered.word(select))
      if select > 1 { #expect(pci.readBAR(4, at: 4, byteCount: 4) == 0) }
    }
    for (select, value) in [(0, 3), (1, 1)] as [(UInt32, UInt32)] {
      pci.writeBAR(4, at: 8, byteCount: 4, select)
      pci.writeBAR(4, at: 12, byteCount: 4, value)
    }
    for (select, value) in [(1, 1), (0, 3), (2, 0), (77, 0)] as [(UInt32, UInt32)] {
      pci.writeBAR(4, at: 8, byteCount: 4, select)
      #expect(pci.readBAR(4, at: 12, byteCount: 4) == value)
    }
  }

  @Test(.conforms("PCOM-D-13", "PCOM-D-14"))
  func `queue sizes are 0 or a power of two`() throws {
    let pci = try #require(try Bench(.pci).pci)
    for (select, expected) in [(0, 16), (1, 8), (2, 0), (3, 0), (0xffff, 0)] as [(UInt32, UInt32)] {
      pci.writeBAR(4, at: 0x16, byteCount: 2, select)
      #expect(pci.readBAR(4, at: 0x18, byteCount: 2) == expected)
    }
  }

  @Test(.conforms("NOTIF-T-02"), arguments: TransportKind.allCases, RingFormat.allCases)
  func `a kick with data says how far the driver has come, around the ring`(
    kind: TransportKind, format: RingFormat
  ) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp(format == .packed ? [.ringPacked, .notificationData] : .notificationData)
    let queue = try session.makeQueue(1, size: 8, at: 0x4000)
    bench.trace.clear()
    for request in 1...20 {
      try queue.send(readable: 1, writable: 2)
      #expect(try queue.reap() != nil)
      let kick = try #require(bench.trace.accesses.last { $0.isKick })
      #expect(kick.byteCount == 4)
      #expect(kick.value & 0xffff == 1)
      let next = format == .split ? request : request * 3 % 8 | (request * 3 / 8 % 2 == 0 ? 0x8000 : 0)
      #expect(kick.value >> 16 == UInt32(next))
    }
    #expect(bench.trace.accesses.filter(\.isKick).count == 20)
  }

  @Test(.conforms("PCOM-D-14"), arguments: TransportKind.allCases, [(1, 1), (2, 2), (100, 64), (32767, 16384)])
  func `a queue of any size shows a power of two, unless packed rings were agreed on`(
    kind: TransportKind, size: (packed: Int, split: Int)
  ) throws {
    var profile = Bench.profile
    profile.queueSizes = [size.packed]
    let bench = try Bench(kind, profile: profile)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    #expect(session.transport.maximumSize(ofQueue: 0) == size.split)
    for (features, expected) in [(FeatureSet([]), size.split), (.ringPacked, size.packed)] {
      try session.negotiate(DriverProfile(supported: features))
      #expect(session.transport.maximumSize(ofQueue: 0) == expected)
      #expect(try session.makeQueue(0, size: 40000, at: 0).size == expected)
      #expect(!session.needsReset)
    }
    try session.reset()
    #expect(session.transport.maximumSize(ofQueue: 0) == size.split)
  }

  @Test(
    .conforms("PNOT-R-01", "PNOT-R-02", "PNOT-R-03", "PNOT-R-04", "PNOT-R-05", "PNOT-R-06", "NOTIF-T-03"),
    arguments: [false, true],
    [false, true])
  func `a kick says which queue, in the width and with the data that were negotiated`(
    hasData: Bool, hasConfig: Bool
  ) throws {
    var pci = PCIProfile()
    pci.notificationDataBase = 0x5a00
    let bench = try Bench(.pci, pci: pci)
    var features: FeatureSet = []
    if hasData { features.insert(.notificationData) }
    if hasConfig { features.insert(.notificationConfigData) }
    let (session, first) = try bench.bringUp(features)
    let second = try session.makeQueue(1, size: 8, at: 0x4000)
    try first.send()
    try second.send()
    let kicks = bench.trace.accesses.filter(\.isKick)
    #expect(kicks.map(\.byteCount) == (hasData ? [4, 4] : [2, 2]))
    #expect(kicks.map { $0.value & 0xffff } == (hasConfig ? [0x5a00, 0x5a01] : [0, 1]))
    #expect(kicks.map { $0.value >> 16 } == (hasData ? [1, 1] : [0, 0]))
    #expect(bench.function.notifications == [0, 1])
  }
}
