public import CGAPI
import Driver
import Glibc
import Spec
import Wire

@c @implementation
public func g_ipsec_la_get_api_version(_ version: UnsafeMutablePointer<CChar>?) -> Int32 {
  guard let version else { return -Errno.EINVAL.rawValue }
  // Nothing here needs a lock: see `Library.call`.
  var text = GAPI.version
  text.withUTF8 { bytes in
    memcpy(version, bytes.baseAddress!, bytes.count)
    version[bytes.count] = 0
  }
  return 0
}

@c @implementation
public func g_ipsec_la_open(
  _ mode: g_ipsec_la_mode, _ arguments: UnsafePointer<g_ipsec_la_open_inargs>?,
  _ out: UnsafeMutablePointer<g_ipsec_la_open_outargs>?
) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let arguments = try required(arguments, "in").pointee, out = try required(out, "out")
    let mode = try known(GAPI.Mode.self, mode.rawValue)
    let name = try string(arguments.accl_name, limit: GAPI.nameSize.value)
    let identity = try string(arguments.app_identity, limit: GAPI.identitySize.value) ?? ""
    let host = try library.platform()
    guard host.has(vendor: arguments.pci_vendor_id, device: arguments.device_id) else {
      throw DriverError(.ENODEV, "g-api", "no accelerator of these IDs")
    }
    // Who tells the application is there before there is anything to tell.
    try library.startWorker()
    let application = Application(try host.lookAside.open(mode, name: name, identity: identity))
    guard let handle = library.applications.insert(application) else {
      try application.application.close()
      throw DriverError(.ENOMEM, "g-api", "too many handles")
    }
    application.handle.handle = bytes(handle)
    out.pointee.handle = application.handle
    library.listen(application, arguments)
  }
}

extension Library {
  /// Has an application told when its accelerator goes, and of events.
  fileprivate func listen(_ application: Application, _ arguments: g_ipsec_la_open_inargs) {
    application.application.broken = { [unowned self, unowned application] in
      guard let callback = arguments.cb_fn else { return }
      enqueue(
        last: Callback(application: application, kind: .broken) { [handle = application.handle] in
          var handle = handle
          callback(&handle, arguments.cb_arg, arguments.cb_arg_len)
        })
    }
    application.application.notified = { [unowned self, unowned application] sa, event in
      notify(application, sa, event)
    }
  }
}

@c @implementation
public func g_ipsec_la_close(_ handle: UnsafePointer<g_ipsec_la_handle>?) -> Int32 {
  Library.call { (library) throws(DriverError) in
    let application = try library.application(handle)
    library.run()
    let unanswered = application.pending + application.waiting
    guard application.application.isBroken || unanswered == 0 else {
      throw DriverError(.EBUSY, "g-api", "\(unanswered) calls have no answer")
    }
    try application.application.close()
    // From here on the handle is none; another thread that closes at the same time finds none.
    library.applications.remove(number(application.handle.handle))
    library.sweep(application)
    library.silence(application)
  }
}

@c @implementation
public func g_ipsec_la_group_create(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ arguments: UnsafePointer<g_ipsec_la_group_create_inargs>?,
  _ flags: UInt32, _ out: UnsafeMutablePointer<g_ipsec_la_group_create_outargs>?,
  _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(answering: flags, resp), out = try required(out, "out")
    let arguments = try required(arguments, "in").pointee
    let identity = try string(arguments.group_identity, limit: GAPI.identitySize.value) ?? ""
    let application = try library.live(handle)
    try library.control(application, ending, out) { () throws(DriverError) in
      let group = try application.application.addGroup(identity)
      guard let handle = library.groups.insert(GroupEntry(application: application, group: group)) else {
        try application.application.delete(group)
        throw DriverError(.ENOMEM, "g-api", "too many handles")
      }
      application.groupHandles[ObjectIdentifier(group)] = handle
      out.pointee.group_handle = bytes(handle)
    }
  }
}

@c @implementation
public func g_ipsec_la_group_delete(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_result_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(flags, resp)
    let application = try library.live(handle)
    guard let group = try library.group(handle!.pointee, of: application) else {
      throw DriverError(.ENOENT, "g-api", "the handle has no group")
    }
    try library.control(application, ending, out) { () throws(DriverError) in
      try application.application.delete(group)
      library.forget(group, of: application)
    }
  }
}
