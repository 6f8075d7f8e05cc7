/// A split virtqueue as the driver uses it (VIRTIO 1.4, Split Virtqueues).
///
/// What the driver needs to know about its own descriptors it keeps to itself: nothing that the device can write is
/// ever read back, except the used ring.
public struct SplitDriverRing: DriverRing, ~Copyable {
  /// What the driver remembers of a descriptor; of a chain's head, also of the chain.
  private struct Record {
    var token: UInt64 = 0
    var next: UInt16
    /// Number of descriptors of the chain; 0 when not in flight.
    var count: UInt16 = 0
    var writableByteCount = 0
  }

  private let memory: GuestMemory
  private let layout: SplitLayout
  private let descriptors: RingArea
  private let available: RingArea
  private let used: RingArea
  private let options: RingOptions
  private let records: UnsafeMutableBufferPointer<Record>

  private var firstFree: UInt16 = 0
  public private(set) var freeCount: Int
  private var nextAvailable: UInt16 = 0
  private var publishedAvailable: UInt16 = 0
  private var nextUsed: UInt16 = 0
  /// With IN_ORDER: the head of the oldest chain in flight, and the head and size of a used batch not yet reaped.
  private var oldest: UInt16 = 0
  private var batch: (last: UInt16, byteCount: UInt32)?
  private var wantsInterrupts = true

  /// Makes the ring empty; its memory may hold anything.
  ///
  /// - Parameter memory: the driver's view.
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions
  ) throws(VirtioError) {
    (descriptors, available, used) = try SplitLayout.areas(in: memory, size: size, at: addresses)
    self.memory = memory
    self.options = options
    layout = SplitLayout(size: size)
    records = .allocate(capacity: size)
    for index in 0..<size { records.initializeElement(at: index, to: Record(next: UInt16((index + 1) % size))) }
    freeCount = size
    for area in [available, used] {
      for offset in stride(from: 0, to: area.byteCount, by: 2) { area.store16(0, offset) }
    }
  }

  deinit { records.deallocate() }

  public var notificationPosition: UInt16 { publishedAvailable }

  // MARK: Adding

  public mutating func add(
    _ buffers: Span<Buffer>, readableCount: Int, token: UInt64, table: UInt64? = nil
  ) throws(VirtioError) {
    let writableByteCount = try checkedChain(buffers, readableCount: readableCount, queueSize: layout.size)
    guard freeCount >= (table == nil ? buffers.count : 1) else { throw .ringFull }
    if let table {
      guard options.indirect else { throw .indirectNotNegotiated }
      try memory.writeTable(buffers, readableCount: readableCount, at: table, .split)
    }
    let head = firstFree
    var last = head
    if let table {
      let bytes = Buffer(address: table, byteCount: UInt32(buffers.count * Descriptor.byteCount))
      store(bytes, head, flags: .indirect, next: 0)
    } else {
      for index in buffers.indices {
        if index > 0 { last = records[Int(last)].next }
        var flags: DescriptorFlags = index < readableCount ? [] : .write
        if index < buffers.count - 1 { flags.insert(.next) }
        store(buffers[index], last, flags: flags, next: flags.contains(.next) ? records[Int(last)].next : 0)
      }
    }
    let count = table == nil ? buffers.count : 1
    firstFree = records[Int(last)].next
    freeCount -= count
    records[Int(head)].token = token
    records[Int(head)].count = UInt16(count)
    records[Int(head)].writableByteCount = writableByteCount
    available.store16(head, layout.available(nextAvailable))
    nextAvailable &+= 1
  }

  @inline(__always)
  private func store(_ buffer: Buffer, _ index: UInt16, flags: DescriptorFlags, next: UInt16) {
    let descriptor = Descriptor(address: buffer.address, byteCount: buffer.byteCount, flags: flags, link: next)
    descriptors.store(descriptor, at: Int(index) * Descriptor.byteCount, .split)
  }

  public mutating func publish() -> Bool {
    guard nextAvailable != publishedAvailable else { return false }
    let old = publishedAvailable
    descriptors.orderStores(options.barrier)
    available.store(nextAvailable, SplitRingHeader().index)
    publishedAvailable = nextAvailable
    descriptors.fence(options.barrier)
    if options.eventIndex {
      return passes(event: used.load16(layout.availableEvent), from: old, to: nextAvailable)
    }
    return used.load(SplitRingHeader().flags) & 1 == 0
  }

  // MARK: Reaping

  public mutating func reap() throws(VirtioError) -> Completion? {
    if let batch { return try reap(inOrder: batch) }
    guard used.load(SplitRingHeader().index) != nextUsed else { return nil }
    let id = used.load(SplitUsedElement().id, at: layout.used(nextUsed))
    let byteCount = used.load(SplitUsedElement().length, at: layout.used(nextUsed))
    guard id < layout.size, case let record = records[Int(id)], record.count > 0, byteCount <= record.writableByteCount
    else { throw .badUsedElement(id: UInt16(truncatingIfNeeded: id), byteCount: byteCount) }
    if options.inOrder { return try reap(inOrder: (UInt16(id), byteCount)) }
    return release(UInt16(id), byteCount)
  }

  /// With IN_ORDER a used element stands for every chain up to its own; the others count as wholly used.
  private mutating func reap(inOrder batch: (last: UInt16, byteCount: UInt32)) throws(VirtioError) -> Completion? {
    let head = oldest
    let record = records[Int(head)]
    guard record.count > 0 else { throw .badUsedElement(id: batch.last, byteCount: batch.byteCount) }
    var next = head
    for _ in 0..<record.count { next = records[Int(next)].next }
    oldest = next
    self.batch = head == batch.last ? nil : batch
    return release(head, head == batch.last ? batch.byteCount : UInt32(clamping: record.writableByteCount))
  }

  private mutating func release(_ head: UInt16, _ byteCount: UInt32) -> Completion {
    let record = records[Int(head)]
    records[Int(head)].count = 0
    if !options.inOrder {
      var last = Int(head)
      for _ in 1..<max(record.count, 1) { last = Int(records[last].next) }
      records[last].next = firstFree
      firstFree = head
    }
    freeCount += Int(record.count)
    nextUsed &+= 1
    if options.eventIndex && wantsInterrupts {
      available.store16(nextUsed, layout.usedEvent)
      // The used index is not looked at before the device can see where an interrupt is wanted.
      descriptors.fence(options.barrier)
    }
    return Completion(token: record.token, byteCount: byteCount)
  }

  // MARK: Interrupts

  public mutating func enableInterrupts() -> Bool {
    wantsInterrupts = true
    if options.eventIndex {
      available.store16(nextUsed, layout.usedEvent)
    } else {
      available.store(0, SplitRingHeader().flags)
    }
    descriptors.fence(options.barrier)
    return used.load(SplitRingHeader().index) != nextUsed
  }

  public mutating func disableInterrupts() {
    wantsInterrupts = false
    if !options.eventIndex { available.store(1, SplitRingHeader().flags) }
  }
}
