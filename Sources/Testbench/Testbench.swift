public import Clockwork
public import CycleModel
public import Device
public import Spec
public import Virtio
public import Wire

/// A driver and a device that meet in guest memory: a few lines put packets through the accelerator and show what a
/// real one would leave behind.
///
/// ```swift
/// let bench = try Testbench(version: .v2_0)
/// let sa = try bench.addSA(description)
/// let packet = try bench.encap(inner, on: sa)
/// ```
///
/// With `mode: .timed(profile)` the same lines take simulated time, which `now` shows:
///
/// ```swift
/// let bench = try Testbench(version: .v2_0, mode: .timed())
/// let sa = try bench.addSA(description)
/// let start = bench.now
/// let packet = try bench.encap(inner, on: sa)
/// print("\((bench.now - start) / 1_000) ns from the driver's ring to its interrupt")
/// ```
public final class Testbench {
  public let version: SpecVersion
  public let machine: Machine
  public var accelerator: Accelerator { machine.accelerator }
  private let features: FeatureSet
  let driver: any WireDriver
  /// Number of encap/decap queue pairs in use.
  let pairs: Int
  private let mode: Mode
  /// Notifications that came in, oldest first.
  public internal(set) var notifications: [Device.Notification] = []
  /// For SAs without a group, where each needs one.
  private var commonGroup: Handle?

  /// A live device.
  ///
  /// - Parameters:
  ///   - version: of the interface.
  ///   - mode: whether time passes. `timingOnly` is `timed` here: a packet that is asked for is made.
  ///   - features: those that the driver knows; nil for all that the device offers but packed rings and IN_ORDER.
  ///   - memory: bytes of guest memory.
  ///   - notificationBuffers: how many to post.
  ///   - queueSize: descriptors in each queue, as far as the device has as many.
  ///   - customize: changes the device's profile.
  /// - Throws: `TestbenchError.virtio`; `.plan` for a profile with a value out of its range.
  public init(
    version: SpecVersion = .v2_0, mode: Mode = .functional, features: FeatureSet? = nil, memory: Int = 1 << 24,
    notificationBuffers: Int = 16, queueSize: Int = 64, _ customize: (inout AcceleratorProfile) -> Void = { _ in }
  ) throws(TestbenchError) {
    var profile = AcceleratorProfile(version)
    customize(&profile)
    self.version = version
    self.mode = mode
    self.features = features ?? profile.features.subtracting([.ringPacked, .inOrder])
    pairs = profile.pairs
    driver = makeDriver(version, profile)
    do throws(VirtioError) {
      machine = try Machine(profile, memory: memory, queueSize: queueSize)
    } catch { throw .virtio(error) }
    try start(notificationBuffers: notificationBuffers)
  }

  /// Resets the device and starts it anew; SAs and groups are gone.
  public func start(notificationBuffers: Int = 16) throws(TestbenchError) {
    commonGroup = nil
    machine.clock = nil
    machine.accelerator.onNotify = nil
    do throws(VirtioError) {
      let dataQueues = 2 * pairs
      try machine.start(features) { features in
        1 + dataQueues + (Feature.notifications.contains { features.contains(FeatureSet($0)) } ? 1 : 0)
      } configure: { [self] in
        driver.select(scaling: pairs, $0)
      }
      try postNotificationBuffers(notificationBuffers)
    } catch { throw .virtio(error) }
    if let profile = mode.profile { machine.clock = try BenchClock(self, profile) }
  }

  // MARK: Time

  /// The present; the start where no time passes.
  public var now: Instant { machine.clock?.now ?? .start }

  /// What the pipeline did so far; nil where no time passes.
  public var statistics: Statistics? { machine.clock?.statistics }

  /// Features agreed on.
  public var negotiated: FeatureSet { machine.session.features }

  // MARK: Control

  /// Sends a control command as it stands; what the device answered.
  public func control(_ bytes: [UInt8], room: Int) throws(TestbenchError) -> [UInt8] {
    try machine.exchange(bytes, room: room, on: 0)
  }

  /// Adds a group for SAs.
  ///
  /// - Throws: `TestbenchError.status` when the device refuses it.
  public func addGroup() throws(TestbenchError) -> Handle { try driver.addGroup(self) }

  /// Adds an SA, or a bundle of several, innermost first; where each needs a group, those without share one.
  public func addSA(
    _ descriptions: SADescription..., direction: Direction = .outbound, group: Handle? = nil
  ) throws(TestbenchError) -> TestSA {
    try addSA(descriptions, direction: direction, group: group)
  }

  /// The same, for a list.
  public func addSA(
    _ descriptions: [SADescription], direction: Direction, group: Handle? = nil
  ) throws(TestbenchError) -> TestSA {
    var group = group
    if group == nil, driver.needsGroup { group = try self.group() }
    var sa = TestSA(
      handle: try driver.addSA(descriptions, direction, group, self), direction: direction,
      group: group)
    for description in descriptions { sa.reserve(description.parameters) }
    return sa
  }

  /// The group of SAs that have none of their own, where each needs one.
  package func group() throws(TestbenchError) -> Handle {
    if let commonGroup { return commonGroup }
    let group = try addGroup()
    commonGroup = group
    return group
  }

  /// Deletes an SA.
  ///
  /// - Throws: `TestbenchError.status` when the device refuses it.
  public func deleteSA(_ sa: TestSA) throws(TestbenchError) { try driver.deleteSA(sa, self) }

  // MARK: Data

  /// Has a packet encapsulated.
  ///
  /// - Parameter pair: the queue pair to use, from 0.
  /// - Throws: `TestbenchError.status` when the device refuses it.
  public func encap(_ packet: [UInt8], on sa: TestSA, pair: Int = 0) throws(TestbenchError) -> [UInt8] {
    try driver.process([packet], on: sa, queue: 2 + 2 * pair, self)[0].get()
  }

  /// Has a packet decapsulated.
  public func decap(_ packet: [UInt8], on sa: TestSA, pair: Int = 0) throws(TestbenchError) -> [UInt8] {
    try driver.process([packet], on: sa, queue: 1 + 2 * pair, self)[0].get()
  }

  /// Has several packets processed in one chain.
  public func process(
    _ packets: [[UInt8]], on sa: TestSA, pair: Int = 0
  ) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    try driver.process(packets, on: sa, queue: (sa.direction == .outbound ? 2 : 1) + 2 * pair, self)
  }
}
