import Device
import ESP
import Spec
import Virtio
import Wire

/// Versions 0.4 and 1.0 as a driver writes them.
struct LegacyDriver: WireDriver {
  private let version: SpecVersion
  private let wire: LegacyDialect
  private let guest: ByteOrder
  private let scalingOffset: Int

  init(_ version: SpecVersion, _ profile: AcceleratorProfile) {
    self.version = version
    guest = profile.guestOrder
    wire = LegacyDialect(version, quirks: profile.quirks, guest: guest)
    let register = Spec.all.first { $0.version == version }!.registers.last!
    scalingOffset = register.offset.base + register.offset.stride * profile.versions.count
  }

  func select(scaling: Int, _ transport: any DriverTransport) {
    guard scaling > 1 else { return }
    var selection = Packed<GuestQueueSelection>()
    selection[\.guestScaling] = UInt32(scaling)
    transport.writeConfiguration(at: scalingOffset, byteCount: 4, selection.rawValue.swapped(for: guest))
  }

  /// There was neither WESP nor padding to a length, and lifetimes counted kilobytes.
  func inexpressible(_ description: SADescription) -> String? {
    let parameters = description.parameters
    if parameters.protocol == .wesp { return "protocol" }
    if parameters.tfcLength > 0 { return "tfc" }
    if !canSay(parameters.lifetime) { return "lifetime" }
    return canSay(description.notifications, parameters.lifetime) ? nil : "notify"
  }

  private func canSay(_ lifetime: Lifetime) -> Bool {
    if lifetime.softPackets != nil || lifetime.hardPackets != nil { return false }
    if version == .v0_4, lifetime.hardBytes != nil { return false }
    return [lifetime.softBytes, lifetime.hardBytes].compactMap(\.self).allSatisfy {
      $0.isMultiple(of: 1024) && (1...UInt64(UInt32.max)).contains($0 >> 10)
    }
  }

  /// Whoever has a soft limit is told of it; there was no other event of lifetimes.
  private func canSay(_ notifications: Device.NotificationSettings, _ lifetime: Lifetime) -> Bool {
    let known: Set<NotificationEvent> = [.softLifetime, .sequenceOverflow, .sequencePeriodic]
    return notifications.events.isSubset(of: known) && notifications.overflowAt == nil
      && notifications.events.contains(.softLifetime) == (lifetime.softBytes != nil)
  }

  // MARK: Control

  /// Sends a command; its answer, unless the result is an error.
  func command(_ name: String, _ parts: Parts, room: Int, _ bench: Testbench) throws(TestbenchError) -> Parts {
    let request = wire.grammar.request(name, of: "control", parts)
    return try answer(name, try bench.control(request, room: room), to: request)
  }

  private func answer(_ name: String, _ bytes: [UInt8], to request: [UInt8]) throws(TestbenchError) -> Parts {
    let answer: Parts
    do throws(Rejection) {
      answer = try wire.grammar.answer(name, of: "control", bytes, to: request, guest: guest)
    } catch { throw .malformedAnswer("\(name): \(error)") }
    guard answer[\Legacy.ControlResult.result].known == .ok else {
      throw .status(Legacy.Result.error.entry.name, detail: UInt32(answer[\Legacy.ControlResult.resultData]))
    }
    return answer
  }

  private var handleSize: Int { version == .v0_4 ? V0_4.SAHandle.byteCount : V1_0.SAHandle.byteCount }

  func addGroup(_ bench: Testbench) throws(TestbenchError) -> Handle {
    let answer = try command("add_group", Parts(guest: guest), room: handleSize + Legacy.ControlResult.byteCount, bench)
    return try handle("group_add.group_handle", answer)
  }

  func addition(of descriptions: [SADescription], _ direction: Direction, _ group: Handle?) -> PreparedChain {
    var parts = Parts(guest: guest)
    wire.setHandle("create_sa.group_handle", group, in: &parts)
    for description in descriptions { parts.append("sa") { wire.fill(&$0, description, withKeys: true) } }
    return prepared(
      direction == .outbound ? "add_out_sa" : "add_in_sa", parts, room: handleSize + Legacy.ControlResult.byteCount)
  }

  func added(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) -> Handle {
    // It has the same form in both directions.
    try handle("sa_handle.sa_handle", try self.answer("add_out_sa", answer, to: request))
  }

  /// The device takes all that is not behind it as received.
  func advance(_ sa: TestSA, to sequence: UInt64, _ bench: Testbench) throws(TestbenchError) {
    var parts = Parts(guest: guest)
    wire.setHandle("update_sa.group_handle", sa.group, in: &parts)
    wire.setHandle("update_sa.sa_handle", sa.handle, in: &parts)
    if version == .v0_4 {
      parts[\V0_4.UpdateSA.change] = Code(.sequenceNumber)
    } else {
      parts[\V1_0.UpdateSA.change] = Code(.sequenceNumber)
    }
    parts[\Legacy.UpdateSequence.low] = UInt32(truncatingIfNeeded: sequence)
    parts[\Legacy.UpdateSequence.high] = UInt32(sequence >> 32)
    let name = sa.direction == .outbound ? "update_out_sa" : "update_in_sa"
    _ = try command(name, parts, room: Legacy.ControlResult.byteCount, bench)
  }

  func deletion(of sa: TestSA) -> PreparedChain {
    var parts = Parts(guest: guest)
    wire.setHandle("delete_sa.group_handle", sa.group, in: &parts)
    wire.setHandle("delete_sa.sa_handle", sa.handle, in: &parts)
    return prepared(
      sa.direction == .outbound ? "del_out_sa" : "del_in_sa", parts, room: Legacy.ControlResult.byteCount)
  }

