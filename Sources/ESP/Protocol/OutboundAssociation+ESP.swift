import Wire

extension OutboundAssociation {
  /// Writes ESP's header and trailer around the payload, and WESP's header in front (RFC 4303 section 2).
  ///
  /// ```
  /// WESP? ‖ SPI ‖ sequence ‖ IV ‖ payload ‖ TFC ‖ 1 2 3 … ‖ pad length ‖ next header ‖ ICV
  /// ```
  @inline(__always)
  func writeESP(_ buffer: inout MutableRawSpan, _ plan: EncapsulationPlan, _ sequence: UInt64) {
    let header = plan.payload - framing.headerLength(plan.version)
    if framing.protocol == .wesp {
      WESPHeader(parameters, framing, plan.version, nextHeader: plan.nextHeader)
        .write(&buffer, at: header - framing.wespLength(plan.version))
    }
    buffer.store(parameters.spi, at: header, .big)
    buffer.store(UInt32(truncatingIfNeeded: sequence), at: header + 4, .big)
    var offset = plan.packet.upperBound
    if plan.tfc > 0 {
      for position in offset..<offset + plan.tfc { buffer.store(UInt8(0), at: position, .big) }
      offset += plan.tfc
    }
    var count = 0
    while count < plan.padding {
      buffer.store(UInt8(truncatingIfNeeded: count + 1), at: offset + count, .big)
      count += 1
    }
    buffer.store(UInt8(plan.padding), at: offset + plan.padding, .big)
    buffer.store(plan.nextHeader, at: offset + plan.padding + 1, .big)
  }

  /// The cryptography of a packet whose headers and trailer are written.
  @inline(__always)
  func jobESP(_ start: UnsafeMutableRawPointer, _ plan: EncapsulationPlan, _ sequence: UInt64) -> CryptoJob {
    let header = plan.payload - framing.headerLength(plan.version)
    let icv = plan.result.upperBound - framing.icvLength
    return CryptoJob(
      header: start + header, iv: start + header + 8, text: start + plan.payload, textCount: icv - plan.payload,
      icv: start + icv, sequence: sequence)
  }
}
