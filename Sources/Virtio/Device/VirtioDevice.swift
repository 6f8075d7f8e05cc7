/// The transport-independent part of a device: status, features, queues, configuration.
///
/// A transport translates register accesses into these calls; a `DeviceFunction` does the work. Driver mistakes never
/// trap: they are ignored where the standard lets the device do so, and else end in DEVICE_NEEDS_RESET.
public final class VirtioDevice {
  public let profile: DeviceProfile
  /// The device's view of guest memory.
  public let memory: GuestMemory
  public let function: any DeviceFunction
  public private(set) var queues: [DeviceQueue] = []
  /// Features offered over the transport at hand.
  public let offered: FeatureSet
  /// What the driver wrote; agreed on once FEATURES_OK is set.
  public private(set) var accepted: FeatureSet = []
  public private(set) var status: DeviceStatus = []
  public private(set) var configuration: ConfigurationSpace
  weak var transport: (any InterruptSink)?
  /// Called for a reset before `function` is: where the transport resets its own registers.
  var resetTransport: () -> Void = {}

  /// While set, resets, queue resets, suspending and resuming stay under way until `finishHeld`.
  public var holdsTransitions = false
  private var held: [() -> Void] = []
  /// A change of configuration is to be told when the device resumes.
  private var owesConfigurationInterrupt = false
  private(set) var isSuspending = false

  /// - Parameters:
  ///   - memory: the device's view.
  ///   - carried: the features that the transport can carry.
  public init(_ profile: DeviceProfile, in memory: GuestMemory, carried: FeatureSet, function: any DeviceFunction) {
    self.profile = profile
    self.memory = memory
    self.function = function
    offered = profile.features.intersection(carried.union(.deviceType)).closed(under: profile.requirements)
    configuration = ConfigurationSpace(bytes: profile.configuration)
    queues = profile.queueSizes.enumerated().map { DeviceQueue(index: $0, maximumSize: $1, device: self) }
  }

  /// The queue that a register names; nil when there is none.
  public func queue(_ index: Int) -> DeviceQueue? { queues.indices.contains(index) ? queues[index] : nil }

  /// Whether the device may consume buffers.
  public var isRunning: Bool {
    status.contains(.driverOK) && status.isDisjoint(with: [.needsReset, .suspend]) && !isSuspending
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
    owesConfigurationInterrupt = false
    isSuspending = false
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

  private func isAcceptable(_ features: FeatureSet) -> Bool {
    features.isSubset(of: offered) && features.contains(.version1) && features.unmet(profile.requirements).isEmpty
      && function.accepts(features)
  }

  // MARK: Queues

  /// The driver notifies a queue, which may not exist, or have nothing to offer.
  public func notify(_ index: Int) {
    if let queue = queue(index), queue.isLive { function.notified(queue, of: self) }
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

  public func readConfiguration(at offset: Int, byteCount: Int) -> UInt64 {
    configuration.read(at: offset, byteCount: byteCount)
  }

  public func readGeneration() -> UInt32 { configuration.readGeneration() }

  /// The driver writes to the configuration; only writable parts change, and nothing while suspended.
  public func writeConfiguration(at offset: Int, byteCount: Int, _ value: UInt64) {
    let range = offset..<offset + byteCount
    guard !status.contains(.suspend), !isSuspending,
      profile.writableConfiguration.contains(where: { $0.clamped(to: range) == range })
    else { return }
    configuration.write(at: offset, byteCount: byteCount, value)
    function.configurationWritten(at: offset, byteCount: byteCount, of: self)
  }

  /// The device changes its configuration and tells the driver, at once or on resuming.
  public func changeConfiguration(at offset: Int, to bytes: [UInt8]) {
    guard configuration.change(at: offset, to: bytes) else { return }
    if status.contains(.suspend) {
      owesConfigurationInterrupt = true
    } else if status.contains(.driverOK) {
      transport?.configurationInterrupt()
    }
  }

  // MARK: Suspending

  private func suspend() {
    isSuspending = true
    let isDone = function.suspend(self)
    isSuspending = false
    guard isDone else { return needReset() }
    status.remove(.driverOK)
    status.insert(.suspend)
  }

  private func resume() {
    guard function.resume(self) else {
      status.insert(.needsReset)
      return
    }
    status.remove(.suspend)
    status.insert(.driverOK)
    if owesConfigurationInterrupt { transport?.configurationInterrupt() }
    owesConfigurationInterrupt = false
  }

  // MARK: Saving

  /// All it takes to go on elsewhere, apart from the transport's registers; no chain may be in flight, and no
  /// transition under way.
  public struct State: Sendable, Codable {
    var status: UInt8
    var accepted: [UInt32]
    var configuration: ConfigurationSpace
    /// A change of configuration is to be told when the device resumes.
    var owesConfigurationInterrupt: Bool
    var queues: [QueueState]
  }

  struct QueueState: Sendable, Codable {
    var size: Int
    var addresses: QueueAddresses
    var vector: UInt16
    /// Nil for a queue that is not enabled.
    var ring: RingState?
  }

  public var state: State {
    State(
      status: status.rawValue, accepted: (0..<4).map { accepted.word($0) }, configuration: configuration,
      owesConfigurationInterrupt: owesConfigurationInterrupt,
      queues: queues.map { QueueState(size: $0.size, addresses: $0.addresses, vector: $0.vector, ring: $0.state) })
  }

  /// Takes over from a device of the same profile; a state that cannot be ends in DEVICE_NEEDS_RESET.
  public func restore(_ state: State) {
    reset()
    for (word, value) in state.accepted.enumerated() { accepted.setWord(UInt32(word), value) }
    guard state.queues.count == queues.count, state.configuration.bytes.count == configuration.bytes.count,
      accepted.isSubset(of: offered), zip(queues, state.queues).allSatisfy({ (0...Int(UInt32.max)).contains($1.size) })
    else { return needReset() }
    status = DeviceStatus(rawValue: state.status)
    configuration = state.configuration
    owesConfigurationInterrupt = state.owesConfigurationInterrupt
    for (queue, saved) in zip(queues, state.queues) {
      (queue.size, queue.addresses, queue.vector) = (saved.size, saved.addresses, saved.vector)
      if let ring = saved.ring { queue.enable(restoring: ring) }
    }
  }
}
