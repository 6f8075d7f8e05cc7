public import Spec

/// A group of SAs that the driver keeps.
public final class IPsecGroup {
  /// The driver's number for it; it outlives resets, which the device's handle does not.
  public let identity: UInt64
  var handle: WireHandle

  init(identity: UInt64, handle: WireHandle) {
    self.identity = identity
    self.handle = handle
  }
}

/// An SA, or a bundle, that the driver keeps so that it can be made again after a reset.
public final class IPsecSA {
  /// The driver's number for it; it outlives resets, which the device's handle does not.
  public let identity: UInt64
  public let direction: SADirection
  public let group: IPsecGroup?
  var configurations: [SAConfiguration]
  var handle: WireHandle
  // What a packet looks at is read or written at once: no access is under way when another begins.

  /// The instance that keeps it; nil when it was deleted.
  @exclusivity(unchecked) var keeper: ObjectIdentifier?
  /// Outbound, no sequence number beyond this was used: one for each packet submitted, at least. Inbound, none beyond
  /// it was received.
  @exclusivity(unchecked) var sequenceBound: UInt64
  @exclusivity(unchecked) var usage = SAUsage()
  /// The same when the device was told of it last.
  var usageBefore = SAUsage()
  /// Whether its soft lifetime was told of.
  var isSoftTold = false
  /// The device has it no more, as it could not go on with it after a reset without risk: its lifetime has ended, or
  /// nobody knows which sequence numbers it has used. It waits to be deleted.
  @exclusivity(unchecked) var isSpent = false
  /// The device was reset, and does not have it again yet: its handle may be another's.
  var isAway = false

  init(
    identity: UInt64, _ direction: SADirection, _ group: IPsecGroup?, _ configurations: [SAConfiguration],
    handle: WireHandle
  ) {
    self.identity = identity
    self.direction = direction
    self.group = group
    self.configurations = configurations
    self.handle = handle
    sequenceBound = configurations.map(\.sequence).max() ?? 0
  }

  var isIPv6: Bool { configurations.first?.tunnel?.isIPv6 ?? false }
}

/// Control commands.
extension IPsecInstance {
  /// Sends a command while the device is there, awake for as long as it takes.
  ///
  /// - Parameter command: is made when the device is ready: until then, a reset may change every handle.
  private func execute(
    _ command: @autoclosure () throws(DriverError) -> IPsecCommand
  ) throws(DriverError) -> IPsecAnswer {
    try device.runtimeGet()
    defer { device.runtimePut() }
    _ = kernel.scheduler.wait(upTo: parameters.commandTimeout) { state != .recovering || isRestoring }
    guard state == .live || isRestoring, let control else {
      throw DriverError(.ENODEV, device.label, "device is \(state)")
    }
    return try control.execute(try command())
  }

  /// What the device calls an SA now.
  ///
  /// - Throws: `DriverError`: ENODEV, ENOENT, EKEYREJECTED for one that nothing is left of, EAGAIN for one that is to
  ///   be made again.
  private func handle(of sa: IPsecSA) throws(DriverError) -> WireHandle {
    try check(sa)
    guard !sa.isSpent else { throw DriverError(.EKEYREJECTED, device.label, "SA \(sa.identity) is spent") }
    guard !sa.isAway else { throw DriverError(.EAGAIN, device.label, "SA \(sa.identity) is not there yet") }
    return sa.handle
  }

  func unexpected(_ command: String) -> DriverError { DriverError(.EPROTO, device.label, "\(command): answer") }

  private func takeIdentity() -> UInt64 {
    defer { nextIdentity += 1 }
    return nextIdentity
  }

  /// Adds an SA, or a bundle of several, innermost first.
  ///
  /// - Throws: `DriverError`: what the device says, ETIMEDOUT, ENODEV, EINVAL.
  public func addSA(
    _ configurations: SAConfiguration..., direction: SADirection, group: IPsecGroup? = nil
  ) throws(DriverError) -> IPsecSA {
    try addSA(configurations, direction: direction, group: group)
  }

  public func addSA(
    _ configurations: [SAConfiguration], direction: SADirection, group: IPsecGroup? = nil
  ) throws(DriverError) -> IPsecSA {
    guard !configurations.isEmpty else { throw DriverError(.EINVAL, device.label, "a bundle of no SA") }
    if format.needsGroup, commonGroup == nil, group == nil { commonGroup = try addGroup() }
    let group = group ?? commonGroup
    guard case .sa(let handle) = try execute(.add(direction, group?.handle, configurations)) else {
      throw unexpected("add")
    }
    let sa = IPsecSA(identity: takeIdentity(), direction, group, configurations, handle: handle)
    associations[sa.identity] = sa
    sa.keeper = ObjectIdentifier(self)
    return sa
  }

  /// Deletes an SA; of a device that has lost it, only here, so that it is not made again.
  public func delete(_ sa: IPsecSA) throws(DriverError) {
    try check(sa)
    if !sa.isSpent, !sa.isAway {
      do throws(DriverError) {
        _ = try execute(.delete(sa.direction, sa.group?.handle, try handle(of: sa)))
      } catch {
        // A flush may have been there first, or a reset that it did not get over.
        guard error.errno == .ENOENT && sa.keeper == nil || sa.isSpent else { throw error }
      }
    }
    associations[sa.identity] = nil
    sa.keeper = nil
  }

