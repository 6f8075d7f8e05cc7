public import CGAPI
import Driver
import Spec
import Wire

/// - Throws: `DriverError`, EINVAL for pieces that are none.
private func input(
  _ pieces: UnsafePointer<g_ipsec_la_data>?, _ count: UInt32
) throws(DriverError) -> UnsafeBufferPointer<g_ipsec_la_data> {
  let pieces = UnsafeBufferPointer(start: try required(pieces, "in_data"), count: try pieceCount(count))
  guard pieces.allSatisfy({ $0.buffer != nil && $0.length > 0 }) else {
    throw DriverError(.EINVAL, "g-api", "a piece of input is empty")
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

/// The packets of a call.
private struct Packets {
  /// Adds each to a call, its bytes copied or not.
  let add: (PacketCall, LookAsideSA, _ isCopied: Bool) throws(DriverError) -> Void
  /// Room for the results, as far as there is any.
  let outputs: () -> [UnsafeMutableBufferPointer<g_ipsec_la_data>]

  /// There are no results.
  func clear() {
    for pieces in outputs() { for index in pieces.indices { pieces[index].length = 0 } }
  }
}

/// Takes a call's packets through.
private func process(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ direction: SADirection, _ resp: UnsafePointer<g_ipsec_la_resp_args>?, _ packets: Packets,
  _ function: StaticString = #function
) -> Int32 {
  Library.shared.call(function) { (library) throws(DriverError) in
    var failure: Errno?
    do throws(DriverError) {
      let ending = try Ending(flags, resp)
      let saHandle = try required(sa, "sa_handle").pointee
      let application = try library.live(handle)
      library.catchUp(application)
      let sa = try library.sa(saHandle, direction, of: application).sa
      switch ending {
      case .answer:
        failure = try library.process(application) { (call) throws(DriverError) in try packets.add(call, sa, false) }
      case .callback(let resp):
        let call = PacketCall { library.answer(application, resp, $0, function) }
        try library.submit(application, call) { (call) throws(DriverError) in try packets.add(call, sa, false) }
      case .silence:
        let call = PacketCall { _ in application.pending -= 1 }
        try library.submit(application, call) { (call) throws(DriverError) in try packets.add(call, sa, true) }
      }
    } catch {
      if !flags.has(GAPI.ControlFlag.noResponse) { packets.clear() }
      throw error
    }
    if let failure { throw DriverError(failure, "g-api", "packet failed") }
  }
}

extension Library {
  /// Seconds that a call waits for packets.
  private static let timeout = 2

  /// Takes packets through while the call waits.
  ///
  /// - Returns: why the first failed that did; nil if none did.
  /// - Throws: `DriverError`, where none was processed, or ETIMEDOUT.
  fileprivate func process(
    _ application: Application, _ add: (PacketCall) throws(DriverError) -> Void
  ) throws(DriverError) -> Errno? {
    let call = PacketCall { _ in }
    try hand(call, to: application, isPolled: true, add)
    application.waiting += 1
    defer { application.waiting -= 1 }
    guard wait(seconds: Self.timeout, until: { call.isFinished }) else {
      call.abandon()
      throw DriverError(.ETIMEDOUT, "g-api", "packets did not come back")
    }
    return call.failure
  }

  /// Takes packets that nobody waits for.
  fileprivate func submit(
    _ application: Application, _ call: PacketCall, _ add: (PacketCall) throws(DriverError) -> Void
  ) throws(DriverError) {
    try noteWork()
    try hand(call, to: application, isPolled: false, add)
    application.pending += 1
    if call.isFinished { call.finish() }
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
    _ application: Application, _ resp: g_ipsec_la_resp_args, _ call: PacketCall, _ function: StaticString
  ) {
    let result = call.failure?.result(of: function) ?? 0
    enqueue(
      Callback(application: application, kind: .answer) { [doneCount = call.doneCount] in
        var outargs = g_ipsec_la_packet_outargs(result: result, num_done: doneCount)
        resp.cb_fn?(resp.cb_arg, resp.cb_arg_len, &outargs)
      })
  }
}

private func one(
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?
) -> Packets {
  Packets(
    add: { (call, sa, isCopied) throws(DriverError) in
      let pieces = try input(inData, count)
      if isCopied { call.addCopy(sa, pieces) } else { call.add(sa, pieces, try output(outData, count)) }
    },
    outputs: { [try? output(outData, count)].compactMap { $0 } })
}

private func several(
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?
) -> Packets {
  Packets(
    add: { (call, sa, isCopied) throws(DriverError) in
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
    },
    outputs: {
      guard let outPackets, (1...UInt32(GAPI.maxPackets.value)).contains(count) else { return [] }
      return UnsafeBufferPointer(start: outPackets, count: Int(count)).compactMap { try? output($0.data, $0.num_sg) }
    })
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
