public import Spec
import Virtio
public import Wire

/// One accelerator, as its driver keeps it; it keeps its kernel.
public final class IPsecInstance {
  /// What was chosen before features were negotiated.
  final class Choice {
    let version: SpecVersion
    let registers: IPsecRegisters

    init(version: SpecVersion, registers: IPsecRegisters) {
      self.version = version
      self.registers = registers
    }
  }

  public let virtio: VirtioBusDevice
  public let device: KernelDevice
  public let kernel: Kernel
  public let version: SpecVersion
  public private(set) var capabilities = IPsecCapabilities()
  /// Number of encap and decap queues together.
  public let dataQueueCount: Int
  /// Pairs of these that a CPU has to itself, where there are enough.
  let pairsPerCPU: Int
  @exclusivity(unchecked) public internal(set) var state = State.starting
  @exclusivity(unchecked) public internal(set) var counters = Counters()
  /// Called when the device is no more.
  public var broken: (() -> Void)?
  /// Called for each event.
  public var notified: ((IPsecEvent) -> Void)?

  let format: any WireFormat
  let parameters: IPsecDriver.Parameters
  private let choice: Choice
  let work: WorkQueue
  private(set) var control: ControlQueue?
  @exclusivity(unchecked) private(set) var data: [DataQueue] = []
  /// Where packets of an SA went last, submitted on a CPU: it has as many queues for as long as it lives.
  @exclusivity(unchecked) var recent: (sa: UInt64, cpu: Int, queue: Int) = (0, 0, 0)
  /// The queue that whoever waits looks into himself; one at a time.
  @exclusivity(unchecked) var polled: DataQueue?
  private var notifications: NotificationQueue?
  var groups: [UInt64: IPsecGroup] = [:]
  var associations: [UInt64: IPsecSA] = [:]
  /// Where SAs without a group go in a version in which every SA is in one.
  var commonGroup: IPsecGroup?
  var nextIdentity: UInt64 = 1
  /// SAs are being made again, all groups being there: whoever is called meanwhile gets his commands through.
  var isRestoring = false
  private var recovery: Work! = nil
  /// Resets since the device was live.
  private var resetCount = 0
  /// How many it gets, asking for one after the other, before it is given up.
  private static let resetLimit = 3

  /// Where the instance is in its life.
  public enum State: String, Sendable { case starting, live, asleep, recovering, gone }

  /// Every request ends in exactly one of these.
  public struct Counters: Sendable, Hashable {
    public var submitted: UInt64 = 0
    public var completed: UInt64 = 0
    /// The device refused the packet.
    public var refused: UInt64 = 0
    /// Given back by the driver: the device was reset, or went away.
    public var cancelled: UInt64 = 0
    public var recoveries: UInt64 = 0
    public var timeouts: UInt64 = 0
    public var notifications: UInt64 = 0

    /// Requests that have come back, however that was.
    public var returned: UInt64 { completed + refused + cancelled }
    /// Requests that have not come back.
    public var inFlight: UInt64 { submitted - returned }
  }

  init(_ virtio: VirtioBusDevice, _ choice: Choice, _ parameters: IPsecDriver.Parameters) throws(DriverError) {
    self.virtio = virtio
    (device, kernel) = (virtio.device, virtio.kernel)
    self.choice = choice
    self.parameters = parameters
    version = choice.version
    format = choice.version >= .v2_0 ? ModernFormat() : LegacyFormat(choice.version, guest: parameters.guestOrder)
    let information = choice.registers.information
    let pairs = Int(information[\.maxPairs])
    let topology = Spec.all.first { $0.version == choice.version }!.queues
    guard (1...topology.maximumPairs).contains(pairs) else {
      throw DriverError(.EINVAL, virtio.device.label, "\(pairs) queue pairs")
    }
    dataQueueCount = QueueTopology.dataQueues(
      guestScaling: min(virtio.kernel.cpuCount, 255), deviceScaling: Int(information[\.deviceScaling]),
      maximumPairs: pairs)
    pairsPerCPU = max(1, dataQueueCount / 2 / virtio.kernel.cpuCount)
    work = WorkQueue("virtio_ipsec/\(virtio.device.name)", virtio.kernel)
    recovery = work.makeWork("recovery") { [unowned self] in recover() }
  }

  // MARK: Queues

  /// Whether there is a notification queue.
  private var hasNotifications: Bool {
    Feature.notifications.contains { virtio.features.contains(FeatureSet(bit: Int($0.rawValue))) }
  }

  func has(_ feature: Feature) -> Bool { virtio.features.contains(FeatureSet(bit: Int(feature.rawValue))) }

  /// From FEATURES_OK to DRIVER_OK: version, selection, queues in the documented order, buffers for notifications.
  func start() throws(DriverError) {
    guard choice.registers.select(version) else {
      throw DriverError(.EIO, device.label, "device did not take version \(version)")
    }
    choice.registers.select(guestScaling: min(kernel.cpuCount, 255))
    func wish(_ name: String, _ callback: @escaping () -> Void) -> Virtqueue.Wish {
      Virtqueue.Wish(name, size: parameters.queueSize, callback: callback)
    }
    var wishes = [wish("control") { [unowned self] in control?.reap() }]
    for index in 0..<dataQueueCount {
      wishes.append(wish("\(index % 2 == 0 ? "decap" : "encap").\(index / 2)") { [unowned self] in
        if index < data.count { data[index].reap() }
      })
    }
    if hasNotifications { wishes.append(wish("notify") { [unowned self] in notifications?.reap() }) }
    try virtio.findQueues(wishes)
    control = ControlQueue(virtio.queues[0], self)
    for index in 0..<dataQueueCount { data.append(try DataQueue(virtio.queues[1 + index], self)) }
    if hasNotifications { notifications = try NotificationQueue(virtio.queues.last!, self) }
    for index in 0..<dataQueueCount {
      let pair = index / 2
      try virtio.setAffinity(ofQueue: 1 + index, cpu: pair / pairsPerCPU % kernel.cpuCount)
    }
    virtio.ready()
    notifications?.kick()
  }

