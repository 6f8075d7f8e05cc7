import Device
import Driver
import Virtio
import Wire

/// Sees every register access of the kernel, with a say in what comes of it.
public protocol BusTap: AnyObject {
  /// What the kernel is to read where a device answers `value`.
  func read(at address: UInt64, byteCount: Int, _ value: UInt32) -> UInt32
  /// Whether a write is to reach the device.
  func write(at address: UInt64, byteCount: Int, _ value: UInt32) -> Bool
}

/// What answers at which physical address.
final class PlatformWiring: PhysicalBus {
  /// A stretch of addresses, and what answers there.
  private final class Window {
    let start: UInt64
    let byteCount: Int
    let target: any RegisterWindow

    init(start: UInt64, byteCount: Int, target: any RegisterWindow) {
      (self.start, self.byteCount, self.target) = (start, byteCount, target)
    }

    func offset(of address: UInt64) -> Int? {
      address >= start && address - start < UInt64(byteCount) ? Int(address - start) : nil
    }
  }

  // Looked up by every packet; no access is under way when a target, or the tap, is called.

  @exclusivity(unchecked) var tap: (any BusTap)?
  @exclusivity(unchecked) private var windows: [Window] = []
  /// The one that answered last, which most often is the one that answers next; it stays as long as the platform.
  @exclusivity(unchecked) private var recent: Unmanaged<Window>?
  /// The PCI bus, and where the CPU sees its memory.
  let pci = PCIRootComplex()
  var pciWindows: [(cpu: UInt64, bus: UInt64, byteCount: UInt64)] = []

  func add(_ target: any RegisterWindow, at start: UInt64, byteCount: Int) {
    windows.append(Window(start: start, byteCount: byteCount, target: target))
    if let slot = target as? MMIOSlot { slots.append(slot) }
  }

  private(set) var slots: [MMIOSlot] = []

  func slot(at address: UInt64) -> MMIOSlot? { windows.first { $0.start == address }?.target as? MMIOSlot }

  /// Every device, wherever it is plugged in.
  var devices: [VirtioDevice] {
    slots.compactMap(\.device) + pci.functions.values.map(\.function.device)
  }

  /// Devices come back to the queues that they left before they were empty; whether there were any.
  func continueService() -> Bool {
    var isAnyWaiting = false
    func serve(_ device: VirtioDevice?) {
      guard let device, device.hasWaitingQueues else { return }
      isAnyWaiting = true
      device.continueService()
    }
    for slot in slots { serve(slot.device) }
    for slot in pci.functions.values { serve(slot.function.device) }
    return isAnyWaiting
  }

  private func find(_ address: UInt64, _ byteCount: Int) -> (target: any RegisterWindow, offset: Int)? {
    if let window = windows.first(where: { $0.offset(of: address) != nil }) {
      recent = .passUnretained(window)
      let offset = Int(address - window.start)
      return offset + byteCount <= window.byteCount ? (window.target, offset) : nil
    }
    for window in pciWindows where address >= window.cpu && address - window.cpu < window.byteCount {
      return pci.window(at: window.bus + (address - window.cpu), byteCount: byteCount)
    }
    return nil
  }

  func read(at address: UInt64, byteCount: Int) -> UInt32 {
    let answer = find(address, byteCount).map { $0.target.read(at: $0.offset, byteCount: byteCount) }
    let value = answer ?? UInt32.max >> UInt32(32 - 8 * byteCount)
    return tap?.read(at: address, byteCount: byteCount, value) ?? value
  }

  func write(at address: UInt64, byteCount: Int, _ value: UInt32) {
    if let tap, !tap.write(at: address, byteCount: byteCount, value) { return }
    let isWritten = recent?._withUnsafeGuaranteedRef { window in
      guard let offset = window.offset(of: address), offset + byteCount <= window.byteCount else { return false }
      window.target.write(at: offset, byteCount: byteCount, value)
      return true
    }
    if isWritten != true, let (target, offset) = find(address, byteCount) {
      target.write(at: offset, byteCount: byteCount, value)
    }
  }
}

/// A `virtio,mmio` window: with a device behind it, without one, or with one that was pulled out.
final class MMIOSlot: RegisterWindow {
  let accelerator: Accelerator?
  private let transport: MMIOTransport?
  private let wire: InterruptWire
  var isGone = false
  var device: VirtioDevice? { transport?.device }

  init(_ profile: AcceleratorProfile?, in memory: GuestMemory, wire: InterruptWire) {
    self.wire = wire
    accelerator = profile.map { Accelerator($0) }
    transport = accelerator.map { MMIOTransport($0.virtioProfile, in: memory, interrupts: wire, function: $0) }
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    if isGone { return UInt32.max >> UInt32(32 - 8 * byteCount) }
    if let transport { return transport.read(at: offset, byteCount: byteCount) }
    // A placeholder: there is a window, and device ID 0 (VIRTIO 1.4, MMIO Device Register Layout).
    let registers = MMIORegisters()
    switch offset {
    case registers.magicValue.offset: return MMIORegisters.magic
    case registers.version.offset: return 2
    default: return 0
    }
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    if !isGone { transport?.write(at: offset, byteCount: byteCount, value) }
  }
}
