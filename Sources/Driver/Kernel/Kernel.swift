public import DeviceTree
public import Virtio

/// Physical addresses beyond memory: where registers answer. A read where nothing answers gives all ones.
public protocol PhysicalBus: AnyObject {
  /// Reads 1, 2 or 4 bytes.
  func read(at address: UInt64, byteCount: Int) -> UInt32
  /// Writes 1, 2 or 4 bytes.
  func write(at address: UInt64, byteCount: Int, _ value: UInt32)
}

/// The guest's kernel: what every bus, device and driver shares, and no global state.
public final class Kernel {
  /// Virtual CPUs, from 0.
  public let cpuCount: Int
  public let tree: DeviceTree
  public let scheduler = Scheduler()
  public let pages: PageAllocator
  private let memory: GuestMemory
  public let log: Trace
  public let faults = FaultPlan()
  public private(set) var interrupts: Interrupts! = nil
  public private(set) var dma: DMA! = nil
  public private(set) var buses: [Bus] = []
  /// Root of the tree of devices.
  public private(set) var root: KernelDevice! = nil
  let physical: any PhysicalBus
  /// Every device below the root, in the order in which they wake up.
  var order: [KernelDevice] = []
  var modules: [Module] = []
  /// Devices whose probe is to be tried again.
  var deferred: [KernelDevice] = []
  var deferredWork: Work! = nil
  /// How often there was a reason to try them again.
  var deferredTriggerCount = 0
  /// While the system sleeps, no driver probes (`defer_all_probes`).
  var isProbingBlocked = false
  /// Counts uevents.
  var ueventSequence = 0
  public private(set) var systemQueue: WorkQueue! = nil

  /// - Parameters:
  ///   - tree: describes the platform; its memory nodes say what RAM there is.
  ///   - memory: the driver's view of guest memory.
  ///   - physical: where registers answer.
  /// - Throws: `DriverError`, EINVAL for a tree without a memory node that guest memory covers.
  public init(
    tree: DeviceTree, memory: GuestMemory, physical: any PhysicalBus, cpuCount: Int = 1,
    tracing kinds: Set<TraceEvent.Kind> = Set(TraceEvent.Kind.allCases).subtracting([.register, .work, .dma])
  ) throws(DriverError) {
    self.cpuCount = cpuCount
    self.tree = tree
    self.physical = physical
    log = Trace(kinds, scheduler)
    self.memory = memory
    pages = PageAllocator(memory, in: try Self.ram(of: tree, memory))
    interrupts = Interrupts(self)
    dma = DMA(self)
    systemQueue = WorkQueue("events", self)
    deferredWork = systemQueue.makeWork("deferred_probe") { [unowned self] in retryDeferred() }
    root = KernelDevice("devices", kernel: self)
    scheduler.deliverInterrupts = { [unowned self] in interrupts.deliver() }
  }

  /// The largest range of all memory nodes, as far as it is whole pages.
  private static func ram(of tree: DeviceTree, _ memory: GuestMemory) throws(DriverError) -> Range<UInt64> {
    var largest: Range<UInt64>?
    for node in tree.root.children where node.isEnabled && node.property("device_type")?.string == "memory" {
      let ranges: [AddressRange]
      do throws(DeviceTreeError) { ranges = try node.registers(under: tree.root) } catch {
        throw DriverError(.EINVAL, error.place, error.problem)
      }
      for range in ranges {
        let pages = PageAllocator.pages(in: range)
        guard pages.isEmpty || memory.contains(address: pages.lowerBound, byteCount: pages.count) else {
          throw DriverError(.EINVAL, node.path, "memory is not there")
        }
        if pages.count > largest?.count ?? 0 { largest = pages }
      }
    }
    guard let largest else { throw DriverError(.EINVAL, "/", "no memory") }
    return largest
  }

  func add(_ bus: Bus) {
    buses.append(bus)
    trace(.core, "bus", "'\(bus.name)' registered")
  }

