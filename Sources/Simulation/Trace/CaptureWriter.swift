public import Clockwork

/// IP packets as a capture file with nanoseconds (pcap, link type RAW).
public struct CaptureWriter {
  private let sink: ([UInt8]) -> Void

  /// - Parameter sink: takes the file piece by piece.
  public init(sink: @escaping ([UInt8]) -> Void) {
    self.sink = sink
    // Magic number of nanosecond times, version 2.4, no zone, longest packet, LINKTYPE_RAW.
    sink([0xa1b2_3c4d, 0x0004_0002, 0, 0, 262_144, 101].flatMap(Self.bytes))
  }

  /// Goes on with a packet, and the simulated time as its timestamp.
  public func write(_ packet: [UInt8], at instant: Instant) {
    let nanoseconds = instant.picoseconds / 1_000
    let length = UInt32(packet.count)
    let header = [UInt32(nanoseconds / 1_000_000_000), UInt32(nanoseconds % 1_000_000_000), length, length]
    sink(header.flatMap(Self.bytes) + packet)
  }

  private static func bytes(_ word: UInt32) -> [UInt8] {
    [UInt8(word & 0xff), UInt8(word >> 8 & 0xff), UInt8(word >> 16 & 0xff), UInt8(word >> 24)]
  }
}
