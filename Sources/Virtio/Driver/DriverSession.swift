/// A driver's dealings with one device, from reset to removal
/// (VIRTIO 1.4, General Initialization And Device Operation).
public final class DriverSession {
  public let transport: any DriverTransport
  /// The driver's view of guest memory.
  public let memory: GuestMemory
  /// Features agreed on.
  public private(set) var features: FeatureSet = []
  private var status: DeviceStatus = []
  private var queues: [DriverQueue] = []

  public init(_ transport: any DriverTransport, memory: GuestMemory) {
    self.transport = transport
    self.memory = memory
  }

  private func set(_ bit: DeviceStatus) {
    status.insert(bit)
    transport.writeStatus(status)
  }

  /// Tells the device that the driver has given up.
  public func fail() { set(.failed) }

  /// Resets the device, and waits until it has done so.
  ///
  /// - Throws: `VirtioError.timeout`.
  public func reset() throws(VirtioError) {
    status = []
    for queue in queues { queue.isStopped = true }
    queues = []
    transport.writeStatus([])
    try poll("reset") { transport.readStatus().isEmpty }
  }

  /// From reset to FEATURES_OK.
  ///
  /// - Throws: `VirtioError`, after having set FAILED.
  public func negotiate(_ profile: DriverProfile) throws(VirtioError) {
    do throws(VirtioError) {
      try reset()
      set(.acknowledge)
      set(.driver)
      let usable = profile.supported.intersection(transport.carried.union(.deviceType))
      features = transport.readFeatures().intersection(usable).closed(under: profile.requirements)
      guard features.isSuperset(of: profile.required) else { throw .featuresRefused }
      guard transport.configurationByteCount >= profile.configurationByteCount else {
        throw .badDevice("configuration of \(transport.configurationByteCount) bytes")
      }
      transport.writeFeatures(features)
      set(.featuresOK)
      guard transport.readStatus().contains(.featuresOK) else { throw .featuresRefused }
    } catch {
      fail()
      throw error
    }
  }

  /// Sets up a virtqueue of at most `size` entries at `base`.
  ///
  /// - Throws: `VirtioError`, after having set FAILED.
  public func makeQueue(_ index: Int, size: Int, at base: UInt64) throws(VirtioError) -> DriverQueue {
    do throws(VirtioError) {
      let queue = try enable(index, size: size, at: base)
      queues.append(queue)
      return queue
    } catch {
      fail()
      throw error
    }
  }

  private func enable(_ index: Int, size: Int, at base: UInt64) throws(VirtioError) -> DriverQueue {
    let format = RingFormat(features)
    let largest = min(size, transport.maximumSize(ofQueue: index))
    guard largest > 0 else { throw .badQueueSize(largest) }
    let size = format == .packed ? largest : 1 << (Int.bitWidth - 1 - largest.leadingZeroBitCount)
    let addresses = QueueAddresses(format, size: size, at: base)
    let ring = try AnyDriverRing(format, in: memory, size: size, at: addresses, options: RingOptions(features))
    transport.enableQueue(index, size: size, at: addresses)
    return DriverQueue(
      index: index, size: size, ring: ring, transport: transport, sendsPosition: features.contains(.notificationData))
  }

  /// Sets DRIVER_OK: the device is live.
  public func start() { set(.driverOK) }

  /// Resets one queue; its buffers are the driver's again.
  ///
  /// - Throws: `VirtioError.timeout`, `.featuresRefused` without VIRTIO_F_RING_RESET.
  public func resetQueue(_ queue: DriverQueue) throws(VirtioError) {
    guard features.contains(.ringReset) else { throw .featuresRefused }
    queue.isStopped = true
    transport.startQueueReset(queue.index)
    try poll("a queue reset") { transport.isQueueResetDone(queue.index) }
    queues.removeAll { $0 === queue }
  }

  /// Suspends the device; its queues fall silent.
  ///
  /// - Throws: `VirtioError.timeout`, `.featuresRefused` without VIRTIO_F_SUSPEND or a live device.
  public func suspend() throws(VirtioError) {
    guard features.contains(.suspend), status.contains(.driverOK) else { throw .featuresRefused }
    for queue in queues { queue.isStopped = true }
    set(.suspend)
    try poll("suspending") { transport.readStatus().intersection([.suspend, .driverOK]) == .suspend }
  }

  /// Resumes the device.
  ///
  /// - Throws: `VirtioError.timeout`.
  public func resume() throws(VirtioError) {
    set(.driverOK)
    try poll("resuming") { transport.readStatus().intersection([.suspend, .driverOK]) == .driverOK }
    status.remove(.suspend)
    for queue in queues { queue.isStopped = false }
  }

  // MARK: Interrupts

  /// Handles an interrupt: a message's, or, without a vector, that of the line which everything shares.
  ///
  /// A device that needs a reset completes nothing any more: its queues stop.
  ///
  /// - Parameter vector: which message it was; 0 is the configuration's, and that of queues without one of their own.
  /// - Returns: the queues in which used buffers may wait.
  public func handleInterrupt(vector: UInt16? = nil) -> [DriverQueue] {
    let causes = vector == nil ? transport.takeInterruptCauses() : vector == 0 ? [.queue, .configuration] : .queue
    if causes.contains(.configuration) && needsReset {
      for queue in queues { queue.isStopped = true }
    }
    return causes.contains(.queue) ? queues.filter { transport.vector(ofQueue: $0.index) == vector } : []
  }

  /// Whether only a reset helps.
  public var needsReset: Bool { transport.readStatus().contains(.needsReset) }
}
