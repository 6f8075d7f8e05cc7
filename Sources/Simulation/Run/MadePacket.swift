/// An IPv4 packet of UDP that nothing is special about but its length (RFC 791, RFC 768).
enum MadePacket {
  /// - Parameter length: of the whole packet, in bytes, 28 to 65,535.
  static func bytes(_ length: Int) -> [UInt8] {
    var packet: [UInt8] = [
      0x45, 0, UInt8(length >> 8), UInt8(length & 0xff), 0, 1, 0, 0, 64, 17, 0, 0, 10, 1, 0, 1, 10, 2, 0, 2,
    ]
    let sum = stride(from: 0, to: 20, by: 2).reduce(0) { $0 + Int(packet[$1]) << 8 + Int(packet[$1 + 1]) }
    let checksum = ~((sum & 0xffff) + sum >> 16)
    (packet[10], packet[11]) = (UInt8(checksum >> 8 & 0xff), UInt8(checksum & 0xff))
    // Without a checksum of its own.
    packet += [0x03, 0xe8, 0x07, 0xd0, UInt8((length - 20) >> 8), UInt8((length - 20) & 0xff), 0, 0]
    packet.reserveCapacity(length)
    for index in 28..<max(28, length) { packet.append(UInt8(truncatingIfNeeded: index &* 7)) }
    return packet
  }
}
