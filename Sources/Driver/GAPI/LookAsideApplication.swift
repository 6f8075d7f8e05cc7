public import Spec

/// An accelerator as one application has it open.
public final class LookAsideApplication {
  public let device: LookAsideDevice
  public let mode: GAPI.Mode
  public let identity: String
  /// Called when the accelerator has gone, after everything that waited was answered.
  public var broken: (() -> Void)?
  /// Called for each event of an SA of this application.
  public var notified: ((LookAsideSA, IPsecEvent) -> Void)?
  public private(set) var groups: [LookAsideGroup] = []
  /// Oldest first.
  public private(set) var associations: [LookAsideSA] = []
  @exclusivity(unchecked) public private(set) var isBroken = false

  init(_ device: LookAsideDevice, _ mode: GAPI.Mode, identity: String) {
    self.device = device
    self.mode = mode
    self.identity = identity
  }

  private var instance: IPsecInstance { device.instance }

  func breakDown() {
    isBroken = true
    (groups, associations) = ([], [])
    broken?()
  }

  private func requireDevice() throws(DriverError) {
    // Whoever is told of his packets before that the device has gone may come with them again.
    guard !isBroken, device.instance.state != .gone else {
      throw DriverError(.ENODEV, device.name, "device has gone")
    }
  }

  private func find(_ sa: LookAsideSA) throws(DriverError) {
    try requireDevice()
    guard sa.presence == .there, sa.application === self else {
      throw DriverError(.ENOENT, device.name, "no such SA")
    }
  }

  private func find(_ group: LookAsideGroup?) throws(DriverError) {
    try requireDevice()
    guard group == nil || groups.contains(where: { $0 === group }) else {
      throw DriverError(.ENOENT, device.name, "no such group")
    }
  }

  /// Gives the accelerator back.
  ///
  /// - Throws: `DriverError`, EBUSY while there are groups or SAs.
  public func close() throws(DriverError) {
    guard groups.isEmpty, associations.isEmpty else {
      throw DriverError(.EBUSY, device.name, "\(groups.count) groups and \(associations.count) SAs are left")
    }
    device.drop(self)
    (broken, notified) = (nil, nil)
  }

  // MARK: Groups

  public func addGroup(_ identity: String = "") throws(DriverError) -> LookAsideGroup {
    try requireDevice()
    let group = LookAsideGroup(try instance.addGroup(), identity: identity)
    groups.append(group)
    return group
  }

  /// - Throws: `DriverError`: EBUSY while the group has SAs, or what the device says.
  public func delete(_ group: LookAsideGroup) throws(DriverError) {
    try find(group)
    guard !associations.contains(where: { $0.group === group }) else {
      throw DriverError(.EBUSY, device.name, "group has SAs")
    }
    try instance.delete(group.group)
    groups.removeAll { $0 === group }
  }

  // MARK: SAs

  /// Adds an SA, or a bundle of several, innermost first.
  ///
  /// - Throws: `DriverError`: ENOENT for a group of another's, or what the device says.
  public func addSA(
    _ configurations: [SAConfiguration], direction: SADirection, group: LookAsideGroup? = nil
  ) throws(DriverError) -> LookAsideSA {
    try find(group)
    let association = try instance.addSA(configurations, direction: direction, group: group?.group)
    let sa = LookAsideSA(self, group, association)
    associations.append(sa)
    device.associations[association.identity] = sa
    device.counters.sasCreated += 1
    return sa
  }

  public func delete(_ sa: LookAsideSA) throws(DriverError) {
    try find(sa)
    try remove(sa)
    if let index = index(of: sa) { associations.remove(at: index) }
  }

  /// Deletes the SAs of a group; without one, all of this application's, and nobody else's.
  public func flush(_ group: LookAsideGroup? = nil) throws(DriverError) {
    try find(group)
    // Others may delete some of them meanwhile.
    defer { associations.removeAll { $0.presence == .gone } }
    if let group {
      try instance.flush(group.group)
      for sa in associations where sa.group === group && sa.presence == .there { forget(sa) }
    } else {
      for sa in associations where sa.presence == .there { try remove(sa) }
    }
  }

  private func remove(_ sa: LookAsideSA) throws(DriverError) {
    sa.presence = .leaving
    do throws(DriverError) { try instance.delete(sa.association) } catch {
      sa.presence = .there
      throw error
    }
    forget(sa)
  }

