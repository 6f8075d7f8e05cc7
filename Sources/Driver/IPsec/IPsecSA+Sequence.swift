import Spec

/// Sequence numbers, as far as the driver has to know them: no reset of the device may bring one back.
extension IPsecSA {
  /// The last number that there is.
  private var limit: UInt64 { configurations.allSatisfy(\.extendedSequence) ? .max : UInt64(UInt32.max) }

  /// Whether it has to go on where it was.
  private var hasSequence: Bool {
    direction == .outbound || configurations.contains { $0.extendedSequence || $0.replayWindow > 0 }
  }

  /// Whether there is no number left that is known to be unused.
  var isExhausted: Bool { hasSequence && sequenceBound >= limit }

  /// A packet came back processed.
  ///
  /// - Parameters:
  ///   - sequence: as the device tells it.
  ///   - received: the low half that the packet carried, where the device does not tell it.
  func note(_ sequence: UInt64?, received: UInt32?) {
    if let sequence {
      sequenceBound = max(sequenceBound, sequence)
    } else if direction == .inbound {
      // Whoever does not know which it was knows none that it was not.
      sequenceBound = max(sequenceBound, received.map(extended) ?? .max)
    }
  }

  /// The number of which a packet carries the low half: the first in the window, or beyond (RFC 4303, appendix A2.2).
  private func extended(_ low: UInt32) -> UInt64 {
    guard configurations[0].extendedSequence, sequenceBound < .max else { return UInt64(low) }
    let window = configurations[0].replayWindow, reach = window == 0 ? 1 << 31 : UInt64(window)
    let bottom = sequenceBound >= reach ? sequenceBound - reach + 1 : 0
    let sequence = bottom & ~UInt64(UInt32.max) | UInt64(low)
    return sequence < bottom ? sequence &+ (1 << 32) : sequence
  }

  /// The low half of the number in a packet to decapsulate (RFC 4302, section 2; RFC 4303, section 2; RFC 3948); nil
  /// where there is none, and for a bundle, whose SAs each have one.
  func sequence(in packet: [UInt8]) -> UInt32? {
    guard configurations.count == 1, packet.count >= 20 else { return nil }
    var (next, offset) = packet[0] >> 4 == 4 ? (packet[9], Int(packet[0] & 15) * 4) : (packet[6], 40)
    // Hop-by-hop options, routing, destination options (RFC 8200, section 4).
    while [0, 43, 60].contains(next), packet[0] >> 4 == 6, offset + 8 <= packet.count {
      (next, offset) = (packet[offset], offset + 8 * (Int(packet[offset + 1]) + 1))
    }
    let isAH = configurations[0].proto == .ah, isUDP = configurations[0].udpPorts != nil
    guard next == (isUDP ? 17 : isAH ? 51 : 50) else { return nil }
    offset += (isUDP ? 8 : 0) + (isAH ? 8 : 4)
    return offset + 4 <= packet.count ? bigEndian(packet[offset..<offset + 4]) : nil
  }

  /// Bytes in front of a packet that its number is looked for in.
  static let headerRoom = 256

  // MARK: Before 2.0

  /// What makes a device of an older version, which SAs are added to without a sequence number, go on where they were;
  /// nil where it cannot be told.
  var continuation: [SAUpdate]? {
    guard hasSequence, sequenceBound > 0 else { return [] }
    guard configurations.count == 1 else { return nil }
    let window = configurations[0].replayWindow
    guard direction == .inbound, window > 0 else { return [.sequence(sequenceBound)] }
    return slide(to: sequenceBound, window)
  }

  /// A window that begins right behind a number. The message has 32 bits for a window of any size: where none of them
  /// needs to be set, none is missing. In between, everything is taken as received.
  func slide(to highest: UInt64, _ window: Int) -> [SAUpdate]? {
    guard highest < limit, UInt64(window) <= limit - highest else { return nil }
    let top = highest + UInt64(window)
    return [.sequence(top), .replayWindow(size: window, highest: top, bitmap: [0, 0, 0, 0])]
  }
}
