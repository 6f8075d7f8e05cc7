import ESP
import Spec

extension StateWriter {
  mutating func write(_ sa: StoredSA, keys: inout StateWriter) {
    write(sa.handle.rawValue)
    write(sa.direction.rawValue)
    write(sa.group?.rawValue ?? 0)
    write(sa.noTailRoom)
    write(sa.reportedHardLifetime)
    write(UInt32(sa.members.count))
    for member in sa.members {
      write(member.description, keys: &keys)
      write(member.association.state)
    }
  }

  mutating func write(_ notification: Notification) {
    write(notification.event.rawValue)
    write(notification.group?.rawValue ?? 0)
    write(notification.sa.rawValue)
    write(notification.value)
    write(notification.coalesced)
  }
}

extension StateReader {
  mutating func readHandle(_ what: String) throws(StateError) -> Handle {
    guard let handle = Handle(try read(UInt64.self, what)) else { throw .value(what) }
    return handle
  }

  mutating func readSA(_ keys: inout StateReader, _ control: ControlPlane) throws(StateError) -> StoredSA {
    let handle = try readHandle("SA")
    let direction = try readCase(Direction.self, "direction")
    let group = Handle(try read(UInt64.self, "group"))
    let noTailRoom = try read(UInt64.self, "statistics")
    let reportedHardLifetime = try readBool("lifetime")
    let count = Int(try read(UInt32.self, "bundle"))
    guard (1...control.profile.limits.bundle).contains(count) else { throw .limit("SAs in a bundle") }
    var members: [StoredSA.Member] = []
    for _ in 0..<count { members.append(try readMember(direction, &keys, control)) }
    let sa = StoredSA(handle, direction, group: group, members)
    sa.noTailRoom = noTailRoom
    sa.reportedHardLifetime = reportedHardLifetime
    return sa
  }

  private mutating func readMember(
    _ direction: Direction, _ keys: inout StateReader, _ control: ControlPlane
  ) throws(StateError) -> StoredSA.Member {
    let description = try readDescription(keys: &keys)
    let state = try readAssociationState()
    do throws(Rejection) {
      try control.admit(description)
      return try description.makeMember(direction, state: state, ivs: control.profile.ivs)
    } catch { throw .value("an SA (\(error))") }
  }

  mutating func readNotification() throws(StateError) -> Notification {
    let event = try readCase(NotificationEvent.self, "event")
    let group = Handle(try read(UInt64.self, "group"))
    let sa = try readHandle("SA")
    return Notification(
      event: event, group: group, sa: sa, value: try read(UInt64.self, "value"),
      coalesced: try read(UInt32.self, "count"))
  }
}
