import Wire

extension InboundAssociation {
  /// Checks and unwraps the IP packet at `packet` within its own bytes.
  ///
  /// - Returns: where the inner packet lies; an empty range with `Events.dummy` for a dummy packet.
  /// - Throws: why the packet was refused. Nothing decrypted is left in the buffer then.
  @inline(__always)
  public func decapsulate(inPlace buffer: inout MutableRawSpan, packet: Range<Int>) throws(Refusal) -> Outcome {
    do throws(Refusal) {
      let plan = try plan(buffer.bytes, packet)
      guard try open(&buffer, plan) else { throw .icvMismatch }
      do throws(Refusal) {
        return try release(&buffer, plan)
      } catch {
        buffer.zero(plan.payload..<plan.textEnd)
        throw error
      }
    } catch {
      count(error)
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
  private func open(_ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan) throws(Refusal) -> Bool {
    if framing.protocol == .ah {
      var job = AHJob(
        version: plan.outer.version, front: plan.packet.lowerBound..<plan.payload, header: plan.header,
        end: plan.textEnd, framing: framing, sequence: plan.sequence)
      return try job.run(&buffer) { transform.open($0) }
    }
    return buffer.withUnsafeMutableBytes {
      var job = jobESP($0.baseAddress.unsafelyUnwrapped, plan)
      withUnsafeMutablePointer(to: &job) { transform.open(UnsafeMutableBufferPointer(start: $0, count: 1)) }
      return job.succeeded
    }
  }
}
