import Spec
public import Virtio
public import Wire

/// The accelerator: what it does is a function of what is in guest memory, and of nothing else.
///
/// It serves a queue when the driver notifies it. A model of time sets `onNotify` and takes chains through by itself,
/// each by its `Ticket`: `take`, `work`, `use`.
public final class Accelerator: DeviceFunction {
  public let profile: AcceleratorProfile
  let registers: RegisterFile
  // Packets look at what is not checked at run time for overlapping accesses here; it changes only between them.
  var dialect: any Dialect
  @exclusivity(unchecked) var control: ControlPlane
  @exclusivity(unchecked) var notifications: NotificationUnit
  @exclusivity(unchecked) var roles: QueueRoles
  /// Carries out data requests with what stands above; made anew when that is.
  @exclusivity(unchecked) private(set) var dataPlane: DataPlane
  public internal(set) var version: SpecVersion
  /// What the guest selected, as last accepted.
  var selection: RegisterFile.Selection
  var features: FeatureSet = []
  // Each access is a load or a store of a number, or of all: none overlaps another.
  @exclusivity(unchecked) public internal(set) var counters = Counters()
  /// A state that the guest reads in pieces, or writes.
  var outgoingState: [UInt8] = []
  var incomingState: [UInt8] = []
  /// Whether the guest has said what its byte order is.
  var hasGuestOrder = false
  /// Counts up when everything is forgotten: a job of an earlier life is dropped.
  @exclusivity(unchecked) var life: UInt64 = 0
  /// Those of queues that are not being served, by the queue; each access takes one out, or puts one back.
  @exclusivity(unchecked) var idleBursts: [DataBurst?]
  /// Reused from one delivery of notifications to the next.
  private var eventChain: Chain?
  /// Whether the driver runs on another processor, whose cache the room for results comes from.
  package var isDriverElsewhere = false { didSet { dataPlane.claimsOutput = isDriverElsewhere } }
  /// Called instead of serving the queue.
  @exclusivity(unchecked) public var onNotify: ((DeviceQueue, VirtioDevice) -> Void)?

  /// What went wrong in a way that no answer can tell.
  public struct Counters: Sendable, Hashable {
    /// Chains that break virtio's rules.
    public var badChains: UInt64 = 0
    /// Chains without room for an answer, given back empty.
    public var unanswered: UInt64 = 0
    /// Buffers for notifications that are too small.
    public var shortNotificationBuffers: UInt64 = 0
  }

  public init(_ profile: AcceleratorProfile = AcceleratorProfile()) {
    precondition(profile.limits.bundle <= AlgorithmSequence.limit, "a bundle of so many SAs")
    self.profile = profile
    registers = RegisterFile(profile)
    version = profile.versions[0]
    selection = registers.selection(in: registers.initial)
    dialect = Self.dialect(version, [], profile)
    control = ControlPlane(profile, version)
    notifications = NotificationUnit(limit: profile.limits.heldNotifications)
    roles = QueueRoles(Spec.definition(of: version).queues, profile, selection: Packed(), [])
    idleBursts = Array(repeating: nil, count: QueueRoles.count(pairs: profile.pairs))
    dataPlane = DataPlane(dialect, profile.limits, [], version, control.store, notifications)
  }

  func renewDataPlane() {
    dataPlane = DataPlane(dialect, profile.limits, features, version, control.store, notifications)
    dataPlane.claimsOutput = isDriverElsewhere
  }

  static func dialect(
    _ version: SpecVersion, _ features: FeatureSet, _ profile: AcceleratorProfile
  ) -> any Dialect {
    version >= .v2_0
      ? ModernDialect(features) : LegacyDialect(version, quirks: profile.quirks, guest: profile.guestOrder)
  }

  /// What virtio is to know of the accelerator.
  public var virtioProfile: DeviceProfile {
    let definition = Spec.definition(of: profile.versions[0])
    let requirements = definition.dependencies.flatMap { dependency in
      dependency.needs.map {
        FeatureRequirement(
          FeatureSet(bit: Int(Grammar.number(dependency.feature))), needs: FeatureSet(bit: Int(Grammar.number($0))))
      }
    }
    return DeviceProfile(
      deviceID: profile.deviceID ?? UInt16(definition.identity.deviceID), features: profile.features,
      requirements: requirements,
      queueSizes: Array(repeating: profile.queueSize, count: QueueRoles.count(pairs: profile.pairs)),
      configuration: registers.initial, writableConfiguration: registers.writable)
  }

  // MARK: Life

  public func start(_ device: VirtioDevice) {
    features = device.accepted
    version = selection.version.map(SpecVersion.init(register:)) ?? profile.versions[0]
    let definition = Spec.definition(of: version)
    (dialect, hasGuestOrder) = (Self.dialect(version, features, profile), false)
    control = ControlPlane(profile, version)
    notifications = NotificationUnit(limit: profile.limits.heldNotifications)
    roles = QueueRoles(definition.queues, profile, selection: selection.queues, features)
    renewDataPlane()
  }

