public import Device
import Glibc
public import Virtio
import Wire

/// A device as the front end of one connection after the other sees it: what each request does, without sockets.
///
/// Rings run while everything is there for them: features, memory, size, addresses, a kick, and leave to run. What is
/// missing is waited for, in whatever order it comes.
public final class Backend {
  public let accelerator: Accelerator
  public let device: VirtioDevice
  /// What the protocol's two sides agreed on.
  var negotiated: ProtocolFeatures = []
  var table = MemoryTable()
  let rings: [Vring]
  /// Bits of the device status as the front end last wrote them.
  var status: DeviceStatus = []
  /// The driver has been heard of by the accelerator, which then goes on from ring to ring.
  var hasStarted = false
  private var hasToldOfError = false
  private var hasToldOfChain = false
  /// An earlier connection left the device as it is: it is not yet known whether this one is the same guest's.
  var isInherited = false
  var isLogging = false
  var log: DirtyLog?
  var logCall: FileDescriptor?
  var inflight: InflightRegion?
  /// What tells the in-flight region of this device's guest from any other.
  var identity: [UInt8] = []
  /// The front end listens here.
  var channel: Connection?
  /// The front end has not been told yet of a change of the configuration.
  var hasChangedConfiguration = false
  var transfer: StateTransfer?
  /// What became of a state that was saved; nil while there is none.
  var saveOutcome: StateTransfer.Progress?
  /// Where pipes are emptied to.
  private let nowhere = FileDescriptor(owning: open("/dev/null", O_WRONLY | O_CLOEXEC))
  let profile: AcceleratorProfile
  public weak var watcher: (any DescriptorWatcher)?
  let report: (String) -> Void

  /// - Parameter report: takes a line for whoever runs the device.
  /// - Throws: `VirtioError` where there is no memory left.
  public init(_ profile: AcceleratorProfile, report: @escaping (String) -> Void) throws(VirtioError) {
    self.profile = profile
    self.report = report
    accelerator = Accelerator(profile)
    accelerator.isDriverElsewhere = true
    let memory = try GuestMemory(regions: [], room: MemoryTable.limit)
    device = VirtioDevice(accelerator.virtioProfile, in: memory, carried: .vhostUser, function: accelerator)
    rings = device.queues.indices.map(Vring.init)
    device.transport = self
  }

  /// Most queues: a ring's index has 8 bits where a descriptor comes with it.
  public static let queueLimit = 256

  // MARK: Connections

  /// A front end has come.
  public func connect() {
    if hasStarted { isInherited = true } else { reset() }
    (status, hasToldOfError) = ([], false)
  }

  /// The front end has gone: nothing of it is left but what a guest that comes back expects of its device.
  public func disconnect() {
    for ring in rings {
      stop(ring)
      ring.reset()
      ring.call = nil
      ring.error = nil
      device.queues[ring.index].journal = nil
    }
    table = MemoryTable()
    applyMemory()
    (log, isLogging, inflight) = (nil, false, nil)
    logCall = nil
    channel = nil
    applyLog()
    replaceTransfer(nil)
    negotiated = []
  }

  /// Everything back to where it was before the driver came.
  func reset() {
    for ring in rings {
      stop(ring)
      ring.reset()
      inflight?.setRunning(ring.index, false)
    }
    disown()
    device.reset()
    (hasStarted, isInherited) = (false, false)
    status = []
    forgetNews()
  }

  // MARK: Service

  /// Whether rings are looked at again and again: the guest is not asked to kick.
  public var isPolled = false {
    didSet {
      accelerator.onNotify = nil
      guard isPolled else { return }
      accelerator.onNotify = { [unowned accelerator] in accelerator.serveWithoutNotifications($0, of: $1) }
    }
  }

  /// Whether a ring runs of which nobody is told.
  public var hasRingsWithoutKick: Bool { rings.contains { $0.kick == nil && isRunning($0) } }

  /// Whether there is a ring to look at.
  var hasRunningRings: Bool { rings.contains { isRunning($0) } }

  /// Whether a queue was left before it was empty: call `continueService` soon, after other events.
  public var hasWork: Bool { device.hasWaitingQueues }

  /// Serves what was left, and says what is to be said.
  public func continueService() {
    if hasWork {
      device.continueService()
      didServe()
    }
    sendChange()
  }

  /// A ring's descriptor has something: the guest kicked it. An eventfd counts on without being read; a pipe would be
  /// full at some time, and its next kicks lost.
  func takeKick(_ index: Int) {
    if rings[index].isKickedByPipe { rings[index].kick?.emptyPipe(into: nowhere) }
    kick(index)
  }

  /// The guest kicked a ring.
  public func kick(_ index: Int) {
    device.notify(index)
    didServe()
  }

  /// Looks into every ring.
  public func poll() {
    for queue in device.queues where queue.hasAvailable { kick(queue.index) }
  }

  private func didServe() {
    // The log may have changed, whether the guest wants interrupts or not.
    if isLogging { logCall?.signal() }
    if accelerator.counters.badChains > 0, !hasToldOfChain { tellOfChain() }
  }

  // MARK: Errors

  /// Tells of a chain that the guest got back unused, once.
  private func tellOfChain() {
    hasToldOfChain = true
    if !device.status.contains(.needsReset) { report("the guest made a chain available that breaks virtio's rules") }
  }

  /// Tells of a device that only a reset helps, once.
  func tellOfError() {
    guard device.status.contains(.needsReset), !hasToldOfError else { return }
    (hasToldOfError, hasChangedConfiguration) = (true, true)
    report("the guest broke a ring: the device needs a reset")
    for ring in rings { ring.error?.signal() }
  }

  /// The device was reset: what there was to tell is over.
  func forgetNews() { (hasToldOfError, hasToldOfChain, hasChangedConfiguration) = (false, false, false) }
}

extension Backend: InterruptSink {
  public func queueInterrupt(_ queue: DeviceQueue) {
    rings[queue.index].call?.signal()
  }

  public func configurationInterrupt() {
    hasChangedConfiguration = true
    tellOfError()
  }
}

/// Waits for descriptors on a back end's behalf.
public protocol DescriptorWatcher: AnyObject {
  /// - Throws: where the descriptor is none that can be waited for.
  func watch(_ descriptor: borrowing FileDescriptor, for event: WatchedEvent) throws(SystemError)
  /// The descriptor is about to be closed.
  func forget(_ descriptor: borrowing FileDescriptor)
}

/// What a descriptor is waited for.
public enum WatchedEvent: Hashable, Sendable {
  /// The guest kicked a ring.
  case kick(Int)
  /// There is room for more of a state.
  case canSave
  /// More of a state has come.
  case canLoad
}

extension FeatureSet {
  /// What vhost-user can carry: no notification data, since an eventfd has no room for it, and no suspending.
  static let vhostUser = common.subtracting([
    .accessPlatform, .notificationData, .notificationConfigData, .suspend,
  ])
  /// VHOST_F_LOG_ALL: what the device writes is logged.
  static let logAll = Self(bit: 26)
  /// VHOST_USER_F_PROTOCOL_FEATURES.
  static let protocolFeatures = Self(bit: 30)
}
