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
  /// The instance that keeps it; nil when it was deleted.
  @exclusivity(unchecked) var keeper: ObjectIdentifier?
  /// No sequence number beyond this was used: one for each packet submitted, at least. Inbound, the highest received.
  @exclusivity(unchecked) var sequenceBound: UInt64

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

  /// A packet was processed; before 2.0, the device does not say which, and one received counts one.
  func note(_ sequence: UInt64?) {
    if let sequence {
      sequenceBound = max(sequenceBound, sequence)
    } else if direction == .inbound {
      sequenceBound += 1
    }
  }

  var isIPv6: Bool { configurations.first?.tunnel?.isIPv6 ?? false }
}

/// Control commands.
extension IPsecInstance {
  /// Sends a command while the device is there, awake for as long as it takes.
  private func execute(_ command: IPsecCommand) throws(DriverError) -> IPsecAnswer {
    try device.runtimeGet()
    defer { device.runtimePut() }
    _ = kernel.scheduler.wait(upTo: parameters.commandTimeout) { state != .recovering }
    guard state == .live, let control else { throw DriverError(.ENODEV, device.label, "device is \(state)") }
    return try control.execute(command)
  }

  private func unexpected(_ command: String) -> DriverError { DriverError(.EPROTO, device.label, "\(command): answer") }

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

  public func delete(_ sa: IPsecSA) throws(DriverError) {
    try check(sa)
    _ = try execute(.delete(sa.direction, sa.group?.handle, sa.handle))
    associations[sa.identity] = nil
    sa.keeper = nil
  }

  public func update(_ sa: IPsecSA, _ update: SAUpdate) throws(DriverError) {
    try check(sa)
    _ = try execute(.update(sa.direction, sa.group?.handle, sa.handle, update, isIPv6: sa.isIPv6))
    switch update {
    case .sequence(let sequence): sa.sequenceBound = max(sa.sequenceBound, sequence)
    case .replayWindow(let size, let highest, _):
      sa.configurations[0].replayWindow = size
      sa.sequenceBound = max(sa.sequenceBound, highest)
    case .lifetime(let lifetime): sa.configurations[0].lifetime = lifetime
    case .tunnel(let tunnel): sa.configurations[0].tunnel = tunnel
    case .gateway(let isLocal, let address, _):
      let end: WritableKeyPath<SAConfiguration.Tunnel, [UInt8]> = isLocal ? \.source : \.destination
      sa.configurations[0].tunnel?[keyPath: end] = address
    }
  }

  /// What the device knows of an SA.
  public func read(_ sa: IPsecSA) throws(DriverError) -> SAState {
    try check(sa)
    guard case .state(let state) = try execute(.read(sa.direction, sa.group?.handle, sa.handle)) else {
      throw unexpected("read")
    }
    return state
  }

  private func check(_ sa: IPsecSA) throws(DriverError) {
    guard sa.keeper == ObjectIdentifier(self) else { throw DriverError(.ENOENT, device.label, "no SA \(sa.identity)") }
  }

  public func addGroup() throws(DriverError) -> IPsecGroup {
    guard case .group(let handle) = try execute(.addGroup) else { throw unexpected("add_group") }
    let group = IPsecGroup(identity: takeIdentity(), handle: handle)
    groups[group.identity] = group
    return group
  }

  public func delete(_ group: IPsecGroup) throws(DriverError) {
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

  // MARK: After a reset

  /// Makes groups and SAs again, with handles of their own, and no sequence number that was used before.
  func restoreAssociations() throws(DriverError) {
    for group in groups.values.sorted(by: { $0.identity < $1.identity }) {
      guard case .group(let handle) = try control.execute(.addGroup) else { throw unexpected("add_group") }
      group.handle = handle
    }
    for sa in associations.values.sorted(by: { $0.identity < $1.identity }) {
      var configurations = sa.configurations
      for index in configurations.indices { configurations[index].sequence = sa.sequenceBound }
      guard case .sa(let handle) = try control.execute(.add(sa.direction, sa.group?.handle, configurations)) else {
        throw unexpected("add")
      }
      sa.handle = handle
      guard version < .v2_0, sa.sequenceBound > 0 else { continue }
      // Before 2.0, the sequence number is no part of what an SA is added with; what came before is taken as received.
      var updates = [SAUpdate.sequence(sa.sequenceBound)]
      if sa.direction == .inbound, let window = configurations.first?.replayWindow, window > 0 {
        updates.append(.replayWindow(size: window, highest: sa.sequenceBound, bitmap: [0xff, 0xff, 0xff, 0xff]))
      }
      for update in updates {
        _ = try control.execute(.update(sa.direction, sa.group?.handle, handle, update, isIPv6: sa.isIPv6))
      }
    }
  }

  // MARK: Events

  func deliver(_ notification: WireNotification) {
    counters.notifications += 1
    let sa = associations.values.first { $0.handle == notification.sa }
    notified?(
      IPsecEvent(
        event: notification.event, sa: sa?.identity, value: notification.value, coalesced: notification.coalesced))
  }
}