  func checkDeletion(_ answer: [UInt8], to request: [UInt8]) throws(TestbenchError) {
    _ = try self.answer("del_out_sa", answer, to: request)
  }

  private func prepared(_ name: String, _ parts: Parts, room: Int) -> PreparedChain {
    PreparedChain(readable: wire.grammar.request(name, of: "control", parts), room: room)
  }

  private func handle(_ field: String, _ parts: Parts) throws(TestbenchError) -> Handle {
    guard let handle = wire.handle(field, in: parts) else { throw .malformedAnswer("handle 0") }
    return handle
  }

  // MARK: Data

  func process(
    _ packets: [[UInt8]], on sa: TestSA, queue: Int, _ bench: Testbench
  ) throws(TestbenchError) -> [Result<[UInt8], TestbenchError>] {
    var results: [Result<[UInt8], TestbenchError>] = []
    for packet in packets {
      let chain = chain(for: packet, on: sa)
      let answer = try bench.machine.exchange(chain.readable, room: chain.room, on: queue)
      try bench.reapNotifications()
      results.append(try result(answer))
    }
    return results
  }

  func chain(for packet: [UInt8], on sa: TestSA) -> PreparedChain {
    PreparedChain(readable: request(packet, on: sa), room: answerHeaderByteCount + sa.room(for: packet.count))
  }

  var answerHeaderByteCount: Int { version == .v0_4 ? V0_4.DataResult.byteCount : V1_0.DataReply.byteCount }

  func chain(inPlace packet: [UInt8], on sa: TestSA) -> PreparedChain {
    precondition(version == .v0_4, "version 1.0 has buffers of their own")
    let room = sa.room(for: packet.count)
    var parts = Parts(guest: guest)
    wire.setHandle("data_in_place.sa_context_handle", sa.handle, in: &parts)
    parts[\V0_4.InPlaceBuffers.numBuffers] = 1
    parts[\V0_4.InPlaceBuffers.bufferLength] = UInt32(room)
    parts[\V0_4.InPlaceBuffers.inputDataLength] = UInt32(packet.count)
    parts[\V0_4.InPlaceBuffers.outputBufferLength] = UInt32(room)
    var chain = PreparedChain(
      readable: wire.grammar.request("process_in_place", of: "data", parts), room: answerHeaderByteCount + room)
    chain.packet = packet
    chain.standing = Standing(offset: answerHeaderByteCount, byteCount: packet.count, isInput: false)
    return chain
  }

  private func request(_ packet: [UInt8], on sa: TestSA) -> [UInt8] {
    var parts = Parts(guest: guest)
    if version == .v0_4 {
      wire.setHandle("data_separate.sa_context_handle", sa.handle, in: &parts)
      parts[\V0_4.SeparateBuffers.numInputBuffers] = 1
      parts[\V0_4.SeparateBuffers.numOutputBuffers] = 1
      parts[\V0_4.SeparateBuffers.outputBufferLength] = UInt32(sa.room(for: packet.count))
    } else {
      wire.setHandle("hdr.group_handle", sa.group, in: &parts)
      wire.setHandle("hdr.sa_context_handle", sa.handle, in: &parts)
      parts[\V1_0.DataHeader.numInputBuffers] = 1
      parts[\V1_0.DataHeader.numOutputBuffers] = 1
      parts[\V1_0.DataHeader.outputBufferLength] = UInt32(sa.room(for: packet.count))
    }
    parts.setBytes("input", packet)
    return wire.grammar.request(version == .v0_4 ? "process_separate" : "process", of: "data", parts)
  }

  func outputLength(_ header: RawSpan, of byteCount: Int) throws(TestbenchError) -> Result<Int, TestbenchError> {
    let isOK: Bool, detail: UInt32, length: Int
    do throws(WireError) {
      if version == .v0_4 {
        let reply = try Reader<V0_4.DataResult>(header, guest: guest)
        (isOK, detail, length) = (reply.result.known == .ok, UInt32(reply.resultData), Int(reply.outputDataLength))
      } else {
        let reply = try Reader<V1_0.DataReply>(header, guest: guest)
        (isOK, detail, length) = (reply.result.known == .ok, reply.errorCode, Int(reply.outputDataLength))
      }
    } catch { throw .malformedAnswer("\(error)") }
    guard isOK else { return .failure(.status(Legacy.Result.error.entry.name, detail: detail)) }
    guard byteCount == answerHeaderByteCount + length else { throw .malformedAnswer("output length \(length)") }
    return .success(length)
  }

  // MARK: Notifications

  /// In 1.0, no handle says that there is no group, but as a quirk.
  var needsGroup: Bool { version == .v1_0 && !wire.quirks.contains(.zeroHandleIsNoGroup) }
  var notificationByteCount: Int { wire.notificationByteCount }

  func notification(_ bytes: [UInt8]) -> Device.Notification? {
    guard let parts = try? wire.grammar.answer("notify", of: "notification", bytes, to: [], guest: guest),
      let sa = wire.handle("notification.sa_context_handle", in: parts)
    else { return nil }
    let group = wire.handle("notification.group_handle", in: parts)
    let (event, value) =
      version == .v0_4
      ? (parts[\V0_4.Notification.event].known, parts[\V0_4.Notification.value])
      : (parts[\V1_0.Notification.event].known, parts[\V1_0.Notification.value])
    return event.map { Device.Notification(event: $0, group: group, sa: sa, value: UInt64(value)) }
  }
}
