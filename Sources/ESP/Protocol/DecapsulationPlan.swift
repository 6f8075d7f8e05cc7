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
    let stated = AuthenticationHeader.length(bytes, at: plan.header)
    guard stated == length else { throw .wrongAHLength(stated, expected: length) }
    plan.sequence = try progress.admit(low: bytes.load(UInt32.self, at: plan.header + 8, .big), parameters)
  }

  /// The cryptography of an ESP packet.
  @inline(__always)
  func jobESP(_ start: UnsafeMutableRawPointer, _ plan: DecapsulationPlan) -> CryptoJob {
    CryptoJob(
      header: start + plan.header, iv: start + plan.header + 8, text: start + plan.payload,
      textCount: plan.textEnd - plan.payload, icv: start + plan.textEnd, sequence: plan.sequence)
  }
}
