/// The transport-independent part of a device: status, features, queues, configuration.
///
/// A transport translates register accesses into these calls; a `DeviceFunction` does the work. Driver mistakes never
/// trap: they are ignored where the standard lets the device do so, and else end in DEVICE_NEEDS_RESET.
///
/// Registers, queues and everything else of a device are for one thread, or for callers that take turns under a lock
/// of theirs. Only guest memory, rings included, may be used by the driver at the same time.
public final class VirtioDevice {
  public let profile: DeviceProfile
  /// The device's view of guest memory.
  public let memory: GuestMemory
  public let function: any DeviceFunction
  /// The same for as long as the device.
  @exclusivity(unchecked) public private(set) var queues: [DeviceQueue] = []
  /// Features offered over the transport at hand.
  public let offered: FeatureSet
  /// What the driver wrote; agreed on once FEATURES_OK is set.
  public internal(set) var accepted: FeatureSet = []
  public internal(set) var status: DeviceStatus = [] { didSet { updateActivity() } }
  public internal(set) var configuration: ConfigurationSpace
  /// What the configuration is to read as when the device resumes; nil while it is not suspended, or nothing changed.
  var nextConfiguration: [UInt8]?
  package weak var transport: (any InterruptSink)?
  /// Called for a reset before `function` is: where the transport resets its own registers.
  var resetTransport: () -> Void = {}

  /// While set, resets, queue resets, suspending and resuming stay under way until `finishHeld`.
  public var holdsTransitions = false
  private var held: [() -> Void] = []
  private(set) var isSuspending = false { didSet { updateActivity() } }
  /// What `isRunning` and `isSuspending` say.
  let activity = Activity()

  /// - Parameters:
  ///   - memory: the device's view.
  ///   - carried: the features that the transport can carry.
  /// - Precondition: queue sizes are at most 32768, and powers of two unless VIRTIO_F_RING_PACKED is in the profile.
  public init(_ profile: DeviceProfile, in memory: GuestMemory, carried: FeatureSet, function: any DeviceFunction) {
    if let mistake = profile.mistake { preconditionFailure(mistake) }
    self.profile = profile
    self.memory = memory
    self.function = function
    offered = profile.features.intersection(carried.union(.deviceType)).closed(under: profile.requirements)
    configuration = ConfigurationSpace(bytes: profile.configuration)
    queues = profile.queueSizes.enumerated().map { DeviceQueue(index: $0, capacity: $1, device: self) }
  }

  /// The queue that a register names; nil when there is none.
  public func queue(_ index: Int) -> DeviceQueue? { queues.indices.contains(index) ? queues[index] : nil }

  /// Whether the device may consume buffers.
  public var isRunning: Bool {
    status.contains(.driverOK) && status.isDisjoint(with: [.needsReset, .suspend]) && !isSuspending
  }

  /// Whether the driver may write to registers other than the status, and selectors of what it reads: not while the
  /// device is suspended (VIRTIO 1.4, Device Suspend).
  var isConfigurable: Bool { !status.contains(.suspend) && !isSuspending }

  private func updateActivity() {
    activity.isRunning = isRunning
    activity.isSuspending = isSuspending && !status.contains(.needsReset)
  }

  // MARK: Status

  /// The driver writes the status. Bits are set, never cleared; 0 resets.
  public func writeStatus(_ value: UInt8) {
    let new = DeviceStatus(rawValue: value)
    if new.isEmpty { return transition { $0.reset() } }
    status.formUnion(new.intersection(.sticky))
    if new.contains(.featuresOK), !status.contains(.featuresOK), isAcceptable(accepted) { status.insert(.featuresOK) }
    if status.contains(.suspend) {
      if new.contains(.driverOK) { transition { $0.resume() } }
      return
    }
    if new.contains(.driverOK), status.contains(.featuresOK), !status.contains(.driverOK) {
      status.insert(.driverOK)
      function.start(self)
    }
    if new.contains(.suspend), isRunning, accepted.contains(.suspend) { transition { $0.suspend() } }
  }

  /// Runs a transition now, or when `finishHeld` is called.
  private func transition(_ body: @escaping (VirtioDevice) -> Void) {
    if holdsTransitions { held.append { [unowned self] in body(self) } } else { body(self) }
  }

  /// Ends what `holdsTransitions` kept under way.
  public func finishHeld() {
    // A reset among them ends the list.
    while !held.isEmpty { held.removeFirst()() }
  }

