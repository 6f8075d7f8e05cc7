import Device
import Driver
import Virtio
import Wire

/// The hardware of a PCI host with one bus: configuration space of every slot, and who decodes which address.
final class PCIRootComplex: RegisterWindow {
  /// Functions by slot.
  private(set) var functions: [Int: PCICard] = [:]

  func insert(_ card: PCICard, into slot: Int) { functions[slot] = card }
  func remove(from slot: Int) -> PCICard? {
    defer { functions[slot]?.isGone = true }
    return functions.removeValue(forKey: slot)
  }

  // MARK: ECAM

  private func card(_ offset: Int) -> (card: PCICard, offset: Int)? {
    guard offset >> 12 & 7 == 0, let card = functions[offset >> 15] else { return nil }
    return (card, offset & 0xfff)
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    guard let (card, offset) = card(offset) else { return UInt32.max >> UInt32(32 - 8 * byteCount) }
    return card.function.readConfiguration(at: offset, byteCount: byteCount)
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    guard let (card, offset) = card(offset) else { return }
    card.function.writeConfiguration(at: offset, byteCount: byteCount, value)
    card.followBARs()
  }

  // MARK: Memory

  /// The window of the function that decodes an address of the bus.
  func window(at address: UInt64, byteCount: Int) -> (any RegisterWindow, Int)? {
    for card in functions.values {
      for (bar, range) in card.ranges where range.contains(address) && address + UInt64(byteCount) <= range.upperBound {
        return (card.windows[bar]!, Int(address - range.lowerBound))
      }
    }
    return nil
  }
}

/// An accelerator on a PCI card.
final class PCICard {
  let accelerator: Accelerator
  let function: PCIFunction
  private let wire: InterruptWire
  /// What each BAR decodes, as far as it was placed.
  private(set) var ranges: [Int: Range<UInt64>] = [:]
  private(set) var windows: [Int: PCIWindow] = [:]
  var isGone = false

  init(_ profile: AcceleratorProfile, pci: PCIProfile, in memory: GuestMemory, wire: InterruptWire) {
    accelerator = Accelerator(profile)
    self.wire = wire
    function = PCIFunction(accelerator.virtioProfile, pci: pci, in: memory, interrupts: wire, function: accelerator)
    // What is writable of a BAR says how large it is.
    for (bar, is64Bit) in [(1, false), (4, true)] {
      let offset = PCIHeader().bars.offset + 4 * bar
      let before = function.readConfiguration(at: offset, byteCount: 4)
      function.writeConfiguration(at: offset, byteCount: 4, .max)
      let mask = function.readConfiguration(at: offset, byteCount: 4) & ~0xf
      function.writeConfiguration(at: offset, byteCount: 4, before)
      if mask != 0 { sizes[bar] = (UInt64(~mask) + 1, is64Bit) }
      windows[bar] = PCIWindow(function, bar: bar)
    }
  }

  private var sizes: [Int: (byteCount: UInt64, is64Bit: Bool)] = [:]

  /// Looks where the BARs are now.
  func followBARs() {
    for (bar, size) in sizes {
      let offset = PCIHeader().bars.offset + 4 * bar
      let low = UInt64(function.readConfiguration(at: offset, byteCount: 4) & ~0xf)
      let high = size.is64Bit ? UInt64(function.readConfiguration(at: offset + 4, byteCount: 4)) << 32 : 0
      let start = low | high
      let end = start.addingReportingOverflow(size.byteCount)
      ranges[bar] = start == 0 || end.overflow ? nil : start..<end.partialValue
    }
  }
}
