import Wire

extension InboundAssociation {
  /// What follows the ICV: WESP's header, which the ICV does not cover, the second replay check, trailer, inner packet.
  @inline(__always)
  func release(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, _ progress: inout Progress
  ) throws(Refusal) -> Outcome {
    var outcome = Outcome(packet: plan.payload..<plan.payload, sequence: plan.sequence, peerPort: plan.peerPort)
    if let wesp = plan.wesp {
      let next = buffer.bytes.load(UInt8.self, at: plan.textEnd - 1, .big)
      guard wesp.fits(parameters, framing, plan.version, nextHeader: next) else { throw .wespMismatch }
    }
    outcome.events = try progress.accept(plan.sequence, parameters)
    if let ports = parameters.udpEncapsulation, ports.sourcePort != plan.peerPort {
      outcome.events.insert(.peerPortChanged)
    }
    let (payload, next) = try trailer(buffer.bytes, plan)
    switch (parameters.mode, next) {
    case (_, IPProtocol.none) where framing.protocol != .ah: outcome.events.insert(.dummy)
    case (.tunnel, IPProtocol.ipv4), (.tunnel, IPProtocol.ipv6):
      outcome.packet = try releaseTunnel(&buffer, plan, payload, next, &outcome.events)
    case (.tunnel, _): throw .wrongMode(nextHeader: next)
    case (.transport, _): outcome.packet = releaseTransport(&buffer, plan, payload, next)
    }
    outcome.events.formUnion(progress.deliver(outcome.packet.count, parameters))
    return outcome
  }

  /// The payload without ESP's trailer, and what it is.
  @inline(__always)
  private func trailer(
    _ bytes: RawSpan, _ plan: DecapsulationPlan
  ) throws(Refusal) -> (payload: Range<Int>, next: UInt8) {
    if framing.protocol == .ah {
      return (plan.payload..<plan.textEnd, bytes.load(UInt8.self, at: plan.header, .big))
    }
    let padding = Int(bytes.load(UInt8.self, at: plan.textEnd - 2, .big))
    let end = plan.textEnd - 2 - padding
    guard end >= plan.payload else { throw .badPadding }
    var count = 0
    while count < padding {
      guard bytes.load(UInt8.self, at: end + count, .big) == UInt8(truncatingIfNeeded: count + 1) else {
        throw .badPadding
      }
      count += 1
    }
    return (plan.payload..<end, bytes.load(UInt8.self, at: plan.textEnd - 1, .big))
  }

  /// The inner packet: cut to its own length, which removes TFC padding, its ECN field combined with the outer one.
  @inline(__always)
  private func releaseTunnel(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, _ payload: Range<Int>, _ next: UInt8,
    _ events: inout Events
  ) throws(Refusal) -> Range<Int> {
    let inner: IPHeader
    do throws(Refusal) { inner = try IPHeader(reading: buffer.bytes, payload) } catch { throw .badInnerPacket }
    guard next == inner.version.tunnelProtocol else { throw .badInnerPacket }
    var trafficClass = inner.trafficClass
    if parameters.ecn != .off {
      let (ecn, isSuspicious) = try ECN.decapsulated(
        inner: ECN(trafficClass: trafficClass), outer: ECN(trafficClass: plan.trafficClass))
      if isSuspicious { events.insert(.suspiciousECN) }
      trafficClass = trafficClass & 0xfc | ecn.rawValue
    }
    if parameters.returnsDSCP { trafficClass = plan.trafficClass & 0xfc | trafficClass & 3 }
    if trafficClass != inner.trafficClass {
      IPHeader.setTrafficClass(trafficClass, &buffer, at: payload.lowerBound, inner.version)
    }
    if parameters.decrementsHopLimit {
      try IPHeader.decrementHopLimit(&buffer, at: payload.lowerBound, inner.version)
    }
    return payload.lowerBound..<payload.lowerBound + inner.totalLength
  }

  /// The packet as it was before the security header went in: its own headers moved back to the payload.
  private func releaseTransport(
    _ buffer: inout MutableRawSpan, _ plan: DecapsulationPlan, _ payload: Range<Int>, _ next: UInt8
  ) -> Range<Int> {
    let start = payload.lowerBound - plan.frontLength
    var end = payload.upperBound
    // TFC padding: only ESP adds it, where both sides agreed on it, and UDP's length tells where it begins (RFC 4303
    // section 2.7). Elsewhere what stands behind that length is the packet's own (RFC 9868).
    if framing.protocol != .ah, parameters.tfcLength > 0, next == IPProtocol.udp, payload.count >= 8 {
      let length = Int(buffer.bytes.load(UInt16.self, at: payload.lowerBound + 4, .big))
      if length >= 8 { end = min(end, payload.lowerBound + length) }
    }
    buffer.move(from: plan.packet.lowerBound, to: start, count: plan.frontLength)
    buffer.store(next, at: start + plan.nextHeaderOffset, .big)
    IPHeader.setLength(
      &buffer, at: start, plan.version, headerLength: plan.headerLength, total: end - start)
    if let translation = parameters.udpEncapsulation {
      TransportChecksum.repair(
        &buffer, header: start, payload: payload.lowerBound..<end, plan.version, protocol: next, translation)
    }
    return start..<end
  }
}
