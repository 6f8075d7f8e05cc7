public import Spec

/// Something that the guest is to hear of.
public struct Notification: Sendable, Hashable {
  public var event: NotificationEvent
  public var group: Handle?
  public var sa: Handle
  /// Bytes or packets so far, or the current sequence number.
  public var value: UInt64
  /// Earlier events of this kind on this SA that this one stands for.
  public var coalesced: UInt32 = 0

  /// - Parameters:
  ///   - group: nil where the SA has none.
  ///   - value: bytes or packets so far, or the current sequence number.
  ///   - coalesced: earlier events that this one stands for.
  public init(event: NotificationEvent, group: Handle?, sa: Handle, value: UInt64, coalesced: UInt32 = 0) {
    self.event = event
    self.group = group
    self.sa = sa
    self.value = value
    self.coalesced = coalesced
  }
}
