/// A packed virtqueue as the device uses it (VIRTIO 1.4, Packed Virtqueues).
public struct PackedDeviceRing: DeviceRing, ~Copyable {
  private let memory: GuestMemory
  private let layout: PackedLayout
  private let descriptors: RingArea
  private let driverEvent: RingArea
  private let deviceEvent: RingArea
  private let options: RingOptions

  private var available: PackedPosition
  private var used: PackedPosition
  /// Slots used since the driver was last considered for a notification.
  private var unpublished = 0
  private var slotsInFlight = 0
  private var sequence = 0
  private var inOrderBuffer: InOrderBuffer
  public private(set) var inFlight = 0
  /// Takes note of where the device stands, for one that comes after it.
  var journal: UsedJournal?

  /// - Parameter memory: the device's view.
  /// - Throws: `VirtioError` for a size or an address that cannot be.
  public init(
    in memory: GuestMemory, size: Int, at addresses: QueueAddresses, options: RingOptions,
    state: RingState = RingState()
  ) throws(VirtioError) {
    guard Int(state.nextAvailable) < size, Int(state.nextUsed) < size else { throw .badQueueSize(size) }
    (descriptors, driverEvent, deviceEvent) = try PackedLayout.areas(in: memory, size: size, at: addresses)
    self.memory = memory
    self.options = options
    layout = PackedLayout(size: size)
    available = PackedPosition(slot: Int(state.nextAvailable), wrap: state.availableWrap)
    used = PackedPosition(slot: Int(state.nextUsed), wrap: state.usedWrap)
    inOrderBuffer = InOrderBuffer(capacity: options.inOrder ? size : 0)
  }

  public var state: RingState {
    var state = RingState()
    (state.nextAvailable, state.availableWrap) = (UInt16(available.slot), available.wrap)
    (state.nextUsed, state.usedWrap) = (UInt16(used.slot), used.wrap)
    return state
  }

  // MARK: Taking

  var hasAvailable: Bool { available.isAvailable(flags(at: available.slot)) }

  @inline(__always)
  private func flags(at slot: Int) -> DescriptorFlags {
    DescriptorFlags(rawValue: descriptors.load(PackedDescriptor().flags, at: layout.slot(slot)))
  }

  public mutating func pop(into chain: inout Chain) throws(ChainError) -> Bool {
    try pop(into: &chain.storage.pointee)
  }

  @inline(__always)
  private mutating func pop(into chain: inout ChainStorage) throws(ChainError) -> Bool {
    // All but the address in one read, and flags that say so before the address.
    var descriptor = descriptors.loadDescriptorTail(at: layout.slot(available.slot), .packed)
    guard available.isAvailable(descriptor.flags) else { return false }
    chain.begin(sequence: sequence)
    var position = available
    var fault: ChainFault?
    while true {
      descriptor.address = descriptors.load(PackedDescriptor().address, at: layout.slot(position.slot))
      chain.descriptorCount += 1
      chain.id = descriptor.link
      if fault == nil { fault = append(descriptor, to: &chain) }
      chain.slots += 1
      position.advance(by: 1, size: layout.size)
      guard descriptor.flags.contains(.next) else { break }
      guard slotsInFlight + chain.slots < layout.size else {
        throw ChainError(fault: slotsInFlight == 0 ? .tooLong : .tooManyInFlight, id: chain.id, slots: 0)
      }
      descriptor = descriptors.loadDescriptorTail(at: layout.slot(position.slot), .packed)
      guard position.isAvailable(descriptor.flags) else {
        throw ChainError(fault: .notAvailable, id: chain.id, slots: 0)
      }
    }
    guard slotsInFlight + chain.slots <= layout.size else {
      throw ChainError(fault: .tooManyInFlight, id: chain.id, slots: 0)
    }
    available = position
    slotsInFlight += chain.slots
    inFlight += 1
    sequence = sequence + 1 == layout.size ? 0 : sequence + 1
    if let fault { throw ChainError(fault: fault, id: chain.id, slots: chain.slots, sequence: chain.sequence) }
    chain.isOpen = true
    return true
  }

  @inline(__always)
  private func append(_ descriptor: Descriptor, to chain: inout ChainStorage) -> ChainFault? {
    guard descriptor.flags.contains(.indirect) else { return chain.append(descriptor) }
    guard options.indirect else { return .indirectNotNegotiated }
    guard !descriptor.flags.contains(.next) else { return .indirectWithNext }
    guard chain.slots == 0 else { return .indirectInList }
    return chain.append(table: descriptor, after: 0, queueSize: layout.size, .packed)
  }

  // MARK: Using

  public mutating func complete(_ chain: borrowing Chain) {
    chain.storage.pointee.close()
    let written = chain.writtenByteCount
    let isWhole = written == chain.writableByteCount
    complete(chain.id, written, chain.slots, chain.storage.pointee.sequence, isWhole: isWhole)
  }

  public mutating func giveBack(_ error: ChainError) {
    precondition(error.isReturnable, "only a reset helps")
    complete(error.id, 0, error.slots, error.sequence, isWhole: false)
  }

  private mutating func complete(_ id: UInt16, _ byteCount: Int, _ slots: Int, _ sequence: Int, isWhole: Bool) {
    precondition(inFlight > 0, "a chain is used once")
    if options.inOrder {
      inOrderBuffer.put(sequence, id: id, byteCount: byteCount, slots: slots, isWhole: isWhole)
    } else {
      store(id, UInt32(clamping: byteCount), chains: 1, slots: slots)
    }
  }

  /// Writes a used descriptor, its flags last, and skips the slots that it stands for.
  @inline(__always)
  private mutating func store(_ id: UInt16, _ byteCount: UInt32, chains: Int, slots: Int) {
    let slot = used.slot
    descriptors.store(byteCount, PackedDescriptor().length, at: layout.slot(slot))
    descriptors.store(id, PackedDescriptor().id, at: layout.slot(slot))
    let flags = used.usedFlags.union(byteCount > 0 ? .write : [])
    if let journal {
      var next = used
      next.advance(by: slots, size: layout.size)
      journal.begin(next)
    }
    descriptors.store(flags.rawValue, PackedDescriptor().flags, at: layout.slot(slot))
    used.advance(by: slots, size: layout.size)
    journal?.end(used)
    inFlight -= chains
    slotsInFlight -= slots
    unpublished += slots
  }

  public mutating func publish() -> Bool {
    if options.inOrder {
      while let batch = inOrderBuffer.takeBatch() {
        store(batch.last.id, batch.last.byteCount, chains: batch.chains, slots: batch.slots)
      }
    }
    guard unpublished > 0 else { return false }
    descriptors.fence(options.barrier)
    defer { unpublished = 0 }
    return driverEvent.wantsNotification(
      upTo: used, count: unpublished, size: layout.size, options: options)
  }

  // MARK: Notifications from the driver

  public mutating func enableNotifications() -> Bool {
    deviceEvent.storeEvent(options.eventIndex ? EventFlags.descriptor : EventFlags.enable, at: available)
    descriptors.fence(options.barrier)
    return available.isAvailable(flags(at: available.slot))
  }

  public mutating func disableNotifications() {
    deviceEvent.storeEvent(EventFlags.disable, at: available)
  }
}
