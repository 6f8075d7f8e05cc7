/// A packed virtqueue as the driver uses it (VIRTIO 1.4, Packed Virtqueues).
///
/// What the driver needs to know about its own buffers it keeps to itself: nothing that the device can write is ever
/// read back, except used descriptors.
public struct PackedDriverRing: DriverRing, ~Copyable {
  /// What the driver remembers of a buffer ID.
  private struct Record {
    var token: UInt64 = 0
    var nextFree: UInt16
    /// The buffer made available after this one.
    var successor: UInt16 = 0
    /// Number of slots; 0 when not in flight.
    var slots: UInt16 = 0
    var writableByteCount = 0
  }

  private let memory: GuestMemory
  private let layout: PackedLayout
  private let descriptors: RingArea
  private let driverEvent: RingArea
  private let deviceEvent: RingArea
  private let options: RingOptions
  private let records: UnsafeMutableBufferPointer<Record>

  private var available = PackedPosition(slot: 0, wrap: true)
  private var used = PackedPosition(slot: 0, wrap: true)
  private var firstFree: UInt16 = 0
  public private(set) var freeCount: Int
  /// Slots filled since the device was last considered for a notification.
  private var unpublished = 0
  /// With IN_ORDER: the buffer made available first and last of those in flight, and a used batch not yet reaped.
  private var oldest: UInt16 = 0
  private var newest: UInt16 = 0
  private var batch: (last: UInt16, byteCount: UInt32)?
  private var wantsInterrupts = true

