public import CGAPI
import Driver
import Spec

@c @implementation
public func g_ipsec_la_notification_hooks_register(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ hooks: UnsafePointer<g_ipsec_la_notification_hooks>?
) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let application = try library.application(handle)
    let hooks = try required(hooks, "in").pointee
    guard application.hooks == nil else { throw DriverError(.EBUSY, "g-api", "hooks are registered already") }
    application.hooks = hooks
  }
}

@c @implementation
public func g_ipsec_la_notifications_hook_deregister(_ handle: UnsafePointer<g_ipsec_la_handle>?) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let application = try library.application(handle)
    guard application.hooks != nil else { throw DriverError(.ENOENT, "g-api", "no hooks are registered") }
    application.hooks = nil
    library.silenceEvents(of: application)
  }
}

extension Library {
  /// Has an application told of an event, if it wants to be.
  func notify(_ application: Application, _ sa: LookAsideSA, _ event: IPsecEvent) {
    guard let hook = application.hooks?.hook(for: event.event), let callback = hook.cb_fn,
      let handle = application.saHandles[ObjectIdentifier(sa)]
    else { return }
    var notification = g_ipsec_la_notification()
    notification.handle = application.handle
    let group = sa.group.flatMap { application.groupHandles[ObjectIdentifier($0)] } ?? 0
    notification.handle.group_handle = bytes(group)
    notification.sa_handle.ipsec_sa_handle = bytes(handle)
    notification.value = event.value
    notification.coalesced = event.coalesced
    enqueue(
      Callback(application: application, kind: .event) {
        withUnsafePointer(to: notification) { callback($0, hook.cb_arg, hook.cb_arg_len) }
      })
  }
}

extension g_ipsec_la_notification_hooks {
  /// Who is told of an event; nil for one that the g-API does not have.
  fileprivate func hook(for event: NotificationEvent) -> g_ipsec_la_notification_hook? {
    switch event {
    case .softLifetime, .softLifetimePackets: soft_lifetime_expiry
    case .sequenceOverflow: seq_num_overflow
    case .sequencePeriodic: seq_num_periodic
    case .hardLifetime: nil
    }
  }
}
