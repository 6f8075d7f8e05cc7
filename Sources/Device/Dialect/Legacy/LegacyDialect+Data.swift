import Spec
import Virtio
import Wire

/// Packets in versions 0.4 and 1.0: one in a chain. Parsed by hand, because it runs for every packet.
extension LegacyDialect {
  func parse(_ job: DataJob, _ direction: Direction, _ limits: Limits) throws(Rejection) {
    if isOldest { try parse0_4(job, direction) } else { try parse1_0(job, direction) }
  }

  private func parse1_0(_ job: DataJob, _ direction: Direction) throws(Rejection) {
    let size = V1_0.DataHeader.byteCount
    let header = try headers(size, of: job)
    try append(
      handle(\V1_0.DataHeader.saContextHandle, header), job, direction, headers: size,
      Int(load(\V1_0.DataHeader.inputDataLength, header)), writesHeaderBack ? 0 : V1_0.DataReply.byteCount,
      Int(load(\V1_0.DataHeader.outputBufferLength, header)))
    if let handle = handle(\V1_0.DataHeader.groupHandle, header) {
      job.requests[0].group = .group(handle)
    } else if zeroHandleIsNoGroup {
      job.requests[0].group = .ungrouped
    } else {
      job.requests[0].result = .failure(.noSuchGroup)
    }
  }

  private func parse0_4(_ job: DataJob, _ direction: Direction) throws(Rejection) {
    let start = V0_4.DataHeader.byteCount
    let code = try headers(start, of: job)
    guard load(\V0_4.DataHeader.dataClass, code).known == .generic,
      let command = load(\V0_4.DataHeader.command, code).known
    else { throw .unknownCommand }
    let size = start + (command == .separate ? V0_4.SeparateBuffers.byteCount : V0_4.InPlaceBuffers.byteCount)
    let header = UnsafeRawBufferPointer(rebasing: try headers(size, of: job)[start...])
    if command == .inPlace { return try inPlace(header, size, job, direction) }
    try append(
      handle(\V0_4.SeparateBuffers.saContextHandle, header), job, direction, headers: size,
      Int(load(\V0_4.SeparateBuffers.inputDataLength, header)), V0_4.DataResult.byteCount,
      Int(load(\V0_4.SeparateBuffers.outputBufferLength, header)))
  }

  @inline(__always)
  private func append(
    _ sa: Handle?, _ job: DataJob, _ direction: Direction, headers: Int, _ input: Int, _ completion: Int, _ output: Int
  ) throws(Rejection) {
    guard headers + input == job.chain.readableByteCount else { throw .malformed(offset: job.chain.readableByteCount) }
    guard completion + output == job.chain.writableByteCount else { throw .noSpace(needed: completion + output) }
    job.requests.append(
      PacketRequest(
        sa: sa, direction: direction, input: headers..<headers + input, output: completion..<completion + output))
  }

  /// The packet stands in the writable buffer, at offsets that count from its first byte.
  private func inPlace(
    _ header: UnsafeRawBufferPointer, _ size: Int, _ job: DataJob, _ direction: Direction
  ) throws(Rejection) {
    let room = Int(load(\V0_4.InPlaceBuffers.bufferLength, header))
    let base = V0_4.DataResult.byteCount
    guard size == job.chain.readableByteCount else { throw .malformed(offset: size) }
    guard base + room == job.chain.writableByteCount else { throw .noSpace(needed: base + room) }
    let input = Int(load(\V0_4.InPlaceBuffers.inputStartOfData, header))
    let inputEnd = input + Int(load(\V0_4.InPlaceBuffers.inputDataLength, header))
    let output = Int(load(\V0_4.InPlaceBuffers.outputStartOfData, header))
    let outputEnd = output + Int(load(\V0_4.InPlaceBuffers.outputBufferLength, header))
    guard inputEnd <= room, outputEnd <= room else { throw .malformed(offset: size) }
    job.requests.append(
      PacketRequest(
        sa: handle(\V0_4.InPlaceBuffers.saContextHandle, header), direction: direction,
        input: base + input..<base + inputEnd, inputIsWritable: true, output: base + output..<base + outputEnd))
  }

  // MARK: Fields

  private func headers(_ count: Int, of job: DataJob) throws(Rejection) -> UnsafeRawBufferPointer {
    guard let bytes = job.readHeaders(count) else { throw .malformed(offset: job.chain.readableByteCount) }
    return bytes
  }

  @inline(__always)
  private func load<M: Message, Value>(_ path: KeyPath<M, Field<Value>>, _ bytes: UnsafeRawBufferPointer) -> Value {
    let field = M()[keyPath: path]
    return Value.load(from: bytes.bytes, at: field.offset, (field.order ?? M.order).resolved(guest: guest))
  }

  @inline(__always)
  private func handle<M: Message, Value: FieldValue>(
    _ path: KeyPath<M, Field<Value>>, _ bytes: UnsafeRawBufferPointer
  ) -> Handle? {
    let start = M()[keyPath: path].offset
    return Handle(reading: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Value.byteCount]))
  }

  // MARK: Results

  func answer(_ job: DataJob) {
    // A chain has one packet.
    switch job.requests[0].outcome {
    case .success(let result): complete(job, length: result.length, nil)
    case .failure(let rejection): complete(job, length: 0, rejection)
    }
  }

  func refuse(_ job: DataJob, _ rejection: Rejection) -> Bool { complete(job, length: 0, rejection) }

  @discardableResult
  private func complete(_ job: DataJob, length: Int, _ rejection: Rejection?) -> Bool {
    let size = isOldest ? V0_4.DataResult.byteCount : V1_0.DataReply.byteCount
    // Room for either.
    var room = InlineArray<16, UInt8>(repeating: 0)
    return withUnsafeMutableBytes(of: &room) { room in
      let bytes = UnsafeMutableRawBufferPointer(rebasing: room[..<size])
      fill(bytes, length: length, rejection)
      return put(UnsafeRawBufferPointer(bytes), into: job)
    }
  }

  /// Writes a result where the driver looks for it; false when there is no room for it.
  @inline(__always)
  private func put(_ bytes: UnsafeRawBufferPointer, into job: DataJob) -> Bool {
    if writesHeaderBack {
      let start = V1_0.DataHeader().outputDataLength.offset
      guard start + bytes.count <= job.chain.readableByteCount else { return false }
      return job.chain.overwriteReadable(at: start, bytes) == bytes.count
    }
    guard bytes.count <= job.chain.writableByteCount else { return false }
    return job.chain.write(at: 0, bytes) == bytes.count
  }

  private func fill(_ bytes: UnsafeMutableRawBufferPointer, length: Int, _ rejection: Rejection?) {
    let result: Legacy.Result = rejection == nil ? .ok : .error
    // Not `map(detail)`: that makes a closure for every packet.
    let detail = rejection.map { self.detail($0) } ?? 0
    if isOldest {
      guard var reply = try? Writer<V0_4.DataResult>(bytes.mutableBytes, guest: guest) else { return }
      reply.result = Code(result)
      reply.resultData = detail
      reply.outputDataLength = UInt32(length)
    } else {
      guard var reply = try? Writer<V1_0.DataReply>(bytes.mutableBytes, guest: guest) else { return }
      reply.outputDataLength = UInt32(length)
      reply.result = Code(result)
      reply.errorCode = UInt32(detail)
    }
  }
}
