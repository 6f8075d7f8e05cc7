import Spec
import Wire

/// What the guest asks of the control plane, whatever the version.
enum ControlCommand {
  case getCapabilities
  case turnOnLegacy(ciphers: UInt64, authentication: UInt64)
  case setGuestOrder(ByteOrder)
  case random(count: Int)
  case addGroup
  case deleteGroup(Handle)
  case flush(Handle)
  case flushAll
  case rooms
  case add(Direction, group: Handle?, [SADescription])
  case delete(Direction, SAName)
  case update(Direction, SAName, SAChange)
  case read(Direction, SAName)
  /// SAs behind a handle, in the order of handles.
  case readMany(Direction, group: Handle?, after: UInt64, limit: Int)
  case nothing
  case generateDH(DHGroup)
  /// What is at fault stands at these offsets.
  case computeDH(Handle?, peer: [UInt8], handleOffset: Int, peerOffset: Int)
  case deleteDH(Handle?, handleOffset: Int)
  case saveState(offset: UInt64, limit: Int)
  case restoreState(offset: UInt64, total: UInt64, [UInt8])
}

/// An SA as a command names it.
struct SAName {
  /// The group that it is said to be in.
  var group: Handle?
  var sa: Handle
}

/// What the control plane answers.
enum ControlReply {
  case done
  case capabilities(Capabilities)
  case random([UInt8])
  case group(Handle)
  case sa(Handle)
  case rooms(head: Int, tail: Int)
  /// The SAs read, and where to go on: 0 when there is no more.
  case records([SARecord], cursor: UInt64)
  case dhPublic(Handle, [UInt8])
  case dhSecret([UInt8])
  case state(offset: UInt64, total: UInt64, [UInt8])
}
