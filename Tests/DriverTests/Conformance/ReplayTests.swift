import Synchronization
import Testing
import Virtio

/// The driver's whole life, on every transport and ring format, held against the clauses for drivers.
@Suite struct ReplayTests {
  private static let known = Mutex<[String: Findings]>([:])

  /// What the replays of a session's recording find; each session is lived once.
  private func findings(_ session: Session) throws -> Findings {
    if let findings = Self.known.withLock({ $0[session.description] }) { return findings }
    let recorder = try session.live()
    var findings = RegisterReplay(recorder.steps).findings
    findings.formUnion(AccessReplay(recorder.accesses).findings)
    findings.formUnion(RingReplays(recorder.events).findings)
    Self.known.withLock { [findings] in $0[session.description] = findings }
    return findings
  }

  @Test(arguments: Session.all)
  func `no clause is broken`(session: Session) throws { #expect(try findings(session).brokenIDs == []) }

  static let order = [
    "STATUS-R-01", "STATUS-R-02", "INIT-R-01", "INIT-R-03", "INIT-R-06", "MMIO-R-24", "FEAT-R-01", "FEAT-R-03",
    "RSVD-R-01", "RSVD-R-02", "SUSP-R-01", "RESET-R-01",
  ]
  @Test(.conforms(order), arguments: Session.all)
  func `the status goes step by step, features once, and kicks come last`(session: Session) throws {
    try findings(session).expect(Self.order)
  }

  static let mmio = [
    "MMIO-R-01", "MMIO-R-02", "MMIO-R-03", "MMIO-R-04", "MMIO-R-05", "MMIO-R-10", "MMIO-R-11", "MMIO-R-12", "MMIO-R-13",
    "MMIO-R-16", "MMIO-R-17", "MMIO-R-23", "MMIO-R-25",
  ]
  @Test(.conforms(mmio), arguments: Session.mmio)
  func `registers over MMIO are accessed where, how and when they may be`(session: Session) throws {
    try findings(session).expect(Self.mmio)
  }

  static let pci = ["PCI-R-04", "PCAP-R-07", "PCOM-R-01", "PCOM-R-04", "PCOM-R-05", "PCOM-R-06"]
  @Test(.conforms(pci), arguments: Session.pci)
  func `registers over PCI are accessed in their widths, and queues enabled last`(session: Session) throws {
    try findings(session).expect(Self.pci)
  }

  static let msix = ["MSIX-R-02", "PISR-R-01"]
  @Test(.conforms(msix), arguments: Session.all.filter { $0.rig.transport == .msix })
  func `with MSI-X the driver keeps to the table, and reads no ISR`(session: Session) throws {
    try findings(session).expect(Self.msix)
  }

  static let chains = ["CLEAN-R-01", "RSVD-R-04", "RSVD-R-07", "INDIR-R-01", "INDIR-R-03", "INDIR-R-04", "INDIR-R-05"]
  @Test(.conforms(chains), arguments: Session.all)
  func `chains are in memory, no longer than the queue, and left alone while the device has them`(
    session: Session
  ) throws {
    try findings(session).expect(Self.chains)
  }

  static let split = [
    "SPLIT-R-01", "SPLIT-R-02", "SPLIT-R-03", "SPLIT-R-04", "SPLIT-R-05", "SPLIT-R-07", "SPLIT-R-08", "EVT-R-04",
    "PCOM-R-03",
  ]
  @Test(.conforms(split), arguments: Session.split)
  func `split rings are aligned, and written in order`(session: Session) throws {
    try findings(session).expect(Self.split)
  }

  static let packed = [
    "PACK-R-01", "PACK-R-02", "PACK-R-03", "PACK-R-05", "PACK-R-06", "PACK-R-07", "PACK-R-09", "PACK-R-10", "PACK-R-11",
    "EVT-R-11", "PCOM-R-02",
  ]
  @Test(.conforms(packed), arguments: Session.packed)
  func `packed rings are aligned, and exposed last`(session: Session) throws {
    try findings(session).expect(Self.packed)
  }

  @Test(.conforms("PACK-R-04"), arguments: Session.packed.filter { $0.features.contains(.notificationData) })
  func `a kick says where a packed ring stands`(session: Session) throws {
    try findings(session).expect(["PACK-R-04"])
  }

  static let ordered = ["ORDER-R-01", "ORDER-R-02"]
  @Test(.conforms(ordered), arguments: Session.split.filter { $0.features.contains(.inOrder) })
  func `descriptors are sequential where buffers are used in order`(session: Session) throws {
    try findings(session).expect(Self.ordered)
  }

  static let flags = ["EVT-R-01", "EVT-R-05", "EVT-R-07"]
  @Test(.conforms(flags), arguments: Session.split.filter { !$0.features.contains(.eventIndex) })
  func `without event indices only flags count`(session: Session) throws {
    try findings(session).expect(Self.flags)
  }

  static let indices = ["EVT-R-02", "EVT-R-08", "EVT-R-09", "EVT-R-10"]
  @Test(.conforms(indices), arguments: Session.split.filter { $0.features.contains(.eventIndex) })
  func `with event indices the device says when it wants a kick`(session: Session) throws {
    try findings(session).expect(Self.indices)
  }

  @Test(
    .conforms("PNOT-R-01", "PNOT-R-02", "PNOT-R-03", "PNOT-R-04", "PNOT-R-05", "PNOT-R-06"), arguments: Session.pci)
  func `a kick over PCI has the width and the value that the features ask for`(session: Session) throws {
    let hasPosition = session.features.contains(.notificationData)
    let isNamed = session.features.contains(.notificationConfigData)
    let value = isNamed ? hasPosition ? "PNOT-R-06" : "PNOT-R-05" : hasPosition ? "PNOT-R-04" : "PNOT-R-03"
    try findings(session).expect([hasPosition ? "PNOT-R-02" : "PNOT-R-01", value])
  }
}
