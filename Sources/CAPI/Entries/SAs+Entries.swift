public import CGAPI
import Driver
import Spec
import Wire

@c @implementation
public func g_ipsec_la_capabilities_get(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_capabilities_get_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(answering: flags, resp), out = try required(out, "out")
    let application = try library.live(handle)
    try library.control(application, ending, out) { () throws(DriverError) in
      guard !application.application.isBroken else { throw DriverError(.ENODEV, "g-api", "accelerator has gone") }
      out.pointee.caps = g_ipsec_la_capabilities(application.application.device.capabilities)
    }
  }
}

extension g_ipsec_la_capabilities {
  fileprivate init(_ capabilities: LookAsideCapabilities) {
    func bits(_ set: some Sequence<some RawRepresentable<UInt32>>) -> UInt32 { set.reduce(0) { $0 | 1 << $1.rawValue } }
    self.init()
    flags = bits(capabilities.capabilities)
    auth_algo_caps = bits(capabilities.auths)
    cipher_algo_caps = bits(capabilities.ciphers)
    comb_algo_caps = bits(capabilities.combined)
  }
}

/// - Throws: `DriverError`, EINVAL for a number that is no direction.
private func direction(_ direction: g_ipsec_la_sa_direction) throws(DriverError) -> SADirection {
  try known(GAPI.Direction.self, direction.rawValue) == .inbound ? .inbound : .outbound
}

@c @implementation
public func g_ipsec_la_sa_add(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ arguments: UnsafePointer<g_ipsec_la_sa_add_inargs>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_sa_add_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(flags, resp), arguments = try required(arguments, "in").pointee
    let direction = try direction(arguments.dir), sas = try required(arguments.sa_params, "sa_params")
    guard (1...GAPI.maxSAs.value).contains(Int(arguments.num_sas)) else {
      throw DriverError(.EINVAL, "g-api", "a bundle of \(arguments.num_sas) SAs")
    }
    let application = try library.live(handle)
    let group = try library.group(handle!.pointee, of: application)
    var configurations: [SAConfiguration] = []
    for index in 0..<Int(arguments.num_sas) { configurations.append(try SAConfiguration(sas[index], direction)) }
    let parameters = sas[0].withoutKeys
    try library.control(application, ending, out) { [configurations] () throws(DriverError) in
      let sa = try application.application.addSA(configurations, direction: direction, group: group)
      guard let handle = library.associations.insert(SAEntry(application, sa, parameters)) else {
        try application.application.delete(sa)
        throw DriverError(.ENOMEM, "g-api", "too many handles")
      }
      application.saHandles[ObjectIdentifier(sa)] = handle
      if case .silence = ending { return }
      out?.pointee.handle.ipsec_sa_handle = bytes(handle)
    }
  }
}

@c @implementation
public func g_ipsec_la_sa_mod(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ arguments: UnsafePointer<g_ipsec_la_sa_mod_inargs>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_result_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(flags, resp), arguments = try required(arguments, "in").pointee
    let direction = try direction(arguments.dir)
    let change = try known(GAPI.Change.self, arguments.mod_flags.rawValue)
    if change == .replay { try arguments.replay.check() }
    let application = try library.live(handle)
    let group = try library.group(handle!.pointee, of: application)
    let entry = try library.sa(arguments.handle, direction, of: application, in: group)
    let address = try change == .replay ? [] : arguments.addr_info.addr.bytes(
      isIPv6: entry.parameters.cmn_flags.has(GAPI.SAFlag.ipv6))
    try library.control(application, ending, out) { () throws(DriverError) in
      switch change {
      case .localGateway, .peerGateway:
        try application.application.update(
          entry.sa, isLocal: change == .localGateway, address: address, port: arguments.addr_info.port)
        entry.parameters.move(arguments.addr_info, isSource: direction.isSource(local: change == .localGateway))
      case .replay: try entry.update(arguments.replay)
      }
    }
  }
}

extension g_ipsec_la_sa {
  /// One end of the tunnel is another.
  fileprivate mutating func move(_ end: g_ipsec_la_sa_mod_addr, isSource: Bool) {
    if isSource { te_addr.src_ip = end.addr } else { te_addr.dest_ip = end.addr }
    guard end.port != 0 else { return }
    if isSource { nat_info.src_port = end.port } else { nat_info.dest_port = end.port }
  }
}

extension g_ipsec_la_sa_mod_replay {
  /// - Throws: `DriverError`, EINVAL for flags that say nothing, or are none, and for a size that no window has.
  fileprivate func check() throws(DriverError) {
    let known = GAPI.ReplayFlag.allCases.reduce(UInt32(0)) { $0 | 1 << $1.rawValue }
    let isWindow = (1...GAPI.maxReplayWindow.value).contains(Int(anti_replay_window_size))
    guard flags != 0, flags & ~known == 0, !flags.has(GAPI.ReplayFlag.window) || isWindow else {
      throw DriverError(.EINVAL, "g-api", "replay information")
    }
  }
}

extension SAEntry {
  fileprivate func update(_ replay: g_ipsec_la_sa_mod_replay) throws(DriverError) {
    let window = replay.flags.has(GAPI.ReplayFlag.window) ? Int(replay.anti_replay_window_size) : nil
    try application.application.update(
      sa, sequence: replay.flags.has(GAPI.ReplayFlag.sequenceNumber) ? replay.seq_num : nil, window: window)
    if let window { parameters.anti_replay_window_size = UInt32(window) }
  }
}

@c @implementation
public func g_ipsec_la_sa_del(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ arguments: UnsafePointer<g_ipsec_la_sa_del_inargs>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_result_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(flags, resp), arguments = try required(arguments, "in").pointee
    let direction = try direction(arguments.dir)
    let application = try library.live(handle)
    let group = try library.group(handle!.pointee, of: application)
    let entry = try library.sa(arguments.handle, direction, of: application, in: group)
    try library.control(application, ending, out) { () throws(DriverError) in
      try application.application.delete(entry.sa)
      library.forget(entry.sa, of: application)
    }
  }
}

@c @implementation
public func g_ipsec_la_sa_flush(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_result_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(flags, resp)
    let application = try library.live(handle)
    let group = try library.group(handle!.pointee, of: application)
    try library.control(application, ending, out) { () throws(DriverError) in
      defer { library.sweep(application) }
      try application.application.flush(group)
    }
  }
}
