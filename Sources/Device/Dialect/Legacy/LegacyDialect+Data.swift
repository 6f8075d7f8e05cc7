import Spec
import Virtio
import Wire

/// Packets in versions 0.4 and 1.0: one in a chain.
extension LegacyDialect {
  func parse(_ job: DataJob, _ direction: Direction, _ features: FeatureSet, _ limits: Limits) throws(Rejection) {
    job.requests.append(version == .v0_4 ? try parse0_4(job, direction) : try parse1_0(job, direction))
  }

  private func header<M: Message>(_ message: M.Type, _ bytes: UnsafeRawBufferPointer, at start: Int) throws(Rejection)
    -> Parts
  {
    let arena = Arena(capacity: bytes.count)
    arena.append(bytes)
    var parts = Parts(in: arena, guest: guest)
    guard bytes.count >= start + M.byteCount else { throw .malformed(offset: bytes.count) }
    parts.messages["\(M.name)"] = start..<start + M.byteCount
    return parts
  }

  private func parse1_0(_ job: DataJob, _ direction: Direction) throws(Rejection) -> PacketRequest {
    let size = V1_0.DataHeader.byteCount
    guard let bytes = job.readHeaders(size) else { throw .malformed(offset: job.chain.readableByteCount) }
    let header = try header(V1_0.DataHeader.self, bytes, at: 0)
    let input = Int(header[\V1_0.DataHeader.inputDataLength]), output = Int(header[\V1_0.DataHeader.outputBufferLength])
    return try request(
      handle("hdr.sa_context_handle", in: header), job, direction, headers: size, input, V1_0.DataReply.byteCount,
      output)
  }

  private func parse0_4(_ job: DataJob, _ direction: Direction) throws(Rejection) -> PacketRequest {
    let start = V0_4.DataHeader.byteCount
    guard let front = job.readHeaders(start) else { throw .malformed(offset: job.chain.readableByteCount) }
    let code = try header(V0_4.DataHeader.self, front, at: 0)
    guard code[\V0_4.DataHeader.dataClass].known == .generic, let command = code[\V0_4.DataHeader.command].known else {
      throw .unknownCommand
    }
    let size = start + (command == .separate ? V0_4.SeparateBuffers.byteCount : V0_4.InPlaceBuffers.byteCount)
    guard let bytes = job.readHeaders(size) else { throw .malformed(offset: job.chain.readableByteCount) }
    if command == .inPlace {
      return try inPlace(try header(V0_4.InPlaceBuffers.self, bytes, at: start), size, job, direction)
    }
    let header = try header(V0_4.SeparateBuffers.self, bytes, at: start)
    let input = Int(header[\V0_4.SeparateBuffers.inputDataLength])
    let output = Int(header[\V0_4.SeparateBuffers.outputBufferLength])
    return try request(
      handle("data_separate.sa_context_handle", in: header), job, direction, headers: size, input,
      V0_4.DataResult.byteCount, output)
  }

  private func request(
    _ sa: Handle?, _ job: DataJob, _ direction: Direction, headers: Int, _ input: Int, _ completion: Int, _ output: Int
  ) throws(Rejection) -> PacketRequest {
    guard headers + input == job.chain.readableByteCount else { throw .malformed(offset: job.chain.readableByteCount) }
    guard completion + output == job.chain.writableByteCount else { throw .noSpace(needed: completion + output) }
    return PacketRequest(
      sa: sa, direction: direction, input: headers..<headers + input, output: completion..<completion + output,
      completion: 0)
  }

  /// The packet stands in the writable buffer, at offsets that count from its first byte.
  private func inPlace(_ header: Parts, _ size: Int, _ job: DataJob, _ direction: Direction) throws(Rejection)
    -> PacketRequest
  {
    let room = Int(header[\V0_4.InPlaceBuffers.bufferLength])
    let base = V0_4.DataResult.byteCount
    guard size == job.chain.readableByteCount else { throw .malformed(offset: size) }
    guard base + room == job.chain.writableByteCount else { throw .noSpace(needed: base + room) }
    let input = Int(header[\V0_4.InPlaceBuffers.inputStartOfData])
    let inputEnd = input + Int(header[\V0_4.InPlaceBuffers.inputDataLength])
    let output = Int(header[\V0_4.InPlaceBuffers.outputStartOfData])
    let outputEnd = output + Int(header[\V0_4.InPlaceBuffers.outputBufferLength])
    guard inputEnd <= room, outputEnd <= room else { throw .malformed(offset: size) }
    var request = PacketRequest(
      sa: handle("data_in_place.sa_context_handle", in: header), direction: direction,
      input: base + input..<base + inputEnd,
      output: base + output..<base + outputEnd, completion: 0)
    request.inputIsWritable = true
    return request
  }

  // MARK: Results

  func complete(_ request: PacketRequest, _ result: Result<PacketResult, Rejection>, in job: DataJob) {
    switch result {
    case .success(let result): complete(job, length: result.length, nil)
    case .failure(let rejection): complete(job, length: 0, rejection)
    }
  }

  func refuse(_ job: DataJob, _ rejection: Rejection) { complete(job, length: 0, rejection) }

  private func complete(_ job: DataJob, length: Int, _ rejection: Rejection?) {
    var parts = Parts(guest: guest)
    let result: Legacy.Result = rejection == nil ? .ok : .error
    let detail = rejection.map(detail) ?? 0
    let place: Range<Int>
    if version == .v0_4 {
      parts[\V0_4.DataResult.result] = Code(result)
      parts[\V0_4.DataResult.resultData] = detail
      parts[\V0_4.DataResult.outputDataLength] = UInt32(length)
      place = parts.messages["\(V0_4.DataResult.name)"]!
    } else {
      parts[\V1_0.DataReply.result] = Code(result)
      parts[\V1_0.DataReply.errorCode] = UInt32(detail)
      parts[\V1_0.DataReply.outputDataLength] = UInt32(length)
      place = parts.messages["\(V1_0.DataReply.name)"]!
    }
    guard place.count <= job.chain.writableByteCount else { return }
    _ = parts.arena.bytes.extracting(place).withUnsafeBytes { job.chain.write(at: 0, $0) }
  }

  // MARK: Notifications

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
