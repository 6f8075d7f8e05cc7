@testable import Virtio

/// Where, in which width and in which direction the driver accesses registers, held against the clauses on that.
struct AccessReplay {
  private(set) var findings = Findings()
  /// Offset of the MSI-X capability, and vectors of its table.
  private var msix: Int?
  private var vectorCount = 0
  private var pending: UInt32?

  init(_ accesses: [Access]) {
    let space = accesses.filter { $0.place == .space && !$0.isWrite }
    msix = space.first { $0.offset >= 0x40 && $0.byteCount == 1 && $0.value == 0x11 && $0.offset % 4 == 0 }?.offset
    if let msix, let control = space.first(where: { $0.offset == msix + 2 }) {
      vectorCount = Int(control.value & 0x7ff) + 1
    }
    for access in accesses {
      switch access.place {
      case .mmio: checkMMIO(access)
      case .bar4: checkPCI(access)
      case .space: checkSpace(access)
      case .bar1: break
      }
    }
  }

  // MARK: MMIO

  private static let readable: Set<Int> = [
    0x000, 0x004, 0x008, 0x00c, 0x010, 0x034, 0x044, 0x060, 0x070, 0x0ac, 0x0b0, 0x0b4, 0x0b8, 0x0bc, 0x0c0, 0x0fc,
  ]
  private static let writable: Set<Int> = [
    0x014, 0x020, 0x024, 0x030, 0x038, 0x044, 0x050, 0x064, 0x070, 0x080, 0x084, 0x090, 0x094, 0x0a0, 0x0a4, 0x0ac,
    0x0c0,
  ]

  private mutating func checkMMIO(_ access: Access) {
    let text = access.description
    guard access.offset < 0x100 else {
      return findings.check("MMIO-R-05", access.byteCount == 4 && access.offset % 4 == 0, text)
    }
    findings.check("MMIO-R-01", Self.readable.union(Self.writable).contains(access.offset), text)
    findings.check("MMIO-R-04", access.byteCount == 4 && access.offset % 4 == 0, text)
    findings.check("MMIO-R-23", !(0x0ac...0x0bc).contains(access.offset), text)
    if access.isWrite {
      findings.check("MMIO-R-02", Self.writable.contains(access.offset), text)
    } else {
      findings.check("MMIO-R-03", Self.readable.contains(access.offset), text)
    }
    switch access.offset {
    case 0x060: pending = access.value & 3
    case 0x064:
      findings.check("MMIO-R-16", access.value == pending, text)
      findings.check("MMIO-R-17", access.value & ~3 == 0, text)
      findings.check("MMIO-R-25", pending != nil, "acknowledged without a look")
      pending = nil
    default: break
    }
  }

  // MARK: PCI

  /// Width in bytes of each register of the common configuration, by offset.
  private static let widths = [
    0x00: 4, 0x04: 4, 0x08: 4, 0x0c: 4, 0x10: 2, 0x12: 2, 0x14: 1, 0x15: 1, 0x16: 2, 0x18: 2, 0x1a: 2, 0x1c: 2, 0x1e: 2,
    0x20: 4, 0x24: 4, 0x28: 4, 0x2c: 4, 0x30: 4, 0x34: 4, 0x38: 2, 0x3a: 2, 0x3c: 2, 0x3e: 2,
  ]

  private mutating func checkPCI(_ access: Access) {
    let text = access.description
    switch access.offset {
    case 0..<0x40:
      findings.check("PCI-R-04", access.byteCount == Self.widths[access.offset], text)
      if access.isWrite {
        findings.check("PCOM-R-01", ![0x04, 0x12, 0x15, 0x1e, 0x38, 0x3c, 0x3e].contains(access.offset), text)
        // NO_VECTOR takes a vector back.
        if [0x10, 0x1a].contains(access.offset), access.value != 0xffff {
          findings.check("MSIX-R-02", access.value < vectorCount, text)
        }
      }
    case PCIFunction.isrOffset: findings.check("PISR-R-01", msix == nil, text)
    case PCIFunction.deviceOffset..<PCIFunction.notifyOffset:
      findings.check("PCI-R-04", access.byteCount == 4 && access.offset % 4 == 0, text)
    case PCIFunction.notifyOffset...: if msix != nil { findings.check("PISR-R-01", true) }
    default: findings.check("PCI-R-04", false, text)
    }
  }

  private mutating func checkSpace(_ access: Access) {
    guard access.isWrite else { return }
    findings.check("PCAP-R-07", access.offset < 0x40 || access.offset == msix.map { $0 + 2 }, access.description)
  }
}
