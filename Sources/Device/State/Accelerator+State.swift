import ESP
import Glibc
import Spec
import Virtio
import Wire

/// What has to move with a guest: groups and SAs with keys, sequence numbers, windows and lifetimes so far, what was
/// negotiated and selected, and notifications not yet delivered.
///
/// Rings and virtio's registers are `VirtioDevice.state`. A chain that a model of time is at is in neither: what was
/// done for it counts here, and its results are `save(_: Ticket)`'s.
extension Accelerator {
  /// The state as bytes; keys are passed through the profile's `seal`.
  public func saveState() -> [UInt8] {
    var writer = StateWriter()
    var keys = StateWriter()
    StateHeader(version: version, features: features).write(to: &writer)
    writer.write(selection.version) { $0.write($1) }
    writer.write(selection.queues.rawValue)
    writer.write(dialect.guest == .big)
    writer.write(hasGuestOrder)
    writer.write(control.turnedOn.ciphers)
    writer.write(control.turnedOn.authentication)
    writer.write(control.store.handles.last)
    writer.write(control.store.groups.keys.sorted()) { $0.write($1.rawValue) }
    var holders = StateWriter()
    holders.write(control.store.all) { $0.write($1, keys: &keys) }
    holders.write(control.dh.all) { $0.write($1.handle, $1.pair, keys: &keys) }
    writer.write(bytes: seal(keys))
    writer.write(bytes: holders.bytes)
    writer.write(notifications.held) { $0.write($1) }
    return StateDigest.append(to: writer.bytes)
  }

  /// Leaves no copy of the keys but the sealed one.
  private func seal(_ keys: StateWriter) -> [UInt8] {
    var plain = keys.bytes
    defer { plain.withUnsafeMutableBytes { if let start = $0.baseAddress { explicit_bzero(start, $0.count) } } }
    return profile.seal(plain)
  }

  /// Takes over a state; nothing has changed if it throws.
  ///
  /// - Throws: `StateError`, which says what does not fit.
  public func restoreState(_ bytes: [UInt8]) throws(StateError) {
    _ = try StateHeader(bytes)
    guard let body = StateDigest.check(bytes) else { throw .damaged }
    var reader = StateReader(body)
    let header = try StateHeader(reading: &reader)
    let (version, features) = (header.version, header.features)
    guard profile.versions.contains(version) else { throw .version("\(version)") }
    let missing = features.intersection(.deviceType).subtracting(profile.features)
    guard missing.isEmpty else { throw .features(missing: "\(missing)") }
    let selection = RegisterFile.Selection(
      version: try reader.readOptional("version") { (reader) throws(StateError) in
        try reader.read(UInt32.self, "version")
      },
      queues: Packed(rawValue: try reader.read(UInt32.self, "queues")))
    let dialect = Self.dialect(version, features, profile)
    dialect.guest = try reader.readBool("byte order") ? .big : .little
    let hasGuestOrder = try reader.readBool("byte order")
    var control = ControlPlane(profile, version)
    control.turnedOn.ciphers = try reader.read(UInt64.self, "legacy algorithms")
    control.turnedOn.authentication = try reader.read(UInt64.self, "legacy algorithms")
    guard control.isSound else { throw .value("legacy algorithms") }
    try readStore(&reader, &control)
    for sa in control.store.all {
      let parts = dialect.parts(adding: sa.members.map(\.description))
      if let missing = dialect.grammar.features.missing(in: parts, among: features) {
        throw .features(missing: "\(FeatureSet(missing))")
      }
    }
    let held = try reader.readArray("notifications") { (reader) throws(StateError) in try reader.readNotification() }
    guard held.count <= profile.limits.heldNotifications else { throw .limit("notifications") }
    guard reader.isAtEnd else { throw .length("end") }
    self.version = version
    self.features = features
    self.selection = selection
    self.dialect = dialect
    self.hasGuestOrder = hasGuestOrder
    self.control.store.flushAll()
    self.control = control
    life += 1
    notifications = NotificationUnit(limit: profile.limits.heldNotifications, held: held)
    roles = QueueRoles(Spec.definition(of: version).queues, profile, selection: selection.queues, features)
    renewDataPlane()
  }

  /// Groups, keys, and what has keys: SAs and Diffie-Hellman pairs.
  private func readStore(_ reader: inout StateReader, _ control: inout ControlPlane) throws(StateError) {
    let last = try reader.read(UInt64.self, "handles")
    let groups = try reader.readArray("groups") { (reader) throws(StateError) in try reader.readHandle("group") }
    guard groups.count <= profile.limits.groups else { throw .limit("groups") }
    guard let opened = profile.open(try reader.readBytes("keys")) else { throw .keys }
    var keys = StateReader(opened)
    var body = StateReader(try reader.readBytes("SAs"))
    let plane = control
    let sas = try body.readArray("SAs") { (body) throws(StateError) in try body.readSA(&keys, plane) }
    let pairs = try body.readArray("key pairs") { (body) throws(StateError) in try body.readDHKeyPair(&keys) }
    guard keys.isAtEnd, body.isAtEnd else { throw .length("SAs") }
    control.store = try SAStore(last: last, groups: groups, sas: sas)
    guard control.store.count <= profile.limits.sas else { throw .limit("SAs") }
    guard pairs.count <= profile.limits.dhKeyPairs else { throw .limit("key pairs") }
    for (handle, pair) in pairs {
      guard handle.rawValue <= last, !control.store.has(handle), control.dh[handle] == nil else {
        throw .inconsistent("key pairs")
      }
      control.dh.add(pair, as: handle)
    }
  }
}
