import ESP

/// Packets in buffers of their own, with room around them.
final class Batch {
  private static let room = 128
  let count: Int
  private let buffers: [UnsafeMutableRawBufferPointer]
  private let burst: UnsafeMutableBufferPointer<BurstPacket>
  /// Where in its buffer each packet lies at the moment.
  let ranges: UnsafeMutableBufferPointer<Range<Int>>

  /// IPv4 packets of so many bytes.
  init(bytes: Int, count: Int = 256) {
    let room = Self.room
    self.count = count
    buffers = (0..<count).map { _ in .allocate(byteCount: bytes + 2 * room, alignment: 64) }
    ranges = .allocate(capacity: count)
    burst = .allocate(capacity: count)
    ranges.initialize(repeating: room..<room + bytes)
    for (index, buffer) in buffers.enumerated() {
      burst.initializeElement(at: index, to: BurstPacket(buffer: buffer, packet: 0..<0))
      for offset in 0..<bytes { buffer[room + offset] = UInt8(truncatingIfNeeded: offset * 7) }
      buffer.storeBytes(of: UInt32(0x4500_0000 | UInt32(bytes)).bigEndian, toByteOffset: room, as: UInt32.self)
      buffer.storeBytes(of: 0, toByteOffset: room + 4, as: UInt32.self)
    }
  }

  deinit {
    for buffer in buffers { buffer.deallocate() }
    ranges.deallocate()
    burst.deallocate()
  }

  /// Hands each packet to `body`, which returns where it lies afterwards.
  func forEachPacket(_ body: (UnsafeMutableRawBufferPointer, Range<Int>) throws -> Range<Int>) rethrows {
    for index in 0..<count { ranges[index] = try body(buffers[index], ranges[index]) }
  }

  /// Hands all packets to `body` and takes over where they lie afterwards.
  func withBurst(_ body: (inout MutableSpan<BurstPacket>) -> Void) throws {
    for index in 0..<count { burst[index].packet = ranges[index] }
    var packets = burst.mutableSpan
    body(&packets)
    for index in 0..<count {
      guard case .success(let outcome) = burst[index].verdict else {
        throw CommandError("the engine refused its own packet")
      }
      ranges[index] = outcome.packet
    }
  }
}
