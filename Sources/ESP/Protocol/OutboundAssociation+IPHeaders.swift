import Wire

extension OutboundAssociation {
  /// Writes all headers in front of the security header: the outer one, or the packet's own, moved and adjusted; then
  /// UDP.
  @inline(__always)
  func writeIPHeaders(_ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ sequence: UInt64) throws(Refusal) {
    let start = plan.result.lowerBound
    var offset = start
    if let outer {
      if parameters.decrementsHopLimit, plan.nextHeader != IPProtocol.none {
        try IPHeader.decrementHopLimit(&buffer, at: plan.packet.lowerBound, plan.inner.version)
      }
      outer.write(
        &buffer, at: start, totalLength: plan.result.count, trafficClass: outerTrafficClass(plan.inner),
        dontFragment: outerDontFragment(plan.inner),
        identification: UInt16(truncatingIfNeeded: sequence) &+ firstIdentification,
        flowLabel: outerFlowLabel(plan.inner))
      offset += outer.length
    } else {
      buffer.move(from: plan.packet.lowerBound, to: start, count: plan.kept)
      let next = framing.udpLength == 0 ? framing.protocol.number : IPProtocol.udp
      buffer.store(next, at: start + plan.nextHeaderOffset, .big)
      IPHeader.setLength(
        &buffer, at: start, plan.version, headerLength: plan.inner.length, total: plan.result.count)
      offset += plan.kept
    }
    if let ports = parameters.udpEncapsulation {
      UDPEncapsulationHeader.write(
        &buffer, at: offset, ports, length: plan.result.upperBound - offset, isWESP: framing.protocol == .wesp)
    }
  }

  @inline(__always)
  private func outerTrafficClass(_ inner: IPHeader) -> UInt8 {
    let dscp: UInt8 =
      switch parameters.dscp {
      case .copy: inner.trafficClass & 0xfc
      case .clear: 0
      case .set(let value): value << 2
      }
    return dscp | (parameters.ecn == .normal ? inner.trafficClass & 3 : 0)
  }

  @inline(__always)
  private func outerFlowLabel(_ inner: IPHeader) -> UInt32 {
    switch parameters.flowLabel {
    case .copy: inner.flowLabel
    case .clear: 0
    case .set(let value): value
    }
  }
}
