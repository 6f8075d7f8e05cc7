import Synchronization
import Wire

extension OutboundAssociation {
  /// Protects the IP packet at `packet`, growing it to both sides within the buffer.
  ///
  /// - Parameter buffer: has `headRoom` bytes free in front of the packet and `tailRoom` behind it.
  /// - Returns: where the result lies.
  /// - Throws: why the packet was refused. It is unchanged then, unless the cryptography failed.
  public func encapsulate(inPlace buffer: inout MutableRawSpan, packet: Range<Int>) throws(Refusal) -> Outcome {
    try encapsulate(&buffer, packet, into: nil)
  }

  /// - Parameter output: takes the result, where that is not to stay in the buffer.
  func encapsulate(
    _ buffer: inout MutableRawSpan, _ packet: Range<Int>, into output: UnsafeMutableRawBufferPointer?
  ) throws(Refusal) -> Outcome {
    try progress.withLock { progress throws(Refusal) in
      var plan = EncapsulationPlan(packet)
      do throws(Refusal) {
        try locate(buffer.bytes, &plan)
        if let output { try check(plan, fits: output) }
        return try seal(&buffer, plan, &progress, into: output?.baseAddress)
      } catch {
        progress.statistics.count(error)
        throw error
      }
    }
  }

  /// Protects a packet into a separate buffer.
  ///
  /// - Returns: where in `output` the result lies.
  /// - Throws: why the packet was refused; `noTailRoom` if `output` is shorter than packet, `headRoom` and `tailRoom`.
  ///   Nothing of the packet is left in `output` then.
  public func encapsulate(_ packet: RawSpan, into output: inout MutableRawSpan) throws(Refusal) -> Outcome {
    let start = headRoom
    guard output.byteCount >= start + packet.byteCount else {
      let refusal = Refusal.noTailRoom(needed: tailRoom)
      count(refusal)
      throw refusal
    }
    output.copy(packet, to: start)
    do throws(Refusal) {
      return try encapsulate(inPlace: &output, packet: start..<start + packet.byteCount)
    } catch {
      output.zero(0..<output.byteCount)
      throw error
    }
  }

  /// A packet that the peer discards (RFC 4303 section 2.6), of `length` bytes of payload, from `output`'s front.
  ///
  /// It counts as a packet, and its length in bytes, because it uses up the key as others do. No inner header is there
  /// whose hop limit could be lowered.
  ///
  /// - Throws: `wrongMode` in transport mode and with AH, which have no packet to pretend; `tooShort` for a
  ///   negative length; `packetTooBig` beyond the MTU, whatever fragments; otherwise as `encapsulate`.
  public func encapsulateDummy(length: Int, into output: inout MutableRawSpan) throws(Refusal) -> Outcome {
    try progress.withLock { progress throws(Refusal) in
      do throws(Refusal) {
        let plan = try planDummy(length: length, room: output.byteCount)
        output.zero(plan.packet)
        return try seal(&output, plan, &progress, into: nil)
      } catch {
        progress.statistics.count(error)
        throw error
      }
    }
  }

  private func planDummy(length: Int, room: Int) throws(Refusal) -> EncapsulationPlan {
    guard let outer, framing.protocol != .ah else { throw .wrongMode(nextHeader: IPProtocol.none) }
    guard length >= 0 else { throw .tooShort }
    guard length <= 65_535 else { throw .tooLong }
    let front = outer.length + framing.frontLength(outer.version)
    let padding = framing.padding(length)
    var plan = EncapsulationPlan(front..<front + length)
    (plan.version, plan.nextHeader) = (outer.version, IPProtocol.none)
    (plan.front, plan.padding, plan.tail) = (front, padding, padding + 2 + framing.icvLength)
    guard plan.result.count <= 65_535 else { throw .tooLong }
    guard plan.result.count <= parameters.mtu else { throw .packetTooBig(mtu: largestPacket(plan)) }
    guard plan.result.upperBound <= room else { throw .noTailRoom(needed: plan.tail) }
    return plan
  }

  /// Everything from the plan to the result.
  @inline(__always)
  private func seal(
    _ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ progress: inout Progress,
    into output: UnsafeMutableRawPointer?
  ) throws(Refusal) -> Outcome {
    let outcome = try prepare(&buffer, plan, &progress)
    if framing.protocol == .ah {
      try sealAH(&buffer, plan, outcome.sequence, progress.transform)
    } else {
      let isSealed = buffer.withUnsafeMutableBytes {
        var job = jobESP($0.baseAddress.unsafelyUnwrapped, plan, outcome.sequence)
        if let output { job.write(to: output, plan) }
        withUnsafeMutablePointer(to: &job) { progress.transform.seal(UnsafeMutableBufferPointer(start: $0, count: 1)) }
        // The headers have the IV only now.
        if let output { job.copyFront(to: output, plan) }
        return job.result == .succeeded
      }
      guard isSealed else { throw .cryptographyFailed }
    }
    finish(&buffer, plan, &progress)
    return outcome
  }

  /// Everything that comes before the cryptography: headers and trailer are written, a sequence number is taken.
  @inline(__always)
  func prepare(
    _ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ progress: inout Progress
  ) throws(Refusal) -> Outcome {
    let (sequence, events) = try progress.reserve(plan.packet.count, parameters)
    try writeIPHeaders(&buffer, plan, sequence)
    if framing.protocol != .ah { writeESP(&buffer, plan, sequence) }
    return Outcome(packet: plan.result, sequence: sequence, events: events)
  }

  /// Everything that comes after the cryptography: the UDP checksum that IPv6 demands, and the count of what passed.
  @inline(__always)
  func finish(_ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ progress: inout Progress) {
    if framing.udpLength > 0 { setUDPChecksum(&buffer, result: plan.result, payload: plan.payload) }
    progress.pass(plan.packet.count)
  }

  private func setUDPChecksum(_ buffer: inout MutableRawSpan, result: Range<Int>, payload: Int) {
    guard buffer.bytes.load(UInt8.self, at: result.lowerBound, .big) >> 4 == IPVersion.v6.rawValue else { return }
    let (source, destination) = IPHeader.addresses(buffer.bytes, at: result.lowerBound, .v6)
    UDPEncapsulationHeader.setChecksum(
      &buffer, at: payload - framing.frontLength(.v6), end: result.upperBound, source: source, destination: destination)
  }
}
