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

/// The packets of a call, as C has them.
private enum Packets {
  case one(UInt32, UnsafePointer<g_ipsec_la_data>?, UnsafeMutablePointer<g_ipsec_la_data>?)
  case several(UInt32, UnsafePointer<g_ipsec_la_packet>?, UnsafeMutablePointer<g_ipsec_la_packet>?)

  /// Adds them to a call, with room for results or without; all or none.
  ///
  /// - Throws: `DriverError`, EINVAL.
  func add(to call: PacketCall, _ sa: SAEntry, hasOutput: Bool) throws(DriverError) {
    switch self {
    case .one(let count, let inData, let outData):
      call.add(sa, try input(inData, count), hasOutput ? try output(outData, count) : nil)
    case .several(let count, let inPackets, let outPackets):
      guard (1...UInt32(GAPI.maxPackets.value)).contains(count) else {
        throw DriverError(.EINVAL, "g-api", "\(count) packets")
      }
      let inPackets = try required(inPackets, "in_packets")
      let outPackets = hasOutput ? try required(outPackets, "out_packets") : nil
      // Every packet is checked before the first is taken.
      for index in 0..<Int(count) { _ = try pieces(inPackets[index], outPackets?[index]) }
      for index in 0..<Int(count) {
        let (input, output) = try pieces(inPackets[index], outPackets?[index])
        call.add(sa, input, output)
      }
    }
  }

  private func pieces(
    _ inPacket: g_ipsec_la_packet, _ outPacket: g_ipsec_la_packet?
  ) throws(DriverError) -> (UnsafeBufferPointer<g_ipsec_la_data>, UnsafeMutableBufferPointer<g_ipsec_la_data>?) {
    let pieces = try input(inPacket.data, inPacket.num_sg)
    guard let outPacket else { return (pieces, nil) }
    return (pieces, try output(outPacket.data, outPacket.num_sg))
  }

  /// There are no results, as far as there is room for any.
  func clear() {
    switch self {
    case .one(let count, _, let outData): Self.clear(outData, count)
    case .several(let count, _, let outPackets):
      guard let outPackets, (1...UInt32(GAPI.maxPackets.value)).contains(count) else { return }
      for index in 0..<Int(count) { Self.clear(outPackets[index].data, outPackets[index].num_sg) }
    }
  }

  private static func clear(_ data: UnsafeMutablePointer<g_ipsec_la_data>?, _ count: UInt32) {
    guard let pieces = try? output(data, count) else { return }
    CallPacket.setLengths(pieces, 0)
  }
}

/// Takes a call's packets through.
private func process(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ direction: SADirection, _ resp: UnsafePointer<g_ipsec_la_resp_args>?, _ packets: Packets,
  _ function: StaticString = #function
) -> Int32 {
  Library.call(function) { (library) throws(DriverError) in
    var failure: Errno?
    do throws(DriverError) {
      let ending = try Ending(flags, resp)
      let saHandle = try required(sa, "sa_handle").pointee
      let application = try library.live(handle)
      let group = try library.group(handle!.pointee, of: application)
      try library.catchUp(application)
      let sa = try library.sa(saHandle, direction, of: application, in: group)
      switch ending {
      case .answer: failure = try library.process(packets, sa, application)
      case .callback(let resp): try library.submit(packets, sa, application, .callback(application, resp, function))
      case .silence: try library.submit(packets, sa, application, .silence(application))
      }
    } catch {
      if !flags.has(GAPI.ControlFlag.noResponse) { packets.clear() }
      throw error
    }
    if let failure { throw DriverError(failure, "g-api", "packet failed") }
  }
}

extension Library {
  /// Takes packets through while the call waits.
  ///
  /// - Returns: why the first failed that did; nil if none did.
  /// - Throws: `DriverError`, where none was processed, or ETIMEDOUT.
  fileprivate func process(
    _ packets: Packets, _ sa: SAEntry, _ application: Application
  ) throws(DriverError) -> Errno? {
    let call = takeCall(.answer)
    defer { giveBack(call) }
    try hand(packets, sa, call, to: application, isPolled: true)
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
    _ packets: Packets, _ sa: SAEntry, _ application: Application, _ ending: PacketCall.Ending
  ) throws(DriverError) {
    try noteWork()
    let call = takeCall(ending)
    do throws(DriverError) { try hand(packets, sa, call, to: application, isPolled: false) } catch {
      giveBack(call)
      throw error
    }
    application.pending += 1
    if call.isFinished { call.finish() }
  }

  /// Hands a call's packets over, all or none.
  private func hand(
    _ packets: Packets, _ sa: SAEntry, _ call: PacketCall, to application: Application, isPolled: Bool
  ) throws(DriverError) {
    defer { call.didSubmit() }
    do throws(DriverError) {
      if case .silence = call.ending {
        try packets.add(to: call, sa, hasOutput: false)
      } else {
        try packets.add(to: call, sa, hasOutput: true)
      }
      try application.application.submit(call.submitted, isPolled: isPolled)
    } catch {
      call.abandon()
      throw error
    }
  }

  // MARK: Calls

  private func takeCall(_ ending: PacketCall.Ending) -> PacketCall {
    let idle = if case .answer = ending { idleWaits.popLast() } else { idleCalls.popLast() }
    let call = idle ?? PacketCall { [unowned self] in finish($0) }
    call.ending = ending
    return call
  }

  private func giveBack(_ call: PacketCall) {
    let isWait = if case .answer = call.ending { true } else { false }
    call.reset()
    if isWait {
      if idleWaits.count < Self.idleCallLimit { idleWaits.append(call) }
    } else if idleCalls.count < Self.idleCallLimit {
      idleCalls.append(call)
    }
  }

  private static let idleCallLimit = 1024

  /// Every packet of a call has come back; whoever waits for it looks himself.
  private func finish(_ call: PacketCall) {
    switch call.ending {
    case .answer: return
    case .callback(let application, let resp, let function):
      let outargs = g_ipsec_la_packet_outargs(
        result: call.failure?.result(of: function) ?? 0, num_done: call.doneCount)
      enqueue(Callback(application: application, kind: .answer, body: .packets(resp, outargs)))
    case .silence(let application): application.pending -= 1
    }
    giveBack(call)
  }
}

@c @implementation
public func g_ipsec_la_packet_encap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?,
  _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .outbound, resp, .one(count, inData, outData)) }

@c @implementation
public func g_ipsec_la_packet_decap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inData: UnsafePointer<g_ipsec_la_data>?, _ outData: UnsafeMutablePointer<g_ipsec_la_data>?,
  _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .inbound, resp, .one(count, inData, outData)) }

@c @implementation
public func g_ipsec_la_multi_packet_encap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .outbound, resp, .several(count, inPackets, outPackets)) }

@c @implementation
public func g_ipsec_la_multi_packet_decap(
  _ handle: UnsafePointer<g_ipsec_la_handle>?, _ flags: UInt32, _ sa: UnsafePointer<g_ipsec_la_sa_handle>?,
  _ count: UInt32, _ inPackets: UnsafePointer<g_ipsec_la_packet>?,
  _ outPackets: UnsafeMutablePointer<g_ipsec_la_packet>?, _ resp: UnsafePointer<g_ipsec_la_resp_args>?
) -> Int32 { process(handle, flags, sa, .inbound, resp, .several(count, inPackets, outPackets)) }
