import Wire

/// Where everything of a packet to be sent goes, found out before anything is changed.
struct EncapsulationPlan {
  /// The packet as its header measures it.
  var packet: Range<Int>
  var inner = IPHeader()
  /// The version of the header in front of the result.
  var version = IPVersion.v4
  /// Bytes of the packet's headers that stay in front of the security header: 0 in tunnels.
  var kept = 0
  /// The byte within these that names what follows.
  var nextHeaderOffset = 0
  /// What the payload is.
  var nextHeader: UInt8 = 0
  /// Bytes inserted: outer header, UDP, WESP, ESP or AH.
  var front = 0
  /// Bytes of traffic flow confidentiality behind the payload.
  var tfc = 0
  var padding = 0
  /// Bytes behind the packet: TFC, padding, its two bytes, ICV.
  var tail = 0

  init(_ packet: Range<Int>) { self.packet = packet }

  var result: Range<Int> { packet.lowerBound - front..<packet.upperBound + tail }
  /// Where the payload starts; it never moves.
  var payload: Int { packet.lowerBound + kept }
}

extension OutboundAssociation {
  /// Finds out where everything goes that belongs to `plan.packet`.
  ///
  /// - Throws: whatever the packet or the buffer is refused for. Nothing has been changed then, no number taken.
  // Fills the caller's plan: returning one would copy it, and wait for the bytes just written.
  @inline(__always)
  func locate(_ bytes: RawSpan, _ plan: inout EncapsulationPlan) throws(Refusal) {
    let inner = try IPHeader(reading: bytes, plan.packet)
    let packet = plan.packet.lowerBound..<plan.packet.lowerBound + inner.totalLength
    (plan.packet, plan.inner, plan.version) = (packet, inner, inner.version)
    plan.nextHeader = inner.version.tunnelProtocol
    var mayFill = true
    if let outer {
      plan.version = outer.version
      plan.front = outer.length + framing.frontLength(outer.version)
    } else {
      let chain = try HeaderChain(insertingInto: bytes, packet, inner)
      plan.kept = chain.length
      plan.nextHeaderOffset = chain.nextHeaderOffset
      plan.nextHeader = chain.protocol
      plan.front = framing.frontLength(inner.version)
      mayFill = chain.protocol == IPProtocol.udp
      if framing.protocol == .ah, plan.kept > inner.version.headerLength {
        try AuthenticatedHeaders.check(bytes, packet.lowerBound..<packet.lowerBound + plan.kept, inner.version)
      }
    }
    if framing.protocol != .ah {
      let payload = packet.count - plan.kept
      if mayFill, parameters.tfcLength > payload {
        plan.tfc = max(0, min(parameters.tfcLength, largestPacket(plan) - plan.kept) - payload)
      }
      plan.padding = framing.padding(payload + plan.tfc)
      plan.tail = plan.tfc + plan.padding + 2 + framing.icvLength
    }
    try check(plan, room: bytes.byteCount)
  }

  @inline(__always)
  private func check(_ plan: EncapsulationPlan, room: Int) throws(Refusal) {
    let length = plan.result.count
    guard length <= 65_535 else { throw .tooLong }
    if length > parameters.mtu, forbidsFragments(plan) { throw .packetTooBig(mtu: largestPacket(plan)) }
    if outer != nil, parameters.decrementsHopLimit, plan.inner.hopLimit <= 1 { throw .hopLimitExceeded }
    guard plan.result.lowerBound >= 0 else { throw .noHeadRoom(needed: plan.front) }
    guard plan.result.upperBound <= room else { throw .noTailRoom(needed: plan.tail) }
  }

  /// Whether the result must travel whole.
  private func forbidsFragments(_ plan: EncapsulationPlan) -> Bool {
    plan.version == .v6 || outer == nil ? plan.inner.dontFragment : outerDontFragment(plan.inner)
  }

  @inline(__always)
  private func outerDontFragment(_ inner: IPHeader) -> Bool {
    switch parameters.dontFragment {
    case .copy: inner.dontFragment
    case .clear: false
    case .set(let value): value
    }
  }

  /// The longest packet whose result fits the MTU: what goes into an ICMP "packet too big".
  func largestPacket(_ plan: EncapsulationPlan) -> Int {
    largestPacket(within: parameters.mtu, front: plan.front, kept: plan.kept)
  }

  /// How many bytes are inserted into a packet, and behind how many of its own.
  func insertion(_ bytes: RawSpan, _ packet: Range<Int>) throws(Refusal) -> (count: Int, kept: Int) {
    if let outer { return (outer.length + framing.frontLength(outer.version), 0) }
    let header = try IPHeader(reading: bytes, packet)
    let chain = try HeaderChain(insertingInto: bytes, packet.lowerBound..<packet.upperBound, header)
    return (framing.frontLength(header.version), chain.length)
  }

  /// The longest packet whose result, with `front` bytes inserted behind `kept` ones, has at most `limit` bytes.
  func largestPacket(within limit: Int, front: Int, kept: Int) -> Int {
    let room = limit - front - kept
    if framing.protocol == .ah { return kept + max(0, room) }
    return kept + max(0, (room - framing.icvLength) / framing.alignment * framing.alignment - 2)
  }

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

extension MutableRawSpan {
  /// Moves bytes within the span; the places may overlap.
  @inline(__always) @_lifetime(self: copy self)
  mutating func move(from source: Int, to destination: Int, count: Int) {
    precondition(source >= 0 && destination >= 0 && max(source, destination) + count <= byteCount)
    withUnsafeMutableBytes {
      let start = $0.baseAddress.unsafelyUnwrapped
      (start + destination).copyMemory(from: start + source, byteCount: count)
    }
  }
}