  /// The bus of that name.
  public func bus(_ name: String) -> Bus? { buses.first { $0.name == name } }

  func trace(_ kind: TraceEvent.Kind, _ source: @autoclosure () -> String, _ text: @autoclosure () -> String) {
    log.note(kind, source(), text())
  }

  // MARK: Memory

  /// Memory for the CPU and, once it is mapped, for devices (`kzalloc`).
  ///
  /// - Throws: `DriverError`, ENOMEM.
  public func allocate(_ byteCount: Int, for owner: String) throws(DriverError) -> UInt64 {
    scheduler.spend(100)
    guard !faults.strikes(.allocation), let address = pages.allocate(byteCount) else {
      throw DriverError(.ENOMEM, owner, "no memory for \(byteCount) bytes")
    }
    return address
  }

  /// Gives memory back (`kfree`).
  public func free(_ address: UInt64) {
    precondition(pages.deallocate(address), "memory at 0x\(hex(address)) was not allocated")
  }

  /// Copies bytes into memory that the kernel allocated.
  public func store(_ bytes: [UInt8], at address: UInt64) { bytes.withUnsafeBytes { store($0, at: address) } }

  /// Copies bytes into memory that the kernel allocated.
  func store(_ bytes: UnsafeRawBufferPointer, at address: UInt64) {
    do { try memory.write(address: address, bytes) } catch { preconditionFailure("kernel memory: \(error)") }
  }

  /// Copies bytes out of memory that the kernel allocated.
  public func load(_ address: UInt64, byteCount: Int) -> [UInt8] {
    do { return try memory.bytes(address: address, byteCount: byteCount) } catch {
      preconditionFailure("kernel memory: \(error)")
    }
  }

  /// Copies bytes out of memory that the kernel allocated, as many as there is room for.
  func load(_ address: UInt64, into bytes: UnsafeMutableRawBufferPointer) {
    do { try memory.read(address: address, into: bytes) } catch {
      preconditionFailure("kernel memory: \(error)")
    }
  }

  // MARK: Registers

  /// Maps registers (`ioremap`).
  func map(_ address: UInt64, byteCount: Int, for owner: String) throws(DriverError) -> MappedRegisters {
    guard byteCount > 0 else { throw DriverError(.EINVAL, owner, "no registers to map") }
    return MappedRegisters(self, at: address, byteCount: byteCount, owner: owner)
  }
}

/// Registers as a driver reaches them after `ioremap`.
final class MappedRegisters: RegisterWindow {
  private let physical: any PhysicalBus
  private let scheduler: Scheduler
  private let faults: FaultPlan
  private let log: Trace
  let address: UInt64
  let byteCount: Int
  private let owner: String

  init(_ kernel: Kernel, at address: UInt64, byteCount: Int, owner: String) {
    (physical, scheduler, faults, log) = (kernel.physical, kernel.scheduler, kernel.faults, kernel.log)
    self.address = address
    self.byteCount = byteCount
    self.owner = owner
  }

  func read(at offset: Int, byteCount: Int) -> UInt32 {
    scheduler.spend(250)
    let isInside = offset >= 0 && offset + byteCount <= self.byteCount
    let isLost = faults.strikes(.register) || !isInside
    let value =
      isLost
      ? UInt32.max >> UInt32(32 - 8 * byteCount)
      : physical.read(at: address + UInt64(offset), byteCount: byteCount)
    log.note(.register, owner, "read\(8 * byteCount) 0x\(hex(offset, 3)) -> 0x\(hex(value))")
    return value
  }

  func write(at offset: Int, byteCount: Int, _ value: UInt32) {
    scheduler.spend(100)
    log.note(.register, owner, "write\(8 * byteCount) 0x\(hex(offset, 3)) <- 0x\(hex(value))")
    guard !faults.strikes(.register), offset >= 0, offset + byteCount <= self.byteCount else { return }
    physical.write(at: address + UInt64(offset), byteCount: byteCount, value)
  }
}
