import Virtio

/// Which way the data of a mapping goes (`enum dma_data_direction`).
public enum DMADirection: String, Sendable, Hashable {
  case toDevice, fromDevice, bidirectional
}

/// DMA mappings. While `isDebugging`, each is accounted for, as with CONFIG_DMA_API_DEBUG: who maps twice, unmaps what
/// is not mapped, or leaves mappings behind is told of.
public final class DMA {
  private unowned let kernel: Kernel
  private let memory: GuestMemory
  private let faults: FaultPlan
  private let log: Trace
  /// Whether each streaming mapping is recorded and checked; else they are counted only. Coherent memory always is.
  ///
  /// - Precondition: nothing but coherent memory is mapped when it changes.
  @exclusivity(unchecked) public var isDebugging = true {
    willSet { precondition(mappings.values.allSatisfy(\.isCoherent) && uncheckedCount == 0, "there are mappings") }
  }
  /// Streaming mappings that nobody checks.
  @exclusivity(unchecked) private var uncheckedCount = 0

  struct Mapping {
    unowned let device: KernelDevice
    let byteCount: Int
    let direction: DMADirection
    let isCoherent: Bool
  }

  private var mappings: [UInt64: Mapping] = [:]
  /// Complaints so far.
  public private(set) var complaints: [String] = []
  /// Mappings at this time, coherent memory included.
  public var count: Int { mappings.count + uncheckedCount }

  init(_ kernel: Kernel) {
    self.kernel = kernel
    (memory, faults, log) = (kernel.pages.memory, kernel.faults, kernel.log)
  }

  /// Shows memory to a device (`dma_map_single`).
  ///
  /// - Returns: the address that the device is to use.
  /// - Throws: `DriverError`: ENOMEM where no mapping is to be had, EINVAL for what is no memory and, while debugging,
  ///   for a second mapping of the same address.
  public func map(
    _ address: UInt64, byteCount: Int, _ direction: DMADirection, for device: KernelDevice
  ) throws(DriverError) -> UInt64 {
    guard !faults.strikes(.mapping) else { throw DriverError(.ENOMEM, device.label, "DMA mapping error") }
    try note(address, byteCount: byteCount, direction, for: device)
    return address
  }

  private func note(
    _ address: UInt64, byteCount: Int, _ direction: DMADirection, for device: KernelDevice
  ) throws(DriverError) {
    guard byteCount > 0, memory.contains(address: address, byteCount: byteCount) else {
      throw DriverError(.EINVAL, device.label, "DMA mapping of what is not memory")
    }
    if isDebugging { try record(address, byteCount, direction, device) } else { uncheckedCount += 1 }
    log.note(.dma, device.label, "dma_map_single 0x\(hex(address)) size \(byteCount) \(direction.rawValue)")
  }

  /// Shows the pieces of a chain to a device (`dma_map_sg`), which reads the first `readableCount` of them and writes
  /// the rest: all of them, or none.
  func map(
    _ chain: UnsafeBufferPointer<Buffer>, readableCount: Int, for device: KernelDevice
  ) throws(DriverError) {
    for index in chain.indices {
      let (address, byteCount) = (chain[index].address, Int(chain[index].byteCount))
      let isStruck = faults.strikes(.mapping)
      if !isStruck, !isObserved, byteCount > 0, memory.contains(address: address, byteCount: byteCount) {
        uncheckedCount += 1
        continue
      }
      do throws(DriverError) {
        guard !isStruck else { throw DriverError(.ENOMEM, device.label, "DMA mapping error") }
        try note(address, byteCount: byteCount, Self.direction(index, readableCount), for: device)
      } catch {
        unmap(UnsafeBufferPointer(rebasing: chain[..<index]), readableCount: readableCount, for: device)
        throw error
      }
    }
  }

  private static func direction(_ index: Int, _ readableCount: Int) -> DMADirection {
    index < readableCount ? .toDevice : .fromDevice
  }

  /// Whether a mapping is more than counted.
  @inline(__always)
  private var isObserved: Bool { _slowPath(isDebugging || log.keeps(.dma)) }

  /// Takes the pieces of a chain back from a device (`dma_unmap_sg`).
  @inline(__always)
  func unmap(_ chain: UnsafeBufferPointer<Buffer>, readableCount: Int, for device: KernelDevice) {
    if !isObserved { uncheckedCount -= chain.count } else { account(chain, readableCount, device) }
  }

