import ESP
import Wire

/// What a packet consists of, line by line: offset, length, field.
struct Dissection: CustomStringConvertible {
  private(set) var description = ""
  private let bytes: [UInt8]

  init(_ bytes: [UInt8], _ associations: [AssociationFile.Entry]) {
    self.bytes = bytes
    do throws(Refusal) {
      try dissect(associations)
    } catch {
      line(0, bytes.count, "\(error)")
    }
    if description.hasSuffix("\n") { description.removeLast() }
  }

  private mutating func dissect(_ associations: [AssociationFile.Entry]) throws(Refusal) {
    let bytes = self.bytes
    let span = bytes.span.bytes
    let all = 0..<bytes.count
    let header = try IPHeader(reading: span, all)
    let (source, destination) = IPHeader.addresses(span, at: 0, header.version)
    line(
      0, header.length,
      "IP\(header.version) \(source) → \(destination), \(header.totalLength) bytes, "
        + "DSCP \(header.trafficClass >> 2), ECN \(ECN(trafficClass: header.trafficClass)), "
        + "hop limit \(header.hopLimit)"
    )
    let chain = try HeaderChain(locatingIn: span, all, header)
    if chain.length > header.length { line(header.length, chain.length - header.length, "extension headers") }
    var offset = chain.length
    var number = chain.protocol
    if number == IPProtocol.udp, offset + 12 <= header.totalLength {
      let ports = (span.load(UInt16.self, at: offset, .big), span.load(UInt16.self, at: offset + 2, .big))
      line(offset, 8, "UDP \(ports.0) → \(ports.1)")
      offset += 8
      guard associations.contains(where: { $0.parameters.udpEncapsulation?.destinationPort == ports.1 }) else {
        line(offset, header.totalLength - offset, "payload")
        return
      }
      number = span.load(UInt32.self, at: offset, .big) == 2 ? IPProtocol.wesp : IPProtocol.esp
      if number == IPProtocol.wesp { offset += 4 }
    }
    if number == IPProtocol.wesp, offset + 4 <= header.totalLength {
      let flags = bytes[offset + 3]
      let length = flags & 0x10 == 0 ? 4 : 8
      line(offset, length, "WESP, payload \(flags & 0x20 == 0 ? "readable" : "encrypted")")
      offset += length
      number = IPProtocol.esp
    }
    let isAH = number == IPProtocol.ah
    guard isAH || number == IPProtocol.esp, offset + 12 <= header.totalLength else {
      let isIPsec = isAH || number == IPProtocol.esp
      let missing = offset + 12 - header.totalLength
      let text = isIPsec ? "too short for a security header: missing \(missing) bytes" : "protocol \(number)"
      line(offset, header.totalLength - offset, text)
      return
    }
    let spi = span.load(UInt32.self, at: offset + (isAH ? 4 : 0), .big)
    let sequence = span.load(UInt32.self, at: offset + (isAH ? 8 : 4), .big)
    let name = "SPI 0x\(String(spi, radix: 16)), sequence \(sequence)"
    let parameters = associations.map(\.parameters).first { $0.spi == spi && ($0.protocol == .ah) == isAH }
    guard let parameters else {
      line(offset, header.totalLength - offset, "\(isAH ? "AH" : "ESP"), \(name): no association has this SPI")
      return
    }
    let lengths = parameters.lengths
    if isAH {
      let length = (Int(bytes[offset + 1]) + 2) * 4
      line(offset, 12, "AH, \(name)")
      let missing = max(offset + length - header.totalLength, 12 + lengths.iv + lengths.icv - length)
      guard length >= 12 + lengths.iv + lengths.icv, offset + length <= header.totalLength else {
        line(offset + 12, header.totalLength - offset - 12, "too short for IV and ICV: missing \(missing) bytes")
        return
      }
      if lengths.iv > 0 { line(offset + 12, lengths.iv, "IV") }
      line(offset + 12 + lengths.iv, lengths.icv, "ICV")
      line(offset + length, header.totalLength - offset - length, "payload, protocol \(bytes[offset])")
    } else {
      let end = header.totalLength - lengths.icv
      line(offset, 8, "ESP, \(name)")
      guard offset + 10 + lengths.iv <= end else {
        let missing = offset + 10 + lengths.iv - end
        line(offset + 8, header.totalLength - offset - 8, "too short for IV and ICV: missing \(missing) bytes")
        return
      }
      if lengths.iv > 0 { line(offset + 8, lengths.iv, "IV") }
      line(offset + 8 + lengths.iv, end - offset - 8 - lengths.iv, "payload and trailer")
      line(end, lengths.icv, "ICV")
    }
  }

  private mutating func line(_ offset: Int, _ count: Int, _ text: String) {
    let position = "\(offset)"
    let length = "\(max(count, 0))"
    description += String(repeating: " ", count: max(0, 6 - position.count)) + position
    description += String(repeating: " ", count: max(0, 6 - length.count)) + length + "  " + text + "\n"
  }
}
