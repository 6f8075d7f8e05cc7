import Spec

/// A group of an application's SAs.
public final class LookAsideGroup {
  public let identity: String
  let group: IPsecGroup

  init(_ group: IPsecGroup, identity: String) {
    self.group = group
    self.identity = identity
  }
}

/// An SA, or a bundle, of an application.
public final class LookAsideSA {
  public let application: LookAsideApplication
  public let group: LookAsideGroup?
  let association: IPsecSA
  @exclusivity(unchecked) var presence = Presence.there
  /// Of versions whose devices do not count.
  @exclusivity(unchecked) private(set) var packets: UInt64 = 0
  @exclusivity(unchecked) private(set) var bytes: UInt64 = 0
  var noTailRoom: UInt64 = 0
  var submitFailed: UInt64 = 0

  init(_ application: LookAsideApplication, _ group: LookAsideGroup?, _ association: IPsecSA) {
    self.application = application
    self.group = group
    self.association = association
  }

  /// Whether it can be asked for anything.
  enum Presence {
    case there
    /// The device is being asked to delete it.
    case leaving
    /// It was deleted or flushed.
    case gone
  }

  public var direction: SADirection { association.direction }

  func note(byteCount: Int) {
    packets += 1
    bytes += UInt64(byteCount)
  }

  /// What is known of it: as the device counts, and as far as it does not, as the packets came back.
  func complete(_ state: SAState) -> SAState {
    var state = state
    if state.statistics == nil {
      state.statistics = SAState.Statistics()
      state.statistics?.packets = packets
      state.statistics?.bytes = bytes
      state.statistics?.noTailRoom = noTailRoom
    }
    state.statistics?.submitFailed += submitFailed
    return state
  }
}
