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
  private let windows: [HostWindow]
  private let bus: Bus
  /// Its number among all hosts.
  let domain: UInt32
  /// The root bus's number; the first function of the ECAM is on it.
  private let busNumber: UInt32
  /// Places that are taken in the memory windows.
  private var taken: [(range: Range<UInt64>, owner: Int)] = []

  /// - Parameter buses: that may be behind the bridge; the first is the root bus, and there are no others.
  /// - Throws: `DriverError`, EEXIST where there is a root bus already.
  init(
    _ device: KernelDevice, _ ecam: MappedRegisters, _ windows: [HostWindow], _ bus: Bus, domain: UInt32,
    buses: ClosedRange<UInt32>
  ) throws(DriverError) {
    self.device = device
    kernel = device.kernel
    self.ecam = ecam
    self.windows = windows
    self.bus = bus
    self.domain = domain
    busNumber = buses.lowerBound
    let name = "\(hex(domain, 4)):\(hex(busNumber, 2))"
    root = KernelDevice("pci\(name)", kernel: kernel)
    try root.add(below: device)
    device.info("PCI host bridge to bus \(name)")
    let last = buses.count == 1 ? "" : "-\(hex(buses.upperBound, 2))"
    let resources = ["[bus \(hex(busNumber, 2))\(last)]"] + windows.filter { $0.kind != .other }.map(\.description)
    for resource in resources { kernel.trace(.message, "pci_bus \(name)", "root bus resource \(resource)") }
  }

  /// A function's name, which is its address.
  func name(of devfn: Int) -> String {
    "\(hex(domain, 4)):\(hex(busNumber, 2)):\(hex(devfn >> 3, 2)).\(devfn & 7)"
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
    let name = "pci \(self.name(of: devfn))"
    guard devfn << 12 < ecam.byteCount,
      let space = try? kernel.map(ecam.address + UInt64(devfn) << 12, byteCount: 4096, for: name),
      ![0xffff, 0].contains(space.read(\PCIHeader.vendorID))
    else { return }
    let pci = PCIDevice(devfn, space, on: self)
    let child = KernelDevice(
      self.name(of: devfn), kernel: kernel, bus: bus, ids: [.pci(vendor: pci.vendor, device: pci.id)],
      modalias: pci.modalias, data: pci)
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
      pci.bars[index] = PCIDevice.BAR(
        byteCount: byteCount, is64Bit: is64Bit, isPrefetchable: low.kind & 8 != 0)
      index += is64Bit ? 2 : 1
    }
    for (index, bar) in pci.bars.sorted(by: { ($0.value.byteCount, -$0.key) > ($1.value.byteCount, -$1.key) }) {
      guard let place = place(bar, for: pci.devfn) else {
        throw DriverError(.ENOSPC, child.label, "BAR \(index): no space for [mem size 0x\(hex(bar.byteCount, 8))]")
      }
      let address = place.busAddress
      (pci.bars[index]!.address, pci.bars[index]!.cpuAddress) = (address, place.cpuAddress)
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

  /// The first free place that is a multiple of the size, within a memory window that the BAR can reach: what may be
  /// prefetched, in a window for that if there is one, and nothing else there.
  private func place(_ bar: PCIDevice.BAR, for owner: Int) -> (busAddress: UInt64, cpuAddress: UInt64)? {
    let memory = windows.filter { $0.kind == .memory }
    let choices = (bar.isPrefetchable ? memory.filter(\.isPrefetchable) : []) + memory.filter { !$0.isPrefetchable }
    for window in choices where bar.is64Bit || window.busAddress < 1 << 32 {
      let end = window.busAddress + window.byteCount
      var address = (window.busAddress + bar.byteCount - 1) & ~(bar.byteCount - 1)
      while address + bar.byteCount <= end, bar.is64Bit || address + bar.byteCount <= 1 << 32 {
        let range = address..<address + bar.byteCount
        guard let conflict = taken.first(where: { $0.range.overlaps(range) }) else {
          taken.append((range, owner))
          return (address, window.cpuAddress + (address - window.busAddress))
        }
        address = (conflict.range.upperBound + bar.byteCount - 1) & ~(bar.byteCount - 1)
      }
    }
    return nil
  }

  /// Where the CPU finds a BAR.
  func map(_ bar: Int, of pci: PCIDevice, for owner: String) -> any RegisterWindow {
    guard let found = pci.bars[bar],
      let mapped = try? kernel.map(found.cpuAddress, byteCount: Int(found.byteCount), for: owner)
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
      specifier = try kernel.tree.interrupt(ofPin: UInt32(pin), function: requester(pci) << 8, behind: path)
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

  /// Bus, device and function number: 8, 5 and 3 bits (`pci_dev_id`).
  private func requester(_ pci: PCIDevice) -> UInt32 { busNumber << 8 | UInt32(pci.devfn) }

  /// Where a function's messages go; nil where the tree does not say it.
  ///
  /// - Throws: `DriverError`, EINVAL for a map that cannot be read.
  func messages(of pci: PCIDevice) throws(DriverError) -> MessageSpecifier? {
    guard let path = device.node?.path else { return nil }
    do throws(DeviceTreeError) { return try kernel.tree.messages(from: requester(pci), behind: path) } catch {
      throw DriverError(.EINVAL, error.place, error.problem)
    }
  }
}

/// What a BAR that was not placed reads as.
private final class NoRegisters: RegisterWindow {
  func read(at offset: Int, byteCount: Int) -> UInt32 { UInt32.max >> UInt32(32 - 8 * byteCount) }
  func write(at offset: Int, byteCount: Int, _ value: UInt32) {}
}
