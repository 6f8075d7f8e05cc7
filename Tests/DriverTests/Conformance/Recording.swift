import Driver
import Testbench
import Virtio

/// What happened between driver and device.
enum Event {
  case access(Access)
  /// One side wrote; the bytes where they are few, as in a ring.
  case wrote(Side, UInt64, [UInt8], count: Int)
  case read(Side, UInt64, count: Int)
  case fence(Side, Barrier)
  /// The kernel took memory back from the device.
  case unmapped(UInt64)
}

enum Side { case driver, device }

/// One register access of the kernel.
struct Access: Hashable, CustomStringConvertible {
  enum Place: String { case space, bar1, bar4, mmio }

  var place: Place
  var offset: Int
  var byteCount: Int
  var isWrite: Bool
  var value: UInt32

  var description: String {
    let (offset, value) = (String(offset, radix: 16), String(value, radix: 16))
    return "\(isWrite ? "write" : "read")\(8 * byteCount) \(place) 0x\(offset) 0x\(value)"
  }

  /// Whether it is a register that is here over MMIO, and there over PCI.
  func isAt(mmio: Int, pci: Int) -> Bool { place == .mmio && offset == mmio || place == .bar4 && offset == pci }

  /// Where an address of the board leads: the window, or the card in the rig's slot with its BARs as they are placed.
  static func locate(_ address: UInt64) -> (Place, Int)? {
    let space = PlatformTree.Address.ecam + UInt64(Rig.slot << 15), memory = PlatformTree.Address.pciMemory
    for (place, start, size) in [
      (Place.mmio, PlatformTree.Address.virtio, 0x1000), (.space, space, 0x1000), (.bar4, memory, 0x4000),
      (.bar1, memory + 0x4000, 0x1000),
    ] as [(Place, UInt64, UInt64)] where address >= start && address < start + size {
      return (place, Int(address - start))
    }
    return nil
  }
}

/// Everything between driver and device, in order, from before the kernel boots; with a say in what the driver reads.
final class Recorder: BusTap {
  private(set) var events: [Event] = []
  /// What a read is to give instead of the device's answer.
  var forge: (Access) -> UInt32? = { _ in nil }
  /// What memory is to hold where the device wrote these bytes.
  var patch: (UInt64, [UInt8]) -> [UInt8]? = { _, _ in nil }
  private var views: [View] = []

  init(_ platform: Platform) {
    platform.tap = self
    let memories = [(Side.driver, platform.memory)] + platform.deviceMemories.map { (Side.device, $0) }
    for (side, memory) in memories {
      let view = View(side, memory, self)
      memory.observer = view
      views.append(view)
    }
    platform.kernel.log.kinds.insert(.dma)
    platform.kernel.log.observer = { [unowned self] event in
      let words = event.text.split(separator: " ")
      guard event.kind == .dma, words.first == "dma_unmap_single" else { return }
      note(.unmapped(UInt64(words[1].dropFirst(2), radix: 16)!))
    }
  }

  fileprivate func note(_ event: Event) { events.append(event) }

  func read(at address: UInt64, byteCount: Int, _ value: UInt32) -> UInt32 {
    guard let (place, offset) = Access.locate(address) else { return value }
    var access = Access(place: place, offset: offset, byteCount: byteCount, isWrite: false, value: value)
    access.value = forge(access) ?? value
    note(.access(access))
    return access.value
  }

  func write(at address: UInt64, byteCount: Int, _ value: UInt32) -> Bool {
    guard let (place, offset) = Access.locate(address) else { return true }
    note(.access(Access(place: place, offset: offset, byteCount: byteCount, isWrite: true, value: value)))
    return true
  }

  /// What one side does to memory.
  private final class View: MemoryObserver {
    private let side: Side
    private let memory: GuestMemory
    private unowned let recorder: Recorder

    init(_ side: Side, _ memory: GuestMemory, _ recorder: Recorder) {
      self.side = side
      self.memory = GuestMemory(sharing: memory)
      self.recorder = recorder
    }

    func observe(_ event: MemoryEvent) {
      switch event {
      case .read(let address, let count): recorder.note(.read(side, address, count: count))
      case .write(let address, let count):
        var bytes = try? (count <= 8 ? memory.bytes(address: address, byteCount: count) : nil)
        if side == .device, let patched = bytes.flatMap({ recorder.patch(address, $0) }) {
          patched.withUnsafeBytes { try! memory.write(address: address, $0) }
          bytes = patched
        }
        recorder.note(.wrote(side, address, bytes ?? [], count: count))
      case .fence(let barrier): recorder.note(.fence(side, barrier))
      }
    }
  }
}

extension Recorder {
  var accesses: [Access] { events.compactMap { if case .access(let access) = $0 { access } else { nil } } }

  /// The driver's steps, whatever the transport.
  var steps: [Step] {
    var decoder = StepDecoder()
    return accesses.compactMap { decoder.decode($0) }
  }

  /// What was written to the status register.
  var statusWrites: [UInt8] { steps.compactMap { if case .status(let value) = $0 { value } else { nil } } }
}
