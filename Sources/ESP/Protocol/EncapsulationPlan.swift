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
      // The receiver would take it for a dummy (RFC 4303 section 2.6).
      if chain.protocol == IPProtocol.none, framing.protocol != .ah { throw .wrongProtocol(chain.protocol) }
      plan.front = framing.frontLength(inner.version)
      // Where bytes already stand behind UDP's length, the receiver could not tell the filling from them.
      mayFill = chain.protocol == IPProtocol.udp && packet.count - plan.kept >= 8
        && Int(bytes.load(UInt16.self, at: packet.lowerBound + plan.kept + 4, .big)) == packet.count - plan.kept
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
  func outerDontFragment(_ inner: IPHeader) -> Bool {
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
}