  private func forget(_ sa: LookAsideSA) {
    sa.presence = .gone
    device.associations[sa.association.identity] = nil
    device.counters.sasDeleted += 1
  }

  /// Where an SA is among all, which are in the order of their numbers.
  private func index(of sa: LookAsideSA) -> Int? {
    var range = 0..<associations.count
    while let middle = range.isEmpty ? nil : range.lowerBound + range.count / 2 {
      if associations[middle] === sa { return middle }
      let isBefore = associations[middle].association.identity < sa.association.identity
      range = isBefore ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }

  /// What the device, or the driver in its stead, knows of an SA.
  public func read(_ sa: LookAsideSA) throws(DriverError) -> SAState {
    try find(sa)
    return sa.complete(try instance.read(sa.association))
  }

  // MARK: Changes

  /// Moves one end of the tunnel.
  public func update(
    _ sa: LookAsideSA, isLocal: Bool, address: [UInt8], port: UInt16
  ) throws(DriverError) {
    try find(sa)
    guard var tunnel = sa.association.configurations.first?.tunnel, address.count == tunnel.source.count else {
      throw DriverError(.EINVAL, device.name, "no such tunnel")
    }
    if instance.version < .v2_0 {
      try update(sa, .gateway(isLocal: isLocal, address: address, port: port))
    } else if port != 0 {
      throw DriverError(.EOPNOTSUPP, device.name, "ports are given with the SA")
    } else {
      if sa.direction.isSource(local: isLocal) { tunnel.source = address } else { tunnel.destination = address }
      try update(sa, .tunnel(tunnel))
    }
  }

  /// Sets the last number used, or highest received, and the size of the replay window; nil leaves either.
  ///
  /// - Throws: `DriverError`: EINVAL for a window where there was none, or what the device says.
  public func update(_ sa: LookAsideSA, sequence: UInt64?, window: Int?) throws(DriverError) {
    try find(sa)
    guard sa.direction == .inbound else {
      guard window == nil, let sequence else { throw DriverError(.EINVAL, device.name, "no replay window") }
      return try update(sa, .sequence(sequence))
    }
    let before = sa.association.configurations[0].replayWindow, size = window ?? before
    // Whoever added it without a window is told that replays pass: a change of the size does not say otherwise.
    guard window == nil || before > 0 else { throw DriverError(.EINVAL, device.name, "no replay window") }
    let highest: UInt64
    if let sequence { highest = sequence } else { highest = try instance.read(sa.association).sequence }
    // What came before is taken as received: better a packet lost than one accepted twice.
    let bitmap = highest == 0 ? 0 : (size + 7) / 8
    try update(sa, .replayWindow(size: size, highest: highest, bitmap: Array(repeating: 0xff, count: bitmap)))
  }

  private func update(_ sa: LookAsideSA, _ update: SAUpdate) throws(DriverError) {
    try instance.update(sa.association, update)
    device.counters.sasModified += 1
  }

  // MARK: Packets

  /// Takes packets of one SA, in order; each is told of by itself.
  ///
  /// - Parameter isPolled: whoever submits them waits for them next: they go to the device at once, and what it is done
  ///   with by then is told of before this returns, without an interrupt.
  /// - Throws: `DriverError`: ENOENT for an SA of another's, EBUSY for what is under way, ENOSPC, ENODEV; none is taken
  ///   then.
  public func submit(_ packets: [LookAsidePacket], isPolled: Bool = false) throws(DriverError) {
    for packet in packets { try find(packet.sa) }
    if isPolled, packets.count == 1 { return try device.process(packets[0]) }
    try device.enqueue(packets.span)
    if isPolled { device.advance(isPolled: true) }
  }

  /// Processes a packet, and waits for it.
  ///
  /// - Returns: the bytes of the result.
  /// - Throws: `DriverError`: what `submit` throws, as the device says, ETIMEDOUT.
  public func process(_ packet: LookAsidePacket) throws(DriverError) -> Int {
    try find(packet.sa)
    try device.process(packet)
    if let byteCount = packet.byteCount { return byteCount }
    if packet.isUnderWay { device.wait(for: packet) }
    guard let result = packet.result else {
      packet.abandon()
      throw DriverError(.ETIMEDOUT, device.name, "a packet did not come back")
    }
    return try result.get()
  }
}
