import DeviceTree
import Virtio
import Wire

/// A PCI host bridge with one bus: finds functions, sizes and places their BARs (`drivers/pci/probe.c`, `setup-bus.c`).
public final class PCIHost {
  unowned let kernel: Kernel
  private unowned let device: KernelDevice
  /// The root bus, below which the functions are.
  private let root: KernelDevice
  private let ecam: MappedRegisters
  private let windows: [AddressWindow]
  private let bus: Bus
  /// Places that are taken in the memory windows.
  private var taken: [(range: Range<UInt64>, owner: Int)] = []

  /// - Throws: `DriverError`, EEXIST where there is a root bus already.
  init(
    _ device: KernelDevice, _ ecam: MappedRegisters, _ windows: [AddressWindow], _ bus: Bus
  ) throws(DriverError) {
    self.device = device
    kernel = device.kernel
    self.ecam = ecam
    self.windows = windows
    self.bus = bus
    root = KernelDevice("pci0000:00", kernel: kernel)
    try root.add(below: device)
    device.info("PCI host bridge to bus 0000:00")
    kernel.trace(.message, "pci_bus 0000:00", "root bus resource [bus 00]")
    for window in windows where Self.isMemory(window) {
      kernel.trace(
        .message, "pci_bus 0000:00",
        "root bus resource [mem 0x\(hex(window.parent, 8))-0x\(hex(window.parent + window.child.size - 1, 8))]")
    }
  }

  // MARK: Enumeration

  /// Looks into every slot for what is new (`pci_scan_child_bus`), and adds it to the bus.
  public func rescan() {
    for slot in 0..<32 where find(slot << 3) == nil {
      scan(slot << 3)
      guard let first = find(slot << 3)?.pci, first.space.read(\PCIHeader.headerType) & 0x80 != 0 else { continue }
      for function in 1..<8 { scan(slot << 3 | function) }
    }
  }

  /// Takes away what does not answer any more; the driver finds it gone.
  public func removeAbsent() {
    for child in root.children.reversed() where !child.pci.isPresent { remove(child, isGone: true) }
  }

  /// Takes a function away, its driver first (`pci_stop_and_remove_bus_device`): with warning, or pulled out.
  public func remove(_ child: KernelDevice, isGone: Bool = false) {
    if isGone { child.markGone() }
    kernel.releaseDriver(of: child)
    child.remove()
    taken.removeAll { $0.owner == child.pci.devfn }
  }

  /// Takes all functions away, and the bus.
  func remove() {
    for child in root.children.reversed() { remove(child) }
    root.remove()
  }

  /// The function of that number.
  public func find(_ devfn: Int) -> KernelDevice? { root.children.first { $0.pci.devfn == devfn } }

  private func scan(_ devfn: Int) {
    let name = "pci \(PCIDevice.name(devfn))"
    guard devfn << 12 < ecam.byteCount,
      let space = try? kernel.map(ecam.address + UInt64(devfn) << 12, byteCount: 4096, for: name),
      ![0xffff, 0].contains(space.read(\PCIHeader.vendorID))
    else { return }
    let pci = PCIDevice(devfn, space, on: self)
    let child = KernelDevice(
      pci.name, kernel: kernel, bus: bus, ids: [.pci(vendor: pci.vendor, device: pci.id)], modalias: pci.modalias,
      data: pci)
    let classCode = "0x\(hex(pci.classCode, 6))"
    child.info("[\(hex(pci.vendor, 4)):\(hex(pci.id, 4))] type 00 class \(classCode)")
    do throws(DriverError) { try assign(pci, child) } catch {
      child.info(error.problem)
      taken.removeAll { $0.owner == devfn }
      return
    }
    child.attributes += [
      Attribute("vendor") { "0x\(hex(pci.vendor, 4))" }, Attribute("device") { "0x\(hex(pci.id, 4))" },
      Attribute("class") { classCode },
      Attribute("resource") {
        pci.bars.sorted { $0.key < $1.key }.map { "BAR \($0.key) \($0.value)" }.joined(separator: ", ")
      },
    ]
    do throws(DriverError) { try child.add(below: root) } catch { child.info("\(error)") }
  }

  // MARK: BARs

  /// Sizes every BAR, the decoder off meanwhile, and then places them, the largest first.
  private func assign(_ pci: PCIDevice, _ child: KernelDevice) throws(DriverError) {
    pci.disable()
    var index = 0
    while index < 6 {
      let low = size(pci, index)
      guard low.mask != 0 else {
        index += 1
        continue
      }
      let is64Bit = low.kind & 6 == 4
      let mask = UInt64(low.mask) | (is64Bit ? UInt64(size(pci, index + 1).raw) << 32 : 0xffff_ffff << 32)
      let byteCount = ~mask &+ 1
      guard low.kind & 1 == 0, byteCount & (byteCount &- 1) == 0, byteCount >= 16 else {
        throw DriverError(.EINVAL, child.label, "BAR \(index) cannot be: mask 0x\(hex(mask))")
      }
      pci.bars[index] = PCIDevice.BAR(address: 0, byteCount: byteCount, is64Bit: is64Bit)
      index += is64Bit ? 2 : 1
    }
    for (index, bar) in pci.bars.sorted(by: { ($0.value.byteCount, -$0.key) > ($1.value.byteCount, -$1.key) }) {
      guard let address = place(bar, for: pci.devfn) else {
        throw DriverError(.ENOSPC, child.label, "BAR \(index): no space for [mem size 0x\(hex(bar.byteCount, 8))]")
      }
      pci.bars[index]!.address = address
      let offset = PCIHeader().bars.offset + 4 * index
      pci.space.write(at: offset, byteCount: 4, UInt32(truncatingIfNeeded: address))
      if bar.is64Bit { pci.space.write(at: offset + 4, byteCount: 4, UInt32(address >> 32)) }
      child.info("BAR \(index) \(pci.bars[index]!): assigned")
    }
  }

