public import CGAPI
import Driver
import Spec
import Wire

/// - Throws: `DriverError`: EINVAL for pieces that are none, EMSGSIZE for a packet that is too long.
private func input(
  _ pieces: UnsafePointer<g_ipsec_la_data>?, _ count: UInt32
) throws(DriverError) -> UnsafeBufferPointer<g_ipsec_la_data> {
  let pieces = UnsafeBufferPointer(start: try required(pieces, "in_data"), count: try pieceCount(count))
  guard pieces.allSatisfy({ $0.buffer != nil && $0.length > 0 }) else {
    throw DriverError(.EINVAL, "g-api", "a piece of input is empty")
  }
  guard pieces.reduce(0, { $0 + Int($1.length) }) <= GAPI.maxPacketSize.value else {
    throw DriverError(.EMSGSIZE, "g-api", "packet is too long")
  }
  return pieces
}

/// - Throws: `DriverError`, EINVAL for pieces that are none.
private func output(
  _ pieces: UnsafeMutablePointer<g_ipsec_la_data>?, _ count: UInt32
) throws(DriverError) -> UnsafeMutableBufferPointer<g_ipsec_la_data> {
  let pieces = UnsafeMutableBufferPointer(start: try required(pieces, "out_data"), count: try pieceCount(count))
  guard pieces.allSatisfy({ $0.buffer != nil || $0.length == 0 }) else {
    throw DriverError(.EINVAL, "g-api", "a piece of output is NULL")
  }
  return pieces
}

private func pieceCount(_ count: UInt32) throws(DriverError) -> Int {
  guard (1...UInt32(GAPI.maxPieces.value)).contains(count) else {
    throw DriverError(.EINVAL, "g-api", "\(count) pieces")
  }
  return Int(count)
}

/// One packet, or several: adds each to the call, its bytes copied or not.
private typealias Packets = (PacketCall, LookAsideSA, _ isCopied: Bool) throws(DriverError) -> Void

/// Takes a call's packets through.
private func process(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ direction: SADirection, _ resp: UnsafePointer<g_ipsec_la_resp_args>?, _ add: Packets
) -> Int32 {
  Library.shared.call { (library) throws(DriverError) in
    let ending = try Ending(flags, resp)
    let saHandle = try required(sa, "sa_handle").pointee
    let application = try library.live(handle)
    let sa = try library.sa(saHandle, direction, of: application).sa
    switch ending {
    case .answer: try library.process(application) { (call) throws(DriverError) in try add(call, sa, false) }
    case .callback(let resp):
      try library.submit(
        application,
        PacketCall { outargs in
          library.answer(application, resp, outargs)
        }
      ) { (call) throws(DriverError) in try add(call, sa, false) }
    case .silence:
      try library.submit(application, PacketCall { _ in application.pending -= 1 }) { (call) throws(DriverError) in
        try add(call, sa, true)
      }
    }
  }
}

extension Library {
  /// Seconds that a call waits for packets.
  private static let timeout = 2

  /// Takes packets through while the call waits.
  fileprivate func process(
    _ application: Application, _ add: (PacketCall) throws(DriverError) -> Void
  ) throws(DriverError) {
    let call = PacketCall { _ in }
    try hand(call, to: application, isPolled: true, add)
    guard wait(seconds: Self.timeout, until: { call.isFinished }) else {
      call.abandon()
      throw DriverError(.ETIMEDOUT, "g-api", "packets did not come back")
    }
    let result = call.outargs.result
    if result != 0, let errno = Errno(rawValue: -result) { throw DriverError(errno, "g-api", "packet failed") }
  }

  /// Takes packets that nobody waits for.
  fileprivate func submit(
    _ application: Application, _ call: PacketCall, _ add: (PacketCall) throws(DriverError) -> Void
  ) throws(DriverError) {
    try noteWork()
    try hand(call, to: application, isPolled: false, add)
    application.pending += 1
  }

  /// Hands a call's packets over, all or none.
  private func hand(
    _ call: PacketCall, to application: Application, isPolled: Bool, _ add: (PacketCall) throws(DriverError) -> Void
  ) throws(DriverError) {
    do throws(DriverError) {
      try add(call)
      try application.application.submit(call.packets, isPolled: isPolled)
    } catch {
      call.abandon()
      throw error
    }
  }

  /// Has an application told what became of packets.
  fileprivate func answer(
    _ application: Application, _ resp: g_ipsec_la_resp_args, _ outargs: g_ipsec_la_packet_outargs
  ) {
    enqueue(
      Callback(application: application, isAnswer: true) {
        var outargs = outargs
        resp.cb_fn?(resp.cb_arg, resp.cb_arg_len, &outargs)
      })
  }
}

private func one(
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?
) -> Packets {
  { (call, sa, isCopied) throws(DriverError) in
    let pieces = try input(inData, count)
    if isCopied { call.addCopy(sa, pieces) } else { call.add(sa, pieces, try output(outData, count)) }
  }
}

private func several(
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?
) -> Packets {
  { (call, sa, isCopied) throws(DriverError) in
    guard (1...UInt32(GAPI.maxPackets.value)).contains(count) else {
      throw DriverError(.EINVAL, "g-api", "\(count) packets")
    }
    let inPackets = try required(inPackets, "in_packets")
    // Every packet is checked before the first is taken.
    for index in 0..<Int(count) { _ = try input(inPackets[index].data, inPackets[index].num_sg) }
    if isCopied {
      for index in 0..<Int(count) { call.addCopy(sa, try input(inPackets[index].data, inPackets[index].num_sg)) }
      return
    }
    let outPackets = try required(outPackets, "out_packets")
    for index in 0..<Int(count) { _ = try output(outPackets[index].data, outPackets[index].num_sg) }
    for index in 0..<Int(count) {
      call.add(
        sa, try input(inPackets[index].data, inPackets[index].num_sg),
        try output(outPackets[index].data, outPackets[index].num_sg))
    }
  }
}

@c @implementation
public func g_ipsec_la_packet_encap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?,
  _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .outbound, resp, one(count, inData, outData)) }

@c @implementation
public func g_ipsec_la_packet_decap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?,
  _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .inbound, resp, one(count, inData, outData)) }

@c @implementation
public func g_ipsec_la_multi_packet_encap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .outbound, resp, several(count, inPackets, outPackets)) }

@c @implementation
public func g_ipsec_la_multi_packet_decap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .inbound, resp, several(count, inPackets, outPackets)) }
