import Wire

/// Where everything of a received packet lies, found out before its ICV is checked.
struct DecapsulationPlan {
  /// The packet as its header measures it.
  var packet: Range<Int>
  /// The outer header's version, traffic class and length: options included, extension headers not.
  var version = IPVersion.v4
  var trafficClass: UInt8 = 0
  var headerLength = 0
  /// Bytes of all headers in front of UDP, WESP, ESP or AH, and the one of them that names what follows.
  var frontLength = 0
  var nextHeaderOffset = 0
  /// Where SPI (ESP) or next header (AH) stands.
  var header = 0
  /// Where the payload starts.
  var payload = 0
  /// Where the payload, with ESP's padding and trailer, ends.
  var textEnd = 0
  var sequence: UInt64 = 0
  /// The UDP port it came from; 0 without UDP encapsulation.
  var peerPort: UInt16 = 0
  /// The WESP header, believed only after the ICV.
  var wesp: WESPHeader?

  init(_ packet: Range<Int>) { self.packet = packet }
}

extension InboundAssociation {
  /// Finds out where everything of `plan.packet` lies and whether the sequence number is acceptable.
  // Fills the caller's plan: returning one would copy it, and wait for the bytes just written.
  @inline(__always)
  func locate(_ bytes: RawSpan, _ plan: inout DecapsulationPlan, _ progress: inout Progress) throws(Refusal) {
    let outer = try IPHeader(reading: bytes, plan.packet)
    let packet = plan.packet.lowerBound..<plan.packet.lowerBound + outer.totalLength
    let chain = try HeaderChain(locatingIn: bytes, packet, outer)
    plan.packet = packet
    (plan.version, plan.trafficClass, plan.headerLength) = (outer.version, outer.trafficClass, outer.length)
    (plan.frontLength, plan.nextHeaderOffset) = (chain.length, chain.nextHeaderOffset)
    plan.header = packet.lowerBound + chain.length
    plan.textEnd = packet.upperBound
    if framing.udpLength > 0 {
      guard chain.protocol == IPProtocol.udp else { throw .wrongProtocol(chain.protocol) }
      (plan.header, plan.textEnd, plan.peerPort) = try UDPEncapsulationHeader.read(
        bytes, at: plan.header, end: plan.textEnd, isWESP: framing.protocol == .wesp)
    } else {
      guard chain.protocol == framing.protocol.number else { throw .wrongProtocol(chain.protocol) }
    }
    if framing.protocol == .ah {
      try locateAH(bytes, &plan, &progress)
    } else {
      try locateESP(bytes, &plan, &progress)
    }
  }

  @inline(__always)
  private func locateESP(
    _ bytes: RawSpan, _ plan: inout DecapsulationPlan, _ progress: inout Progress
  ) throws(Refusal) {
    if framing.protocol == .wesp {
      let (header, length) = try WESPHeader.read(bytes, at: plan.header, end: plan.textEnd)
      plan.wesp = header
      plan.header += length
    }
    plan.payload = plan.header + 8 + framing.ivLength
    plan.textEnd -= framing.icvLength
    guard plan.payload + 2 <= plan.textEnd else { throw .tooShort }
    let spi = bytes.load(UInt32.self, at: plan.header, .big)
    guard spi == parameters.spi else { throw .unknownSPI(spi) }
    guard (plan.textEnd - plan.payload) % framing.alignment == 0 else { throw .misaligned }
    plan.sequence = try progress.admit(low: bytes.load(UInt32.self, at: plan.header + 4, .big), parameters)
  }

  private func locateAH(_ bytes: RawSpan, _ plan: inout DecapsulationPlan, _ progress: inout Progress) throws(Refusal) {
    let length = framing.headerLength(plan.version)
    plan.payload = plan.header + length
    guard plan.payload <= plan.textEnd else { throw .tooShort }
    let spi = bytes.load(UInt32.self, at: plan.header + 4, .big)
    guard spi == parameters.spi else { throw .unknownSPI(spi) }
    guard (Int(bytes.load(UInt8.self, at: plan.header + 1, .big)) + 2) * 4 == length else { throw .malformedHeader }
    plan.sequence = try progress.admit(low: bytes.load(UInt32.self, at: plan.header + 8, .big), parameters)
  }

  /// The cryptography of an ESP packet.
  @inline(__always)
  func jobESP(_ start: UnsafeMutableRawPointer, _ plan: DecapsulationPlan) -> CryptoJob {
    CryptoJob(
      header: start + plan.header, iv: start + plan.header + 8, text: start + plan.payload,
      textCount: plan.textEnd - plan.payload, icv: start + plan.textEnd, sequence: plan.sequence)
  }

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
    // TFC padding: only ESP adds it, and UDP's length tells where it begins (RFC 4303 section 2.7).
    if framing.protocol != .ah, next == IPProtocol.udp, payload.count >= 8 {
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