  /// Takes each piece back by itself.
  @inline(never)
  private func account(_ chain: UnsafeBufferPointer<Buffer>, _ readableCount: Int, _ device: KernelDevice) {
    for (index, piece) in chain.enumerated() {
      unmap(
        piece.address, byteCount: Int(piece.byteCount), Self.direction(index, readableCount), for: device)
    }
  }

  private func record(
    _ address: UInt64, _ byteCount: Int, _ direction: DMADirection, _ device: KernelDevice
  ) throws(DriverError) {
    let mapping = Mapping(device: device, byteCount: byteCount, direction: direction, isCoherent: false)
    if let other = mappings.updateValue(mapping, forKey: address) {
      mappings[address] = other
      complain(device, "cacheline tracking EEXIST, overlapping mappings aren't supported")
      throw DriverError(.EINVAL, device.label, "DMA address 0x\(hex(address)) is mapped already")
    }
  }

  /// Takes memory back from a device (`dma_unmap_single`), with what it was mapped with.
  public func unmap(_ address: UInt64, byteCount: Int, _ direction: DMADirection, for device: KernelDevice) {
    if isDebugging {
      guard forget(address, byteCount, direction, device) else { return }
    } else {
      uncheckedCount -= 1
    }
    log.note(.dma, device.label, "dma_unmap_single 0x\(hex(address)) size \(byteCount)")
  }

  /// Takes a mapping off the record; false, and a complaint, where it was none of the device's.
  private func forget(
    _ address: UInt64, _ byteCount: Int, _ direction: DMADirection, _ device: KernelDevice
  ) -> Bool {
    guard let place = mappings.index(forKey: address), case let mapping = mappings.values[place],
      mapping.device === device, !mapping.isCoherent
    else {
      complain(device, "device driver tries to free DMA memory it has not allocated [address=0x\(hex(address))]")
      return false
    }
    if mapping.byteCount != byteCount {
      let sizes = "[map \(mapping.byteCount)] [unmap \(byteCount)]"
      complain(device, "device driver frees DMA memory with different size \(sizes)")
    }
    if mapping.direction != direction {
      complain(device, "device driver frees DMA memory with different direction")
    }
    mappings.remove(at: place)
    return true
  }

  /// Memory that CPU and device see all the time (`dma_alloc_coherent`).
  public func allocateCoherent(_ byteCount: Int, for device: KernelDevice) throws(DriverError) -> UInt64 {
    let address = try kernel.allocate(byteCount, for: device.label)
    guard !faults.strikes(.mapping) else {
      kernel.free(address)
      throw DriverError(.ENOMEM, device.label, "no coherent memory")
    }
    mappings[address] = Mapping(device: device, byteCount: byteCount, direction: .bidirectional, isCoherent: true)
    return address
  }

  /// The same, for what goes in and out with every packet.
  func allocateArea(_ byteCount: Int, for device: KernelDevice) throws(DriverError) -> MemoryArea {
    let address = try allocateCoherent(byteCount, for: device)
    do throws(VirtioError) { return try MemoryArea(in: memory, at: address, byteCount: byteCount) } catch {
      freeCoherent(address, of: device)
      throw DriverError(error, device.label)
    }
  }

  /// Gives it back (`dma_free_coherent`).
  public func freeCoherent(_ address: UInt64, of device: KernelDevice) {
    guard let mapping = mappings[address], mapping.device === device, mapping.isCoherent else {
      return complain(device, "device driver tries to free DMA memory it has not allocated [address=0x\(hex(address))]")
    }
    mappings[address] = nil
    kernel.free(address)
  }

  /// A driver has parted from a device, which is to have no mapping any more.
  func checkReleased(_ device: KernelDevice) {
    let left = mappings.filter { $0.value.device === device }
    guard !left.isEmpty else { return }
    complain(device, "device driver has pending DMA allocations while released from device [count=\(left.count)]")
    for (address, mapping) in left {
      mappings[address] = nil
      if mapping.isCoherent { kernel.free(address) }
    }
  }

  /// Whether a device may touch these bytes, writing them or not: within one mapping that is on record, in
  /// its direction.
  public func allows(_ address: UInt64, byteCount: Int, isWrite: Bool) -> Bool {
    mappings.contains { start, mapping in
      address >= start && address + UInt64(byteCount) <= start + UInt64(mapping.byteCount)
        && mapping.direction != (isWrite ? .toDevice : .fromDevice)
    }
  }

  private func complain(_ device: KernelDevice, _ text: String) {
    complaints.append("DMA-API: \(device.label): \(text)")
    log.note(.message, device.label, "DMA-API: \(text)")
  }
}
