/// One virtqueue of a device: its registers, and the ring once it is enabled.
public final class DeviceQueue {
  public let index: Int
  /// Size in entries that the device has room for; 0 for a queue that is not there.
  private let capacity: Int
  /// What the driver asked for; nil before it did.
  var chosenSize: Int?

  public internal(set) var addresses = QueueAddresses()
  @exclusivity(unchecked) public internal(set) var isEnabled = false
  /// A queue reset is going on.
  @exclusivity(unchecked) public internal(set) var isResetting = false
  /// MSI-X vector; 0xFFFF for none. Only PCI has it.
  public internal(set) var vector: UInt16 = noVector
  /// Takes note of where the device stands in a packed ring, from when it is next made.
  package var journal: UsedJournal?

  private unowned let device: VirtioDevice
  private let activity: Activity
  private let memory: GuestMemory
  private let access: UnsafeMutablePointer<MemoryHandle.Access>
  // Accesses to the next three do not overlap: what they call on the way, nothing but an observer of memory, must not
  // come back to the queue. Checking that for every chain would cost as much as the ring does.
  @exclusivity(unchecked) private var ring = AnyDeviceRing()
  /// Tells this life of the ring from earlier ones, and other queues, whose chains may still be around.
  @exclusivity(unchecked) private var life: QueueLife
  @exclusivity(unchecked) private var turn = ServiceTurn()

  /// VIRTIO_MSI_NO_VECTOR.
  static let noVector: UInt16 = 0xffff

  init(index: Int, capacity: Int, device: VirtioDevice) {
    self.index = index
    self.capacity = capacity
    self.device = device
    life = QueueLife(QueueLife.Name(queue: index))
    (activity, memory, access) = (device.activity, device.memory, device.memory.handle.access)
  }

  // MARK: Registers

  /// Largest size in entries: a power of two in the split format; 0 for a queue that is not there.
  public var maximumSize: Int {
    switch device.ringFormat {
    case .packed: capacity
    case .split: capacity == 0 ? 0 : 1 << (Int.bitWidth - 1 - capacity.leadingZeroBitCount)
    }
  }

  /// Size in entries: the largest until the driver asks for less.
  public internal(set) var size: Int {
    get { chosenSize ?? maximumSize }
    set { chosenSize = newValue }
  }

  /// Changes a register; once the queue is enabled its registers are fixed, and what the driver writes is ignored.
  func configureWhileDisabled(_ change: (DeviceQueue) -> Void) {
    if !isEnabled && capacity > 0 { change(self) }
  }

  /// Makes the ring; registers that make no ring are the driver's mistake, and only a reset helps.
  ///
  /// - Parameter state: where another device stopped; what the driver notified it of may still be in the ring.
  func enable(restoring state: RingState? = nil) {
    do throws(VirtioError) { try makeRing(restoring: state) } catch { device.needReset() }
  }

  /// The same for a transport that can refuse registers.
  ///
  /// - Throws: `VirtioError` for registers that make no ring.
  func makeRing(restoring state: RingState? = nil) throws(VirtioError) {
    guard !isEnabled, !isResetting, capacity > 0, device.status.contains(.featuresOK) else { return }
    guard size <= maximumSize else { throw .badQueueSize(size) }
    ring = try AnyDeviceRing(
      device.ringFormat, in: device.memory, size: size, at: addresses,
      options: RingOptions(device.accepted), state: state ?? RingState())
    ring.keepPosition(in: journal)
    isEnabled = true
    life = life.next
    if state != nil { turn.wait() }
  }

  /// Stops the queue and forgets where it stood; its registers keep their values.
  func disable() {
    ring = AnyDeviceRing()
    isEnabled = false
    turn.forget()
    life.isOver = true
  }

  /// Everything back to where it was before the driver came.
  func reset() {
    disable()
    chosenSize = nil
    addresses = QueueAddresses()
    isResetting = false
    vector = Self.noVector
  }

  /// Where the device stands in the ring; nil while the queue is not enabled.
  public var state: RingState? { ring.stateIfAny }

  /// Chains taken and not yet used.
  public var inFlight: Int { ring.inFlight }

  // MARK: Service

  /// Whether the device may touch the ring now.
  public var isLive: Bool { isEnabled && !isResetting && activity.isRunning && access.pointee.isAllowed }

  /// A turn ended before the queue was empty.
  var isWaiting: Bool { turn.isWaiting && isLive }

  /// Whether there is anything to take, for whoever looks instead of being notified.
  package var hasAvailable: Bool { isLive && ring.hasAvailable }

  /// Serves the queue, which the driver notified: twice the queue's size in chains at most, which is all that was there
  /// and as much again, and fewer where they are long.
  func takeTurn(_ serve: (DeviceQueue) -> Void) {
    guard turn.begin(budget: 2 * size) else { return }
    while isLive && turn.goesOn() { serve(self) }
    turn.end()
  }

  /// Takes the next available chain; false, and `chain` as it was, when there is none, the queue is not live, or its
  /// turn is over.
  ///
  /// - Throws: `ChainError`; give the chain back or ask for a reset (`VirtioDevice.needReset`).
  public func pop(into chain: inout Chain) throws(ChainError) -> Bool {
    guard isLive, turn.spend() else { return false }
    chain.storage.pointee.descriptorCount = 0
    defer { turn.spend(descriptors: chain.storage.pointee.descriptorCount) }
    do throws(ChainError) {
      guard try ring.pop(into: &chain) else { return false }
      if chain.storage.pointee.life !== life { chain.storage.pointee.life = life }
      return true
    } catch {
      var error = error
      error.life = life.name
      throw error
    }
  }

  /// Whether the device may tell the driver what it used: while it runs, and for what is in progress when it suspends.
  private var maySayUsed: Bool { isEnabled && !isResetting && (activity.isRunning || activity.isSuspending) }

  /// Uses a chain; one that was taken before a reset, or is completed by a device that stands still, is dropped.
  ///
  /// A device that lost its memory meanwhile cannot say so in the ring: only a reset helps.
  ///
  /// - Precondition: the chain was taken from this queue, and not used yet.
  public func complete(_ chain: borrowing Chain) {
    guard isCurrent(chain), maySayUsed else { return }
    if access.pointee.isAllowed { ring.complete(chain) } else { device.needReset() }
  }

  /// Whether the chain was taken in this life of the queue, if it still lasts: false once the next has begun.
  private func isCurrent(_ chain: borrowing Chain) -> Bool {
    if chain.storage.pointee.life === life { return true }
    precondition(chain.storage.pointee.life?.isOver == true, "the chain is another queue's")
    return false
  }

  /// Uses a malformed chain with nothing written, or asks for a reset where that cannot be; one that was taken before a
  /// reset is dropped.
  ///
  /// - Precondition: the error is this queue's, and was not given back yet.
  public func giveBack(_ error: ChainError) {
    precondition(error.life.queue == index, "the chain is another queue's")
    guard isLive, error.life == life.name else { return }
    if error.isReturnable { ring.giveBack(error) } else { device.needReset() }
  }

  /// Shows the driver what was completed, and interrupts it if it wants that.
  public func publish() {
    guard maySayUsed, access.pointee.isAllowed else { return }
    if ring.publish() { device.transport?.queueInterrupt(self) }
  }

  /// Asks the driver for notifications; true when chains are available already, and may be taken in this turn.
  public func enableNotifications() -> Bool { isLive && ring.enableNotifications() && turn.hasBudget() }

  /// Asks the driver for silence.
  public func disableNotifications() {
    if isLive { ring.disableNotifications() }
  }
}
