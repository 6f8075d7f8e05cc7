/// A split virtqueue as the device uses it (VIRTIO 1.4, Split Virtqueues).
public struct SplitDeviceRing: DeviceRing, ~Copyable {
  private let memory: GuestMemory
  private let layout: SplitLayout
  private let descriptors: RingArea
  private let available: RingArea
  private let used: RingArea
  private let options: RingOptions

  private var nextAvailable: UInt16
  /// The available index as last seen.
  private var seenAvailable: UInt16
  private var nextUsed: UInt16
  /// The used index that the driver sees.
  private var publishedUsed: UInt16
  private var sequence = 0
  private var inOrderBuffer: InOrderBuffer
  public private(set) var inFlight: Int

  /// - Parameter memory: the device's view.
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions,
    state: RingState = RingState()
  ) throws(VirtioError) {
    (descriptors, available, used) = try SplitLayout.areas(in: memory, size: size, at: addresses)
    self.memory = memory
    self.options = options
    layout = SplitLayout(size: size)
    nextAvailable = state.nextAvailable
    seenAvailable = state.nextAvailable
    nextUsed = state.nextUsed
    publishedUsed = state.nextUsed
    inOrderBuffer = InOrderBuffer(capacity: options.inOrder ? size : 0)
    inFlight = 0
  }

  public var state: RingState {
    var state = RingState()
    state.nextAvailable = nextAvailable
    state.nextUsed = publishedUsed
    return state
  }

  // MARK: Taking

  var hasAvailable: Bool { available.load(SplitRingHeader().index) != nextAvailable }

  public mutating func pop(into chain: inout Chain) throws(ChainError) -> Bool {
    if nextAvailable == seenAvailable {
      let index = available.load(SplitRingHeader().index)
      guard Int(index &- nextAvailable) <= layout.size else { throw ChainError(fault: .indexJump, id: 0, slots: 0) }
      seenAvailable = index
      if index == nextAvailable { return false }
    }
    guard inFlight < layout.size else { throw ChainError(fault: .tooManyInFlight, id: 0, slots: 0) }
    let head = available.load16(layout.available(nextAvailable))
    nextAvailable &+= 1
    inFlight += 1
    let storage = chain.storage
    storage.pointee.begin(sequence: sequence)
    storage.pointee.id = head
    storage.pointee.slots = 1
    sequence = sequence + 1 == layout.size ? 0 : sequence + 1
    if let fault = walk(from: head, into: &storage.pointee) {
      throw ChainError(fault: fault, id: head, slots: 1, sequence: storage.pointee.sequence)
    }
    storage.pointee.isOpen = true
    return true
  }

  @inline(__always)
  private func walk(from head: UInt16, into chain: inout ChainStorage) -> ChainFault? {
    let size = layout.size
    guard Int(head) < size else { return .headOutOfRange }
    var (index, count) = (Int(head), 0)
    repeat {
      let descriptor = descriptors.loadDescriptor(at: index &* Descriptor.byteCount, .split)
      count &+= 1
      chain.descriptorCount = count
      if descriptor.flags.contains(.indirect) {
        guard options.indirect else { return .indirectNotNegotiated }
        guard !descriptor.flags.contains(.next) else { return .indirectWithNext }
        return chain.append(table: descriptor, after: count &- 1, queueSize: size, .split)
      }
      if let fault = chain.append(descriptor) { return fault }
      guard descriptor.flags.contains(.next) else { return nil }
      index = Int(descriptor.link)
      guard index < size else { return .nextOutOfRange }
    } while count < size
    return .tooLong
  }

  // MARK: Using

  public mutating func complete(_ chain: borrowing Chain) {
    chain.storage.pointee.close()
    let written = chain.writtenByteCount
    complete(chain.id, written, chain.storage.pointee.sequence, isWhole: written == chain.writableByteCount)
  }

  public mutating func giveBack(_ error: ChainError) {
    precondition(error.isReturnable, "only a reset helps")
    complete(error.id, 0, error.sequence, isWhole: false)
  }

  private mutating func complete(_ id: UInt16, _ byteCount: Int, _ sequence: Int, isWhole: Bool) {
    precondition(inFlight > 0, "a chain is used once")
    if options.inOrder {
      inOrderBuffer.put(sequence, id: id, byteCount: byteCount, slots: 1, isWhole: isWhole)
    } else {
      store(id, UInt32(clamping: byteCount))
      nextUsed &+= 1
      inFlight -= 1
    }
  }

  @inline(__always)
  private func store(_ id: UInt16, _ byteCount: UInt32) {
    used.store(UInt32(id), SplitUsedElement().id, at: layout.used(nextUsed))
    used.store(byteCount, SplitUsedElement().length, at: layout.used(nextUsed))
  }

  public mutating func publish() -> Bool {
    if options.inOrder {
      while let batch = inOrderBuffer.takeBatch() {
        store(batch.last.id, batch.last.byteCount)
        nextUsed &+= UInt16(batch.chains)
        inFlight -= batch.chains
      }
    }
    guard nextUsed != publishedUsed else { return false }
    let old = publishedUsed
    used.store(nextUsed, SplitRingHeader().index)
    publishedUsed = nextUsed
    descriptors.fence(options.barrier)
    if options.eventIndex {
      return passes(event: available.load16(layout.usedEvent), from: old, to: nextUsed)
    }
    return available.load(SplitRingHeader().flags) & 1 == 0
  }

  // MARK: Notifications from the driver

  public mutating func enableNotifications() -> Bool {
    if options.eventIndex {
      used.store16(nextAvailable, layout.availableEvent)
    } else {
      used.store(0, SplitRingHeader().flags)
    }
    descriptors.fence(options.barrier)
    return available.load(SplitRingHeader().index) != nextAvailable
  }

  public mutating func disableNotifications() {
    if !options.eventIndex { used.store(1, SplitRingHeader().flags) }
  }
}