  public func wasReset(_ device: VirtioDevice) {
    selection = registers.selection(in: registers.initial)
    device.changeConfiguration(at: 0, to: registers.initial)
    (features, outgoingState, incomingState, counters) = ([], [], [], Counters())
    (dialect, hasGuestOrder) = (Self.dialect(version, features, profile), false)
    life += 1
    control.store.flushAll()
    control = ControlPlane(profile, version)
    notifications = NotificationUnit(limit: profile.limits.heldNotifications)
    renewDataPlane()
  }

  /// A write after DRIVER_OK is ignored, and so is the choice of a version that is not offered: the register shows the
  /// old value again. Bits of the guest's queue register that are not the guest's read 0.
  public func configurationWritten(at offset: Int, byteCount: Int, of device: VirtioDevice) {
    var written = registers.selection(in: device.configuration.bytes)
    var queues = Packed<GuestQueueSelection>()
    queues[\.guestScaling] = written.queues[\.guestScaling]
    written.queues = queues
    let isOffered = written.version.map { version in profile.versions.contains { $0.register == version } } ?? true
    if isOffered, !device.status.contains(.driverOK) { selection = written }
    device.changeConfiguration(at: 0, to: registers.bytes(selection))
  }

  // MARK: Service

  public func notified(_ queue: DeviceQueue, of device: VirtioDevice) {
    if let onNotify { onNotify(queue, device) } else { serve(queue, of: device) }
  }

  /// Serves all that is available in a queue, and asks to be notified of what comes next.
  public func serve(_ queue: DeviceQueue, of device: VirtioDevice) {
    repeat {
      serveAvailable(queue, of: device)
    } while queue.enableNotifications() && roles[queue.index]?.isServedAtOnce == true
  }

  /// Serves all that is available in a queue, for whoever looks again without being notified.
  package func serveWithoutNotifications(_ queue: DeviceQueue, of device: VirtioDevice) {
    serveAvailable(queue, of: device, isPolled: true)
  }

  private func serveAvailable(_ queue: DeviceQueue, of device: VirtioDevice, isPolled: Bool = false) {
    switch roles[queue.index] {
    case .control: serveControl(queue, of: device)
    case .data:
      // Looked up for each portion: when one is shown, an interrupt may reset the device.
      while case .data(let direction)? = roles[queue.index] {
        let mayHaveMore = serveData(queue, direction, of: device)
        queue.publish()
        if !mayHaveMore { break }
      }
      deliverNotifications(of: device, isPolled: isPolled)
    case .notification: deliverNotifications(of: device, isPolled: isPolled)
    case nil: break
    }
  }

  private func serveControl(_ queue: DeviceQueue, of device: VirtioDevice) {
    var chain = Chain(in: device.memory)
    while take(&chain, from: queue) {
      let exchange = ControlExchange(
        dialect: dialect, features: features, limits: profile.limits, context: { [self] in context($0, $1) })
      if !exchange.run(&chain, perform: { (command) throws(Rejection) in try perform(command) }) {
        counters.unanswered += 1
      }
      queue.complete(chain)
    }
    queue.publish()
  }

  /// Takes the next chain; malformed ones are given back.
  private func take(_ chain: inout Chain, from queue: DeviceQueue) -> Bool {
    while true {
      do throws(ChainError) { return try queue.pop(into: &chain) } catch {
        giveBack(error, to: queue)
        if !queue.isLive { return false }
      }
    }
  }

  func giveBack(_ malformed: ChainError, to queue: DeviceQueue) {
    counters.badChains += 1
    queue.giveBack(malformed)
  }

  // MARK: Notifications

  /// A model of time has no place for the last notification that was held.
  public func discardNotification() { notifications.discard() }

  /// Writes what is held into the buffers that the guest has posted.
  ///
  /// - Parameters:
  ///   - limit: most notifications to write.
  ///   - isPolled: whether somebody looks for further buffers without being told of them.
  public func deliverNotifications(of device: VirtioDevice, atMost limit: Int = .max, isPolled: Bool = false) {
    guard notifications.next != nil, let index = roles.notificationQueue,
      let queue = device.queue(index)
    else {
      return
    }
    var chain = eventChain.take() ?? Chain(in: device.memory)
    let last = limit == .max ? UInt64.max : notifications.delivered + UInt64(limit)
    // A guest that posts useless buffers as fast as they are given back must not keep the device.
    var patience = 2 * queue.size
    repeat {
      while notifications.delivered < last, let notification = notifications.next, patience > 0 {
        do throws(ChainError) { guard try queue.pop(into: &chain) else { break } } catch {
          giveBack(error, to: queue)
          patience -= 1
          continue
        }
        if chain.writableByteCount >= dialect.notificationByteCount {
          _ = dialect.notification(notification).bytes.withUnsafeBytes { chain.write(at: 0, $0) }
          notifications.didDeliver()
        } else {
          counters.shortNotificationBuffers += 1
          patience -= 1
        }
        queue.complete(chain)
      }
      // What is still held waits for a buffer: of the next one the guest is to tell.
    } while notifications.delivered < last && notifications.next != nil && patience > 0 && !isPolled
      && queue.enableNotifications()
    eventChain = consume chain
    queue.publish()
  }
}