  /// Changes an SA.
  ///
  /// - Throws: `DriverError`: what the device says, EINVAL, EKEYREJECTED for an SA that nothing is left of.
  public func update(_ sa: IPsecSA, _ update: SAUpdate) throws(DriverError) {
    try check(sa)
    guard !sa.isSpent else { throw DriverError(.EKEYREJECTED, device.label, "SA \(sa.identity) is spent") }
    for part in try parts(of: update, sa) {
      _ = try execute(.update(sa.direction, sa.group?.handle, try handle(of: sa), part, isIPv6: sa.isIPv6))
    }
    sa.configurations[0].apply(update, sa.direction)
    switch update {
    case .sequence(let highest), .replayWindow(_, let highest, _): sa.sequenceBound = max(sa.sequenceBound, highest)
    case .lifetime: sa.isSoftTold = false
    case .tunnel, .gateway: break
    }
  }

  /// What the device is told for a change to come about.
  private func parts(of update: SAUpdate, _ sa: IPsecSA) throws(DriverError) -> [SAUpdate] {
    switch update {
    case .replayWindow(let size, let highest, _) where version < .v2_0:
      guard let parts = sa.slide(to: highest, size) else {
        throw DriverError(.EINVAL, device.label, "no sequence number is left")
      }
      return parts
    case .lifetime(let lifetime):
      // What the device counts begins when it is told of the SA.
      guard let left = lifetime.remainder(after: sa.usageBefore, isInnermost: true, granule: granule) else {
        throw DriverError(.EKEYREJECTED, device.label, "lifetime has ended")
      }
      return [.lifetime(left)]
    default: return [update]
    }
  }

  /// Bytes that lifetimes are counted in.
  var granule: UInt64 { version < .v2_0 ? 1024 : 1 }

  /// What the device knows of an SA, and what the driver knows of it from before a reset.
  public func read(_ sa: IPsecSA) throws(DriverError) -> SAState {
    try check(sa)
    var state = SAState()
    (state.spi, state.sequence) = (sa.configurations[0].spi, sa.sequenceBound)
    if has(.saStatistics) { state.statistics = SAState.Statistics() }
    if sa.isSpent {
      state.add(sa.usage.done)
      return state
    }
    guard case .state(let answer) = try execute(.read(sa.direction, sa.group?.handle, try handle(of: sa))) else {
      throw unexpected("read")
    }
    let highest = state.sequence
    state = answer
    // Before 2.0, the device's window may begin behind the highest number.
    if version < .v2_0, sa.direction == .inbound { state.sequence = highest }
    state.add(sa.usageBefore.done)
    return state
  }

  /// - Throws: `DriverError`: ENODEV once the device has gone, whatever of it is asked for; ENOENT.
  private func check(_ sa: IPsecSA) throws(DriverError) {
    try requireDevice()
    guard sa.keeper == ObjectIdentifier(self) else { throw DriverError(.ENOENT, device.label, "no SA \(sa.identity)") }
  }

  public func addGroup() throws(DriverError) -> IPsecGroup {
    guard case .group(let handle) = try execute(.addGroup) else { throw unexpected("add_group") }
    let group = IPsecGroup(identity: takeIdentity(), handle: handle)
    groups[group.identity] = group
    return group
  }

  private func requireDevice() throws(DriverError) {
    guard state != .gone else { throw DriverError(.ENODEV, device.label, "device is \(state)") }
  }

  public func delete(_ group: IPsecGroup) throws(DriverError) {
    try requireDevice()
    guard groups[group.identity] === group else { throw DriverError(.ENOENT, device.label, "no such group") }
    _ = try execute(.deleteGroup(group.handle))
    groups[group.identity] = nil
  }

  /// Deletes every SA of a group, or every SA.
  public func flush(_ group: IPsecGroup? = nil) throws(DriverError) {
    _ = try execute(group.map { .flush($0.handle) } ?? .flushAll)
    for sa in associations.values where group == nil || sa.group === group {
      associations[sa.identity] = nil
      sa.keeper = nil
    }
  }

  /// Random bytes of the device's.
  public func random(_ count: Int) throws(DriverError) -> [UInt8] {
    guard case .random(let bytes) = try execute(.random(count)) else { throw unexpected("get_random") }
    return bytes
  }

  /// Most bytes that encapsulation adds before and after a packet.
  public func rooms() throws(DriverError) -> (head: Int, tail: Int) {
    guard case .rooms(let head, let tail) = try execute(.rooms) else { throw unexpected("rooms") }
    return (head, tail)
  }

  /// Turns legacy algorithms on.
  public func enableLegacyAlgorithms(ciphers: [CipherAlgorithm] = [], auths: [HMACAlgorithm] = []) throws(DriverError) {
    func set(_ numbers: [UInt16]) -> UInt64 { numbers.reduce(0) { $0 | 1 << UInt64($1) } }
    _ = try execute(.setLegacyAlgorithms(ciphers: set(ciphers.map(\.rawValue)), auths: set(auths.map(\.rawValue))))
  }

  // MARK: Events

  func deliver(_ notification: WireNotification) {
    counters.notifications += 1
    let sa = associations.values.first { $0.handle == notification.sa && !$0.isSpent && !$0.isAway }
    tell(
      sa,
      IPsecEvent(
        event: notification.event, sa: sa?.identity, value: notification.value, coalesced: notification.coalesced))
  }

  func tell(_ sa: IPsecSA?, _ event: IPsecEvent) {
    if NotificationEvent.soft.contains(event.event) { sa?.isSoftTold = true }
    notified?(event)
  }
}
