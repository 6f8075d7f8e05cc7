import Spec
import Wire

/// Notifications in versions 0.4 and 1.0: the soft lifetime counts kilobytes.
extension LegacyDialect {
  package var notificationByteCount: Int {
    version == .v0_4 ? V0_4.Notification.byteCount : V1_0.Notification.byteCount
  }

  func notification(_ notification: Notification) -> Arena {
    var parts = Parts(guest: guest)
    parts.setNumber(grammar.field("notification.notify_event"), UInt64(notification.event.rawValue))
    setHandle("notification.group_handle", notification.group, in: &parts)
    setHandle("notification.sa_context_handle", notification.sa, in: &parts)
    let value = notification.event == .softLifetime ? notification.value >> 10 : notification.value
    parts.setNumber(grammar.field("notification.value"), value)
    return ChainComposer.compose(grammar.entry("notify", of: "notification").writable, from: parts)
  }
}
