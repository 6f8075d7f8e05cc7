import Synchronization
import Wire

extension InboundAssociation {
  /// Checks and unwraps the IP packet at `packet` within its own bytes.
  ///
  /// - Returns: where the inner packet lies; an empty range with `Events.dummy` for a dummy packet.
  /// - Throws: why the packet was refused. Nothing decrypted is left in the buffer then.
  public func decapsulate(inPlace buffer: inout MutableRawSpan, packet: Range<Int>) throws(Refusal) -> Outcome {
    try progress.withLock { progress throws(Refusal) in
      var plan = DecapsulationPlan(packet)
      let result: CryptoResult
      do throws(Refusal) {
        try locate(buffer.bytes, &plan, &progress)
        result = try open(&buffer, plan, &progress)
      } catch {
        progress.statistics.count(error)
        throw error
      }
      return try settle(&buffer, plan, result, &progress)
    }
  }

  /// Hands out the packet, or counts its refusal and erases what was decrypted.
  @inline(__always)
  func settle(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, _ result: CryptoResult, _ progress: inout Progress
  ) throws(Refusal) -> Outcome {
    do throws(Refusal) {
      switch result {
      case .succeeded: return try release(&buffer, plan, &progress)
      case .icvMismatch: throw .icvMismatch
      case .failed: throw .cryptographyFailed
      }
    } catch {
      if result != .icvMismatch { buffer.zero(plan.payload..<plan.textEnd) }
      progress.statistics.count(error)
      throw error
    }
  }

  /// Checks and unwraps a packet into a separate buffer, at least as long as the packet.
  ///
  /// The packet is copied before it is checked: what another party may change meanwhile is read once.
  ///
  /// - Returns: where in `output` the inner packet lies.
  /// - Throws: why the packet was refused. Nothing of it is left in `output` then.
  public func decapsulate(_ packet: RawSpan, into output: inout MutableRawSpan) throws(Refusal) -> Outcome {
    guard output.byteCount >= packet.byteCount else {
      let refusal = Refusal.noTailRoom(needed: packet.byteCount - output.byteCount)
      count(refusal)
      throw refusal
    }
    output.copy(packet, to: 0)
    do throws(Refusal) {
      return try decapsulate(inPlace: &output, packet: 0..<packet.byteCount)
    } catch {
      output.zero(0..<packet.byteCount)
      throw error
    }
  }

  @inline(__always)
  private func open(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, _ progress: inout Progress
  ) throws(Refusal) -> CryptoResult {
    if framing.protocol == .ah {
      let job = AHJob(
        version: plan.version, front: plan.packet.lowerBound..<plan.payload, header: plan.header,
        end: plan.textEnd, framing: framing, sequence: plan.sequence)
      return try job.run(&buffer) { progress.transform.open($0) }
    }
    return buffer.withUnsafeMutableBytes {
      var job = jobESP($0.baseAddress.unsafelyUnwrapped, plan)
      withUnsafeMutablePointer(to: &job) { progress.transform.open(UnsafeMutableBufferPointer(start: $0, count: 1)) }
      return job.result
    }
  }
}