  /// Makes the ring empty; its memory may hold anything.
  ///
  /// - Parameter memory: the driver's view.
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions
  ) throws(VirtioError) {
    (descriptors, driverEvent, deviceEvent) = try PackedLayout.areas(in: memory, size: size, at: addresses)
    self.memory = memory
    self.options = options
    layout = PackedLayout(size: size)
    records = .allocate(capacity: size)
    for index in 0..<size { records.initializeElement(at: index, to: Record(nextFree: UInt16((index + 1) % size))) }
    freeCount = size
    for area in [descriptors, driverEvent, deviceEvent] {
      for offset in stride(from: 0, to: area.byteCount, by: 4) { area.store32(0, offset) }
    }
  }

  deinit { records.deallocate() }

  public var notificationPosition: UInt16 { available.encoded }

  // MARK: Adding

  public mutating func add(
    _ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64? = nil
  ) throws(VirtioError) {
    let writableByteCount = try checkedChain(buffers, readableCount: readableCount, queueSize: layout.size)
    let slots = table == nil ? buffers.count : 1
    guard freeCount >= slots else { throw .ringFull }
    if let table {
      guard options.indirect else { throw .indirectNotNegotiated }
      try memory.writeTable(buffers, readableCount: readableCount, at: table, .packed)
    }
    let id = firstFree
    firstFree = records[Int(id)].nextFree
    records[Int(id)].token = token
    records[Int(id)].slots = UInt16(slots)
    records[Int(id)].writableByteCount = writableByteCount
    records[Int(newest)].successor = id
    if freeCount == layout.size { oldest = id }
    newest = id
    freeCount -= slots
    unpublished += slots

    if let table {
      let bytes = Buffer(address: table, byteCount: UInt32(buffers.count * Descriptor.byteCount))
      storeBody(bytes, id, at: available.slot)
      descriptors.orderStores(options.barrier)
      storeFlags(.indirect, at: available)
    } else {
      var position = available
      for index in buffers.indices {
        if index == 0 {
          storeBody(buffers[0], id, at: position.slot)
        } else {
          let descriptor = Descriptor(
            address: buffers[index].address, byteCount: buffers[index].byteCount,
            flags: flags(index, of: buffers.count, readableCount).union(position.availableFlags), link: id)
          descriptors.store(descriptor, at: layout.slot(position.slot), .packed)
        }
        position.advance(by: 1, size: layout.size)
      }
      descriptors.orderStores(options.barrier)
      storeFlags(flags(0, of: buffers.count, readableCount), at: available)
    }
    available.advance(by: slots, size: layout.size)
  }

  @inline(__always)
  private func flags(_ index: Int, of count: Int, _ readableCount: Int) -> DescriptorFlags {
    let direction: DescriptorFlags = index < readableCount ? [] : .write
    return index < count - 1 ? direction.union(.next) : direction
  }

  @inline(__always)
  private func storeBody(_ buffer: Buffer, _ id: UInt16, at slot: Int) {
    descriptors.store(buffer.address, PackedDescriptor().address, at: layout.slot(slot))
    descriptors.store(buffer.byteCount, PackedDescriptor().length, at: layout.slot(slot))
    descriptors.store(id, PackedDescriptor().id, at: layout.slot(slot))
  }

  @inline(__always)
  private func storeFlags(_ flags: DescriptorFlags, at position: PackedPosition) {
    let value = flags.union(position.availableFlags).rawValue
    descriptors.store(value, PackedDescriptor().flags, at: layout.slot(position.slot))
  }

  public mutating func publish() -> Bool {
    guard unpublished > 0 else { return false }
    descriptors.fence(options.barrier)
    defer { unpublished = 0 }
    return deviceEvent.wantsNotification(
      upTo: available, count: unpublished, size: layout.size, options: options)
  }

  // MARK: Reaping

  private var hasUsed: Bool {
    let flags = descriptors.load(PackedDescriptor().flags, at: layout.slot(used.slot))
    return freeCount < layout.size && used.isUsed(DescriptorFlags(rawValue: flags))
  }

  public mutating func reap() throws(VirtioError) -> Completion? {
    if let batch { return try reap(inOrder: batch) }
    guard freeCount < layout.size else { return nil }
    let slot = used.slot
    let flags = DescriptorFlags(rawValue: descriptors.load(PackedDescriptor().flags, at: layout.slot(slot)))
    guard used.isUsed(flags) else { return nil }
    let id = descriptors.load(PackedDescriptor().id, at: layout.slot(slot))
    // The length means something only where WRITE is set.
    let byteCount = flags.contains(.write) ? descriptors.load(PackedDescriptor().length, at: layout.slot(slot)) : 0
    guard id < layout.size, case let record = records[Int(id)], record.slots > 0, byteCount <= record.writableByteCount
    else { throw .badUsedElement(id: id, byteCount: byteCount) }
    if options.inOrder { return try reap(inOrder: (id, byteCount)) }
    return release(id, byteCount)
  }

  /// With IN_ORDER a used descriptor stands for every buffer up to its own; the others count as wholly used.
  private mutating func reap(inOrder batch: (last: UInt16, byteCount: UInt32)) throws(VirtioError) -> Completion? {
    let id = oldest
    let record = records[Int(id)]
    guard record.slots > 0 else { throw .badUsedElement(id: batch.last, byteCount: batch.byteCount) }
    oldest = record.successor
    self.batch = id == batch.last ? nil : batch
    return release(id, id == batch.last ? batch.byteCount : UInt32(clamping: record.writableByteCount))
  }

  private mutating func release(_ id: UInt16, _ byteCount: UInt32) -> Completion {
    let record = records[Int(id)]
    records[Int(id)].slots = 0
    records[Int(id)].nextFree = firstFree
    firstFree = id
    freeCount += Int(record.slots)
    used.advance(by: Int(record.slots), size: layout.size)
    if options.eventIndex && wantsInterrupts {
      driverEvent.storeEvent(EventFlags.descriptor, at: used)
      // The next descriptor is not looked at before the device can see where an interrupt is wanted.
      descriptors.fence(options.barrier)
    }
    return Completion(token: record.token, byteCount: byteCount)
  }

  // MARK: Interrupts

  public mutating func enableInterrupts() -> Bool {
    wantsInterrupts = true
    driverEvent.storeEvent(options.eventIndex ? EventFlags.descriptor : EventFlags.enable, at: used)
    descriptors.fence(options.barrier)
    return hasUsed
  }

  public mutating func disableInterrupts() {
    wantsInterrupts = false
    driverEvent.storeEvent(EventFlags.disable, at: used)
  }
}
