public import Device
public import Virtio

/// An accelerator on a transport, and a driver's session with it: all but what is asked of them.
public final class Machine {
  public let accelerator: Accelerator
  public let device: VirtioDevice
  public let session: DriverSession
  public let heap: GuestHeap
  let transport: MMIOTransport
  private let interrupts: InterruptCounter
  public private(set) var queues: [DriverQueue] = []
  private let queueSize: Int

  /// Decides when the device does what it is asked; nil where it does so at once.
  var clock: BenchClock?

  /// Counts interrupts: whoever needs them asks.
  final class InterruptCounter: InterruptController {
    private(set) var count = 0
    func setLine(_ isAsserted: Bool) { if isAsserted { count += 1 } }
    func message(address: UInt64, data: UInt32) { count += 1 }
  }

  /// - Parameter memory: bytes of guest memory.
  init(_ profile: AcceleratorProfile, memory byteCount: Int, queueSize: Int) throws(VirtioError) {
    let driverMemory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: byteCount)])
    interrupts = InterruptCounter()
    accelerator = Accelerator(profile)
    transport = MMIOTransport(
      accelerator.virtioProfile, in: GuestMemory(sharing: driverMemory), interrupts: interrupts, function: accelerator)
    device = transport.device
    heap = GuestHeap(driverMemory, from: 4096, to: UInt64(byteCount))
    self.queueSize = queueSize
    guard let driver = try MMIODriver(transport) else { throw .badDevice("no device") }
    session = DriverSession(driver, memory: driverMemory)
  }

  /// From reset to DRIVER_OK, with as many queues.
  ///
  /// - Parameters:
  ///   - features: those to accept, as far as they are offered.
  ///   - configure: what to write to the registers before DRIVER_OK.
  func start(
    _ features: FeatureSet, queues count: (FeatureSet) -> Int, configure: (any DriverTransport) -> Void = { _ in }
  ) throws(VirtioError) {
    heap.releaseAll()
    queues = []
    try session.negotiate(DriverProfile(supported: features, requirements: device.profile.requirements))
    configure(session.transport)
    for index in 0..<count(session.features) {
      let base = heap.allocate(QueueAddresses.byteCount(RingFormat(session.features), size: queueSize))
      queues.append(try session.makeQueue(index, size: queueSize, at: base))
    }
    session.start()
  }

  /// Resets one queue and sets it up again.
  public func resetQueue(_ index: Int) throws(VirtioError) {
    try session.resetQueue(queues[index])
    let base = heap.allocate(QueueAddresses.byteCount(RingFormat(session.features), size: queueSize))
    queues[index] = try session.makeQueue(index, size: queueSize, at: base)
  }

  /// Resets a queue where the driver may.
  public func resetQueueIfOffered(_ index: Int) throws(VirtioError) {
    if session.features.contains(.ringReset) { try resetQueue(index) }
  }

  /// Sends a chain of one readable and one writable buffer; what the device wrote of the writable bytes.
  ///
  /// - Throws: `TestbenchError`, `.unanswered` if the device has not used the chain.
  public func exchange(_ readable: [UInt8], room: Int, on index: Int) throws(TestbenchError) -> [UInt8] {
    try exchange([readable], room: [room], on: index)
  }

  /// Sends a chain of several readable and writable buffers; what the device wrote, up to its used length.
  ///
  /// - Parameter whole: whether to return all writable bytes, whatever the used length: it does not count what stands
  ///   behind a gap.
  public func exchange(
    _ readable: [[UInt8]], room: [Int], on index: Int, whole: Bool = false
  ) throws(TestbenchError) -> [UInt8] {
    do throws(VirtioError) {
      let queue = queues[index]
      let mark = heap.mark
      defer { heap.release(to: mark) }
      var buffers: [Buffer] = []
      for piece in readable { buffers.append(Buffer(address: try heap.place(piece), byteCount: UInt32(piece.count))) }
      let writable = room.map { Buffer(address: heap.allocate($0), byteCount: UInt32($0)) }
      buffers += writable
      let used: Int?
      if let clock {
        used = try clock.exchange(buffers, readableCount: readable.count, on: index)
      } else {
        used = try exchangeAtOnce(buffers, readableCount: readable.count, on: queue)
      }
      guard let byteCount = used else { return try unanswered() }
      var written: [UInt8] = []
      let total = whole ? room.reduce(0, +) : byteCount
      for buffer in writable where written.count < total {
        let count = min(Int(buffer.byteCount), total - written.count)
        written += try heap.memory.bytes(address: buffer.address, byteCount: count)
      }
      return written
    } catch {
      if error == .timeout(Self.unansweredMark) { throw .unanswered }
      throw .virtio(error)
    }
  }

  /// The used length; nil if the device has not used the chain.
  private func exchangeAtOnce(
    _ buffers: [Buffer], readableCount: Int, on queue: DriverQueue
  ) throws(VirtioError) -> Int? {
    try queue.add(buffers.span, readableCount: readableCount, token: 0)
    queue.kick()
    return try queue.reap().map { Int($0.byteCount) }
  }

  // MARK: Interrupts

  /// Shows the driver what a queue has used; whether that interrupts it. The interrupt is taken note of, and gone.
  func publish(_ queue: DeviceQueue) -> Bool {
    let before = interrupts.count
    queue.publish()
    if interrupts.count == before { return false }
    forgetInterrupts()
    return true
  }

  func forgetInterrupts() { _ = session.transport.takeInterruptCauses() }

  private static let unansweredMark = "a used buffer"
  private func unanswered() throws(VirtioError) -> [UInt8] { throw .timeout(Self.unansweredMark) }
}
