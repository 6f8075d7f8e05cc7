public import CGAPI
import Driver
import Spec
import Wire

/// Which SAs are read, checked.
private struct Selection {
  let direction: SADirection
  let operation: GAPI.GetOperation
  let hasParameters: Bool
  let handle: g_ipsec_la_sa_handle
  let room: Int

  init(_ arguments: g_ipsec_la_sa_get_inargs, _ out: g_ipsec_la_sa_get_outargs) throws(DriverError) {
    direction = try known(GAPI.Direction.self, arguments.dir.rawValue) == .inbound ? .inbound : .outbound
    operation = try known(GAPI.GetOperation.self, arguments.operation.rawValue)
    hasParameters = try known(GAPI.GetContents.self, arguments.what.rawValue) == .everything
    handle = arguments.handle
    room = operation == .exact ? 1 : Int(arguments.num_sas)
    guard arguments.num_sas > 0, out.sa_params != nil || !hasParameters, out.stats != nil || hasParameters else {
      throw DriverError(.EINVAL, "g-api", "no room for SAs")
    }
  }
}

@c @implementation
public func g_ipsec_la_sa_get(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ arguments: UnsafePointer<g_ipsec_la_sa_get_inargs>?, _ flags: UInt32,
  _ out: UnsafeMutablePointer<g_ipsec_la_sa_get_outargs>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 {
  Library.call(flags, out) { (library) throws(DriverError) in
    let ending = try Ending(answering: flags, resp), out = try required(out, "out")
    let selection = try Selection(required(arguments, "in").pointee, out.pointee)
    let application = try library.live(handle)
    let group = try library.group(handle!.pointee, of: application)
    try library.control(application, ending, out) { () throws(DriverError) in
      try library.read(selection, group, of: application, into: out)
    }
  }
}

extension Library {
  /// Fills an answer with SAs.
  ///
  /// - Throws: `DriverError`: ENOENT for a handle that is none, or what the device says.
  fileprivate func read(
    _ selection: Selection, _ group: LookAsideGroup?, of application: Application,
    into out: UnsafeMutablePointer<g_ipsec_la_sa_get_outargs>
  ) throws(DriverError) {
    out.pointee.num_sas = 0
    out.pointee.next = g_ipsec_la_sa_handle()
    var sas = application.application.associations.filter {
      $0.direction == selection.direction && (group == nil || $0.group === group)
    }[...]
    if selection.operation != .firstN {
      let first = try sa(selection.handle, selection.direction, of: application, in: group).sa
      sas = sas[(sas.firstIndex { $0 === first } ?? sas.endIndex)...]
    }
    for (index, sa) in sas.prefix(selection.room).enumerated() {
      guard let handle = application.saHandles[ObjectIdentifier(sa)], let entry = associations[handle] else { continue }
      let state = try application.application.read(sa)
      if selection.hasParameters { out.pointee.sa_params[index] = entry.parameters }
      out.pointee.stats?[index] = g_ipsec_la_sa_stats(state.statistics ?? SAState.Statistics())
      out.pointee.handles?[index].ipsec_sa_handle = bytes(handle)
      out.pointee.num_sas += 1
    }
    if selection.operation != .exact, let next = sas.dropFirst(selection.room).first,
      let handle = application.saHandles[ObjectIdentifier(next)]
    {
      out.pointee.next.ipsec_sa_handle = bytes(handle)
    }
  }
}

extension g_ipsec_la_sa_stats {
  fileprivate init(_ statistics: SAState.Statistics) {
    self.init()
    packets_processed = statistics.packets
    bytes_processed = statistics.bytes
    protocol_violation_errors.invalid_ipsec_pkt = statistics.invalidPacket
    protocol_violation_errors.invalid_pad_length = statistics.invalidPad
    protocol_violation_errors.invalid_seq_num = statistics.invalidSequence
    protocol_violation_errors.anti_replay_late_pkt = statistics.late
    protocol_violation_errors.anti_replay_replay_pkt = statistics.replayed
    protocol_violation_errors.invalid_icv = statistics.invalidICV
    protocol_violation_errors.seq_num_over_flow = statistics.sequenceOverflow
    protocol_violation_errors.crypto_op_failed = statistics.cryptoFailed
    process_errors.no_tail_room = statistics.noTailRoom
    process_errors.submit_to_accl_failed = statistics.submitFailed
  }
}
