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
    do throws(Refusal) {
      let ports = associations.compactMap { $0.parameters.udpEncapsulation?.destinationPort }
      dissect(try SecurityHeader(reading: span, all, udpPorts: Set(ports)), associations, destination)
    } catch {
      let isPlain = if case .wrongProtocol = error { true } else { false }
      line(
        chain.length, header.totalLength - chain.length,
        isPlain ? "payload, protocol \(chain.protocol)" : "\(error)")
    }
  }

  private mutating func dissect(
    _ header: SecurityHeader, _ associations: [AssociationFile.Entry], _ destination: IPAddress
  ) {
    let bytes = self.bytes
    let span = bytes.span.bytes
    if let udp = header.udp {
      let ports = [0, 2].map { span.load(UInt16.self, at: udp.lowerBound + $0, .big) }
      line(udp.lowerBound, udp.count, "UDP \(ports[0]) → \(ports[1])")
    }
    if let wesp = header.wesp {
      line(wesp.lowerBound, wesp.count, "WESP, payload \(header.isAnnouncedAsEncrypted ? "encrypted" : "readable")")
    }
    let isAH = header.protocol == .ah
    let (start, end) = (header.range.lowerBound, header.end)
    let name = "\(isAH ? "AH" : "ESP"), SPI 0x\(String(header.spi, radix: 16)), sequence \(header.sequenceLow)"
    let known = associations.filter {
      $0.parameters.spi == header.spi && $0.parameters.protocol == header.protocol
    }
    guard !known.isEmpty else { return line(start, end - start, "\(name): no association has this SPI") }
    guard let entry = known.first(where: { ($0.destination ?? destination) == destination }) else {
      return line(start, end - start, "\(name): no association with this SPI is for \(destination)")
    }
    let lengths = entry.parameters.lengths
    let iv = start + header.fixedLength
    line(start, header.fixedLength, name)
    // Behind ESP's IV there are at least pad length and next header; AH is as long as it says.
    let least = iv + lengths.iv + lengths.icv
    let missing = isAH ? max(header.range.upperBound - end, least - header.range.upperBound) : least + 2 - end
    guard missing <= 0 else {
      return line(iv, end - iv, "too short for IV and ICV: missing \(missing) bytes")
    }
    if lengths.iv > 0 { line(iv, lengths.iv, "IV") }
    if isAH {
      line(iv + lengths.iv, lengths.icv, "ICV")
      let payload = header.range.upperBound
      line(payload, end - payload, "payload, protocol \(bytes[start])")
    } else {
      line(iv + lengths.iv, end - least, "payload and trailer")
      line(end - lengths.icv, lengths.icv, "ICV")
    }
  }

  private mutating func line(_ offset: Int, _ count: Int, _ text: String) {
    let position = "\(offset)"
    let length = "\(max(count, 0))"
    description += String(repeating: " ", count: max(0, 6 - position.count)) + position
    description += String(repeating: " ", count: max(0, 6 - length.count)) + length + "  " + text + "\n"
  }
}