  /// Everything back to where it was before the driver came; the configuration stays.
  public func reset() {
    held = []
    status = []
    accepted = []
    isSuspending = false
    if let nextConfiguration { _ = configuration.change(at: 0, to: nextConfiguration) }
    nextConfiguration = nil
    for queue in queues { queue.reset() }
    resetTransport()
    function.wasReset(self)
  }

  /// Reports an error that only a reset clears.
  public func needReset() {
    guard !status.contains(.needsReset) else { return }
    status.insert(.needsReset)
    if status.contains(.driverOK) { transport?.configurationInterrupt() }
  }

  // MARK: Features

  /// The driver writes 32 bits of what it accepts; too late once FEATURES_OK is set.
  public func writeFeatures(word: UInt32, _ value: UInt32) {
    if !status.contains(.featuresOK) { accepted.setWord(word, value) }
  }

  func isAcceptable(_ features: FeatureSet) -> Bool {
    features.isSubset(of: offered) && features.contains(.version1) && features.unmet(profile.requirements).isEmpty
      && function.accepts(features)
  }

  // MARK: Queues

  /// The format of rings; split until something else is agreed on.
  var ringFormat: RingFormat { RingFormat(status.contains(.featuresOK) ? accepted : []) }

  /// The driver notifies a queue, which may not exist, or have nothing to offer.
  public func notify(_ index: Int) {
    guard queues.indices.contains(index) else { return }
    // The device keeps its queues: nothing is to be counted for a packet.
    Unmanaged.passUnretained(queues[index])._withUnsafeGuaranteedRef { queue in
      if queue.isLive { queue.takeTurn { function.notified($0, of: self) } }
    }
  }

  /// Whether a queue was left before it was empty: call `continueService` after other events.
  public var hasWaitingQueues: Bool { queues.contains { $0.isWaiting } }

  /// Gives each queue that was left before it was empty another turn.
  public func continueService() {
    for queue in queues where queue.isWaiting { notify(queue.index) }
  }

  /// The driver asks to reset one queue.
  func reset(_ queue: DeviceQueue) {
    guard accepted.contains(.ringReset), queue.isEnabled, !queue.isResetting else { return }
    queue.isResetting = true
    transition { device in
      queue.reset()
      device.function.queueWasReset(queue, of: device)
    }
  }

  // MARK: Configuration

  /// The driver reads 1, 2 or 4 bytes of the configuration; anything else reads 0.
  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt32 {
    [1, 2, 4].contains(byteCount) ? configuration.read(at: offset, byteCount: byteCount) : 0
  }

  public func readGeneration() -> UInt32 { configuration.readGeneration() }

  /// The driver writes 1, 2 or 4 bytes of the configuration; only writable parts change, and nothing while suspended.
  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt32) {
    let range = offset..<offset + byteCount
    guard isConfigurable, [1, 2, 4].contains(byteCount),
      profile.writableConfiguration.contains(where: { $0.clamped(to: range) == range })
    else { return }
    configuration.write(at: offset, byteCount: byteCount, value)
    function.configurationWritten(at: offset, byteCount: byteCount, of: self)
  }

  /// The device changes its configuration and tells the driver; while it is suspended, nothing shows until it resumes.
  public func changeConfiguration(at offset: Int, to bytes: [UInt8]) {
    if status.contains(.suspend) {
      var next = nextConfiguration ?? configuration.bytes
      next.replaceSubrange(offset..<offset + bytes.count, with: bytes)
      nextConfiguration = next
    } else if configuration.change(at: offset, to: bytes), status.contains(.driverOK) {
      transport?.configurationInterrupt()
    }
  }

  // MARK: Suspending

  /// What was asked for while an earlier request was under way is done only if there is anything left to do.
  private func suspend() {
    guard isRunning else { return }
    isSuspending = true
    let isDone = function.suspend(self)
    // A reset from within ends it.
    guard isSuspending else { return }
    isSuspending = false
    // What is still in flight could not be used while the device stands still.
    guard isDone, !status.contains(.needsReset), queues.allSatisfy({ $0.inFlight == 0 }) else { return needReset() }
    status.remove(.driverOK)
    status.insert(.suspend)
  }

  private func resume() {
    guard status.contains(.suspend), !status.contains(.needsReset) else { return }
    let isDone = function.resume(self)
    // A reset from within ends it.
    guard status.contains(.suspend) else { return }
    guard isDone else {
      status.insert(.needsReset)
      return
    }
    status.remove(.suspend)
    status.insert(.driverOK)
    if let nextConfiguration { changeConfiguration(at: 0, to: nextConfiguration) }
    nextConfiguration = nil
    // The driver does not notify again of what it made available before.
    for queue in queues { notify(queue.index) }
  }
}
