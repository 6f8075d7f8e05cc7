import ESP
import Spec
import Virtio
import Wire

/// What has to move with a guest: groups and SAs with keys, sequence numbers, windows and lifetimes so far, what was
/// negotiated and selected, and notifications not yet delivered.
///
/// Rings and virtio's registers are `VirtioDevice.state`. No request may be under way.
extension Accelerator {
  /// The state as bytes; keys are passed through the profile's `seal`.
  public func saveState() -> [UInt8] {
    var writer = StateWriter()
    var keys = StateWriter()
    StateHeader(version: version, features: features).write(to: &writer)
    writer.write(selection.version) { $0.write($1) }
    writer.write(selection.queues.rawValue)
    writer.write(dialect.guest == .big)
    writer.write(control.turnedOn.ciphers)
    writer.write(control.turnedOn.authentication)
    writer.write(control.store.handles.last)
    writer.write(control.store.groups.keys.sorted()) { $0.write($1.rawValue) }
    var sas = StateWriter()
    sas.write(control.store.all) { $0.write($1, keys: &keys) }
    writer.write(bytes: profile.seal(keys.bytes))
    writer.write(bytes: sas.bytes)
    writer.write(notifications.held) { $0.write($1) }
    return writer.bytes
  }

  /// Takes over a state; nothing has changed if it throws.
  ///
  /// - Throws: `StateError`, which says what does not fit.
  public func restoreState(_ bytes: [UInt8]) throws(StateError) {
    var reader = StateReader(bytes)
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
    let order: ByteOrder = try reader.readBool("byte order") ? .big : .little
    var control = ControlPlane(profile, version)
    control.turnedOn.ciphers = try reader.read(UInt64.self, "legacy algorithms")
    control.turnedOn.authentication = try reader.read(UInt64.self, "legacy algorithms")
    guard control.isSound else { throw .value("legacy algorithms") }
    control.store = try readStore(&reader, control)
    let held = try reader.readArray("notifications") { (reader) throws(StateError) in try reader.readNotification() }
    guard held.count <= profile.limits.heldNotifications else { throw .limit("notifications") }
    guard reader.isAtEnd else { throw .length("end") }
    self.version = version
    self.features = features
    self.selection = selection
    dialect = Self.dialect(version, profile)
    dialect.guest = order
    self.control = control
    notifications = NotificationUnit(limit: profile.limits.heldNotifications, features: features, held: held)
    roles = QueueRoles(Spec.definition(of: version).queues, profile, selection: selection.queues, features)
  }

  /// Groups, keys, and SAs.
  private func readStore(_ reader: inout StateReader, _ control: ControlPlane) throws(StateError) -> SAStore {
    let last = try reader.read(UInt64.self, "handles")
    let groups = try reader.readArray("groups") { (reader) throws(StateError) in try reader.readHandle("group") }
    guard groups.count <= profile.limits.groups else { throw .limit("groups") }
    guard let opened = profile.open(try reader.readBytes("keys")) else { throw .keys }
    var keys = StateReader(opened)
    var body = StateReader(try reader.readBytes("SAs"))
    let sas = try body.readArray("SAs") { (body) throws(StateError) in try body.readSA(&keys, control) }
    guard keys.isAtEnd, body.isAtEnd else { throw .length("SAs") }
    let store = try SAStore(last: last, groups: groups, sas: sas)
    guard store.count <= profile.limits.sas else { throw .limit("SAs") }
    return store
  }
}