  /// What is said to a device first: the byte order, where there is one to say, and what it can do.
  func greet() throws(DriverError) {
    if version < .v2_0 { _ = try command(.setGuestEndian(parameters.guestOrder)) }
    guard case .capabilities(let capabilities) = try command(.getCapabilities) else { return }
    self.capabilities = capabilities
    device.info("\(dataQueueCount / 2) queue pairs for \(kernel.cpuCount) CPUs, features \(virtio.features)")
  }

  /// Sends a command while the device is started, and waits for its answer; it may have gone since the last one.
  func command(_ command: IPsecCommand) throws(DriverError) -> IPsecAnswer {
    guard let control else { throw DriverError(.ENODEV, device.label, "device is \(state)") }
    return try control.execute(command)
  }

  /// Gives back what is in flight, and frees the queues; the device was reset, and has no SA any more.
  private func releaseQueues(_ reason: Errno) {
    for sa in associations.values { sa.isAway = true }
    control?.release(reason)
    for queue in data { queue.release(reason) }
    notifications?.release()
    virtio.deleteQueues()
    (control, data, polled, notifications) = (nil, [], nil, nil)
  }

  // MARK: Stopping

  /// Resets the device and gives everything back.
  func stop(_ reason: Errno) {
    guard state != .gone else { return }
    state = .gone
    virtio.breakQueues()
    work.destroy()
    do throws(DriverError) { try virtio.reset() } catch { device.info("reset: \(error.problem)") }
    releaseQueues(reason)
    broken?()
    for sa in associations.values { sa.keeper = nil }
    (associations, groups, commonGroup) = ([:], [:], nil)
  }

  /// Nothing is in flight.
  var isIdle: Bool { counters.inFlight == 0 && control?.isIdle ?? true }

  /// Lets what is in flight come back, for a while, and falls silent; one that was given up is so already.
  func quiesce() throws(DriverError) {
    guard state != .gone else { return }
    state = .asleep
    poll()
    _ = kernel.scheduler.wait(upTo: parameters.commandTimeout) { isIdle }
    virtio.breakQueues()
    try virtio.reset()
    releaseQueues(.ESHUTDOWN)
  }

  /// After a reset: queues, and the SAs that there were; packets are taken when all of them are there again. A device
  /// that asks for another reset meanwhile gets it next, as it does with the driver for Linux.
  func revive() throws(DriverError) {
    guard state != .gone else { return }
    state = .recovering
    resetCount += 1
    do throws(DriverError) {
      try start()
      try greet()
      try restoreAssociations()
      if virtio.needsReset { throw DriverError(.EIO, device.label, "device needs another reset") }
    } catch {
      guard state == .recovering, virtio.needsReset, resetCount < Self.resetLimit else { throw error }
      return scheduleRecovery()
    }
    guard state == .recovering else { return }
    (state, resetCount) = (.live, 0)
  }

  /// Wakes the device up where it fell asleep by itself, unless the system sleeps; one that does not wake up is
  /// stopped.
  func wake() {
    guard state == .asleep, device.power.status == .suspended, !device.power.isRuntimeDisabled else { return }
    do throws(DriverError) { try device.runtimeGet() } catch { return device.info("\(error)") }
    device.runtimePut()
  }

  // MARK: Recovery

  /// The device asked for a reset: nothing goes out any more, and it gets one soon; of one that has lost its device,
  /// when that is back.
  func scheduleRecovery() {
    guard state == .live || state == .recovering else { return }
    state = .recovering
    virtio.breakQueues()
    if work.queue(recovery) { device.info("device needs a reset") }
  }

  private func recover() {
    guard state == .recovering, !device.isGone else { return }
    do throws(DriverError) {
      try virtio.reset()
      releaseQueues(.EIO)
      guard virtio.transport.isConnected else { return }
      try virtio.restart { (driver) throws(DriverError) in try driver.restore(virtio) }
      guard state == .live else { return }
      counters.recoveries += 1
      device.info("recovered, \(associations.count) SAs")
    } catch {
      device.info("recovery failed: \(error)")
      stop(.EIO)
    }
  }

  // MARK: Attributes

  var attributes: [Attribute] {
    [
      Attribute("version") { [unowned self] in version.description },
      Attribute("queue_pairs") { [unowned self] in "\(dataQueueCount / 2)" },
      Attribute("state") { [unowned self] in state.rawValue },
      Attribute("sa_count") { [unowned self] in "\(associations.count)" },
      Attribute("packets") { [unowned self] in
        "submitted \(counters.submitted) completed \(counters.completed) refused \(counters.refused) "
          + "cancelled \(counters.cancelled)"
      },
      Attribute("recoveries") { [unowned self] in "\(counters.recoveries)" },
    ]
  }
}

/// An event of an SA.
public struct IPsecEvent: Sendable, Hashable {
  public let event: NotificationEvent
  /// Nil for an SA that is gone meanwhile.
  public let sa: UInt64?
  /// Bytes or packets so far, or the current sequence number.
  public let value: UInt64
  /// Earlier events of the kind on this SA that this one stands for.
  public let coalesced: UInt32
}