  /// What a BAR reads after all ones were written: its address bits, and its kind.
  private func size(_ pci: PCIDevice, _ index: Int) -> (raw: UInt32, mask: UInt32, kind: UInt32) {
    let offset = PCIHeader().bars.offset + 4 * index
    pci.space.write(at: offset, byteCount: 4, .max)
    let raw = pci.space.read(at: offset, byteCount: 4)
    return (raw, raw & ~0xf, raw & 0xf)
  }

  /// The first free place that is a multiple of the size, within a memory window that the BAR can reach.
  private func place(_ bar: PCIDevice.BAR, for owner: Int) -> UInt64? {
    for window in windows where Self.isMemory(window) && (bar.is64Bit || window.child.address < 1 << 32) {
      let end = window.child.address + window.child.size
      var address = (window.child.address + bar.byteCount - 1) & ~(bar.byteCount - 1)
      while address + bar.byteCount <= end, bar.is64Bit || address + bar.byteCount <= 1 << 32 {
        let range = address..<address + bar.byteCount
        guard let conflict = taken.first(where: { $0.range.overlaps(range) }) else {
          taken.append((range, owner))
          return address
        }
        address = (conflict.range.upperBound + bar.byteCount - 1) & ~(bar.byteCount - 1)
      }
    }
    return nil
  }

  /// Space code 2 or 3: memory of 32 or 64 bits.
  private static func isMemory(_ window: AddressWindow) -> Bool { (window.child.space.first ?? 0) >> 25 & 1 == 1 }

  /// Where the CPU finds a BAR.
  func map(_ bar: Int, of pci: PCIDevice, for owner: String) -> any RegisterWindow {
    guard let found = pci.bars[bar],
      let window = windows.first(where: {
        Self.isMemory($0) && found.address >= $0.child.address && found.address < $0.child.address + $0.child.size
      }),
      let mapped = try? kernel.map(
        window.parent + (found.address - window.child.address), byteCount: Int(found.byteCount), for: owner)
    else { return NoRegisters() }
    return mapped
  }

  /// The kernel's number of a function's line, through the bridge's interrupt map (`of_irq_parse_and_map_pci`); nil for
  /// one that has no pin, or whose pin is not routed.
  ///
  /// - Throws: `DriverError`, EPROBE_DEFER before the interrupt controller's driver is there.
  func line(of pci: PCIDevice, for owner: KernelDevice) throws(DriverError) -> Int? {
    let pin = pci.space.read(\PCIHeader.interruptPin)
    guard (1...4).contains(pin), let path = device.node?.path else { return nil }
    let specifier: InterruptSpecifier
    do throws(DeviceTreeError) {
      specifier = try kernel.tree.interrupt(ofPin: UInt32(pin), function: UInt32(pci.devfn) << 8, behind: path)
    } catch {
      owner.info("no line: \(error.place): \(error.problem)")
      return nil
    }
    do throws(DriverError) { return try kernel.interrupts.map(specifier, for: owner.label) } catch {
      if error.errno == .EPROBE_DEFER { throw error }
      owner.info("no line: \(error.place): \(error.problem)")
      return nil
    }
  }

  /// Where a function's messages go; nil where the tree does not say it.
  ///
  /// - Throws: `DriverError`, EINVAL for a map that cannot be read.
  func messages(of pci: PCIDevice) throws(DriverError) -> MessageSpecifier? {
    guard let path = device.node?.path else { return nil }
    do throws(DeviceTreeError) { return try kernel.tree.messages(from: UInt32(pci.devfn), behind: path) } catch {
      throw DriverError(.EINVAL, error.place, error.problem)
    }
  }
}

/// What a BAR that was not placed reads as.
private final class NoRegisters: RegisterWindow {
  func read(at offset: Int, byteCount: Int) -> UInt32 { UInt32.max >> UInt32(32 - 8 * byteCount) }
  func write(at offset: Int, byteCount: Int, _ value: UInt32) {}
}

/// Drives `pci-host-ecam-generic` (`drivers/pci/controller/pci-host-generic.c`).
public final class PCIHostDriver: DeviceDriver {
  public let name = "pci-host-generic"
  public let idTable: [MatchID] = [.compatible("pci-host-ecam-generic")]

  public init() {}

  public func probe(_ device: KernelDevice) throws(DriverError) {
    let ecam = try device.mapRegisters(0)
    guard let bus = device.kernel.bus("pci"), let node = device.node else {
      throw DriverError(.ENODEV, device.label, "no PCI bus")
    }
    let windows: [AddressWindow]
    do throws(DeviceTreeError) {
      windows = try device.kernel.tree.windows(of: node.path).filter { $0.child.size > 0 }
    } catch { throw DriverError(.EINVAL, error.place, error.problem) }
    device.info("host bridge \(node.path) ranges:")
    for window in windows {
      let last = window.parent + window.child.size - 1
      device.info(
        "  \(pad(Self.kind(window), 6)) 0x\(hex(window.parent, 10))..0x\(hex(last, 10)) -> "
          + "0x\(hex(window.child.address, 10))")
    }
    let host = try PCIHost(device, ecam, windows, bus)
    device.driverData = host
    host.rescan()
  }

  /// What the window is onto (`of_pci_range_parser`): the space code in the first cell of a PCI address.
  private static func kind(_ window: AddressWindow) -> String {
    switch (window.child.space.first ?? 0) >> 24 & 3 {
    case 1: "IO"
    case 2, 3: "MEM"
    default: "err"
    }
  }

  public func remove(_ device: KernelDevice) { (device.driverData as? PCIHost)?.remove() }
}
