import Spec
import Virtio
import Wire

/// Packets in version 2.0: all headers, then all input; all completions, then all room for output.
///
/// The chain's grammar says the same; it is written out here because it runs for every packet.
extension ModernDialect {
  func parse(_ job: DataJob, _ direction: Direction, _ limits: Limits) throws(Rejection) {
    let header = try readHeaders(V2_0.DataRequest.byteCount, of: job)
    let count = count(header)
    var input = count * V2_0.DataRequest.byteCount
    var output = count * V2_0.Completion.byteCount
    guard count <= limits.packets else { throw .noResources }
    if count == 1 {
      try parse(header, 0, of: 1, job, direction, &input, &output)
    } else {
      try parseSeveral(count, job, direction, &input, &output)
    }
    guard input == job.chain.readableByteCount else {
      throw .malformed(offset: min(input, job.chain.readableByteCount))
    }
    guard output == job.chain.writableByteCount else { throw .noSpace(needed: output) }
  }

  @inline(never)
  private func parseSeveral(
    _ count: Int, _ job: DataJob, _ direction: Direction, _ input: inout Int, _ output: inout Int
  ) throws(Rejection) {
    let headers = try readHeaders(count * V2_0.DataRequest.byteCount, of: job)
    for index in 0..<count { try parse(headers, index, of: count, job, direction, &input, &output) }
  }

  /// One header; `input` and `output` go to where the next packet's begin.
  @inline(__always)
  private func parse(
    _ headers: UnsafeRawBufferPointer, _ index: Int, of count: Int, _ job: DataJob, _ direction: Direction,
    _ input: inout Int, _ output: inout Int
  ) throws(Rejection) {
    let start = index * V2_0.DataRequest.byteCount
    if !forbidden.isEmpty { try checkFeatures(headers, at: start) }
    let header: Reader<V2_0.DataRequest>
    do { header = try Reader(UnsafeRawBufferPointer(rebasing: headers[start...]).bytes) } catch {
      throw .malformed(offset: headers.count)
    }
    let flags = header.flags
    let following = index == 0 ? count - 1 : 0
    guard Int(header.following) == following, header[isZero: \.reserved], flags[\.reserved] == 0 else {
      throw .malformed(offset: start)
    }
    let inputEnd = input + Int(header.inputLength)
    let outputEnd = output + Int(header.outputCapacity)
    let isDummy = flags[\.dummy] == 1
    job.requests.append(
      PacketRequest(
        sa: Handle(header.sa), direction: direction, isDummy: isDummy, input: input..<inputEnd,
        output: output..<outputEnd))
    switch header.operation.known {
    case .encapsulate where direction == .outbound: break
    case .decapsulate where direction == .inbound && !isDummy: break
    case .encapsulate, .decapsulate, nil:
      job.requests[index].result = .failure(.invalidBytes(offset: start + V2_0.DataRequest().operation.offset))
    }
    (input, output) = (inputEnd, outputEnd)
  }

  @inline(never)
  private func checkFeatures(_ headers: UnsafeRawBufferPointer, at start: Int) throws(Rejection) {
    for rule in forbidden where rule.use.holds(in: headers.bytes, at: start, guest: .little) {
      throw .unsupportedFeature(rule.feature)
    }
  }

  @inline(__always)
  private func readHeaders(_ count: Int, of job: DataJob) throws(Rejection) -> UnsafeRawBufferPointer {
    guard let bytes = job.readHeaders(count) else { throw .malformed(offset: job.chain.readableByteCount) }
    return bytes
  }

  /// Packets in the chain, as its first header says.
  @inline(__always)
  private func count(_ headers: UnsafeRawBufferPointer) -> Int {
    Int(UInt16.load(from: headers.bytes, at: V2_0.DataRequest().following.offset, .little)) + 1
  }

  // MARK: Completions

  func answer(_ job: DataJob) {
    let size = V2_0.Completion.byteCount
    let all = 0..<job.requests.count * size
    // Where they stand, as they are nearly always in one piece.
    guard let room = job.chain.writablePlace(all) else { return answerInPieces(job) }
    for index in job.requests.indices {
      let place = UnsafeMutableRawBufferPointer(rebasing: room[index * size..<(index + 1) * size])
      Self.fill(place, job.requests.pointer(to: index).pointee.outcome)
    }
    job.chain.didWrite(all)
  }

  @inline(never)
  private func answerInPieces(_ job: DataJob) {
    for index in job.requests.indices { complete(index, job.requests[index].outcome, in: job) }
  }

  private func complete(_ index: Int, _ outcome: Result<PacketResult, Rejection>, in job: DataJob) {
    let size = V2_0.Completion.byteCount
    withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { bytes in
      Self.fill(bytes, outcome)
      _ = job.chain.write(at: index * size, UnsafeRawBufferPointer(bytes))
    }
  }

  @inline(__always)
  private static func fill(_ place: UnsafeMutableRawBufferPointer, _ outcome: Result<PacketResult, Rejection>) {
    switch outcome {
    case .success(let result): fill(place, .ok, result.length, result.sequence)
    case .failure(let rejection): fill(place, status(of: rejection, nil).status, 0, 0)
    }
  }

  @inline(__always)
  private static func fill(
    _ place: UnsafeMutableRawBufferPointer, _ status: V2_0.Status, _ length: Int, _ sequence: UInt64
  ) {
    guard var completion = try? Writer<V2_0.Completion>(place.mutableBytes) else { return }
    // All of its fields: nothing stays of what stood there.
    completion.status = Code(status)
    completion.outputLength = UInt32(length)
    completion.sequence = sequence
  }

  /// A completion for every packet that the first header announces, as far as there is room.
  func refuse(_ job: DataJob, _ rejection: Rejection) -> Bool {
    let size = V2_0.Completion.byteCount
    let announced = job.readHeaders(V2_0.DataRequest.byteCount).map(count) ?? 1
    for index in 0..<min(announced, job.chain.writableByteCount / size) {
      complete(index, .failure(rejection), in: job)
    }
    return job.chain.writtenByteCount > 0
  }
}
