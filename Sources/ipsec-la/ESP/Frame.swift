import CPcap

/// What stands in front of the IP packet in a frame.
struct Frame {
  /// The link-layer header, kept as it came but for the type of what follows.
  var header: [UInt8]
  var packet: [UInt8]

  /// The types of VLAN tags (IEEE 802.1Q, 802.1ad, and what stood there before it), and of IP.
  private static let tags: [ArraySlice<UInt8>] = [[0x81, 0x00], [0x88, 0xa8], [0x91, 0x00]]
  private static let versions: [ArraySlice<UInt8>] = [[0x08, 0x00], [0x86, 0xdd]]

  static func isSupported(_ linkType: Int32) -> Bool {
    [DLT_RAW, DLT_EN10MB, 228, 229].contains(linkType)
  }

  /// The link type for frames that were taken from one of another: captures of one version of IP become raw ones where
  /// there is the other in them.
  static func linkType(_ linkType: Int32, carrying records: [Record]) -> Int32 {
    let only: [Int32: UInt8] = [228: 4, 229: 6]
    guard let version = only[linkType] else { return linkType }
    return records.allSatisfy { $0.frame.first.map { $0 >> 4 } == version } ? linkType : DLT_RAW
  }

  /// Takes a frame apart; nil when it carries no IP.
  init?(_ frame: [UInt8], linkType: Int32) {
    guard linkType == DLT_EN10MB else {
      header = []
      packet = frame
      return
    }
    var type = 12
    while Self.tags.contains(frame.dropFirst(type).prefix(2)) { type += 4 }
    guard Self.versions.contains(frame.dropFirst(type).prefix(2)) else { return nil }
    header = Array(frame[..<(type + 2)])
    packet = Array(frame[(type + 2)...])
  }

  /// The frame around another packet.
  func carrying(_ packet: ArraySlice<UInt8>) -> [UInt8] {
    guard !header.isEmpty, let first = packet.first else { return Array(packet) }
    return header.dropLast(2) + (first >> 4 == 6 ? [0x86, 0xdd] : [0x08, 0x00]) + packet
  }
}
