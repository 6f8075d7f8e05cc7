import Testing

@testable import Virtio

/// A chain's bytes are the same bytes however they are cut, and in whatever order they are accessed.
@Suite struct ChainAccessTests {
  /// Numbers that are the same for the same seed (Knuth's MMIX).
  private struct Draw: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  private typealias Cut = (sizes: [Int], addresses: [UInt64])

  /// Buffers that are apart from each other, so that what is behind one is not what comes after it.
  private func cut(at base: UInt64, _ draw: inout Draw) -> Cut {
    let sizes = (0..<Int.random(in: 1...6, using: &draw)).map { _ in Int.random(in: 1...40, using: &draw) }
    return (sizes, sizes.indices.map { base + UInt64($0) * 0x100 })
  }

  private func offer(_ readable: Cut, _ writable: Cut, to ring: RingBench) throws {
    let buffers = zip(readable.addresses + writable.addresses, readable.sizes + writable.sizes).map {
      Buffer(address: $0, byteCount: UInt32($1))
    }
    try ring.driver.add(buffers.span, readableCount: readable.sizes.count, token: 0, table: nil)
    _ = ring.kick()
    #expect(try ring.pop())
  }

  private func bytes(of cut: Cut, in memory: GuestMemory) throws -> [UInt8] {
    try zip(cut.addresses, cut.sizes).flatMap { try memory.bytes(address: $0, byteCount: $1) }
  }

  @Test(arguments: RingFormat.allCases, UInt64(0)..<25)
  func `bytes are accessed in any order, in one chain after the other`(format: RingFormat, seed: UInt64) throws {
    var draw = Draw(state: seed)
    let ring = try RingBench(format, size: 16)
    for _ in 0..<8 {
      let (readable, writable) = (cut(at: 0x8_0000, &draw), cut(at: 0x9_0000, &draw))
      for (address, size) in zip(readable.addresses, readable.sizes) {
        try ring.driverMemory.write(
          address: address, bytes: (0..<size).map { _ in UInt8.random(in: 0...255, using: &draw) })
      }
      let input = try bytes(of: readable, in: ring.driverMemory)
      var output = try bytes(of: writable, in: ring.driverMemory)
      try offer(readable, writable, to: ring)
      for _ in 0..<12 {
        let part = range(in: input.count, &draw)
        var read = [UInt8](repeating: 0, count: part.count)
        _ = read.withUnsafeMutableBytes { ring.chain.read(at: part.lowerBound, into: $0) }
        #expect(read == Array(input[part]))
        let room = range(in: output.count, &draw)
        let written = room.map { _ in UInt8.random(in: 0...255, using: &draw) }
        if let place = ring.chain.writablePlace(room) {
          place.copyBytes(from: written)
        } else {
          ring.chain.write(at: room.lowerBound, bytes: written)
        }
        output.replaceSubrange(room, with: written)
      }
      #expect(try bytes(of: writable, in: ring.driverMemory) == output)
      ring.device.complete(ring.chain)
      _ = ring.interrupt()
      _ = try ring.reap()
    }
  }

  /// Before the first byte there is nothing, whatever memory is there.
  @Test(arguments: RingFormat.allCases)
  func `nothing stands before the first byte`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.driverMemory.write(address: RingBench.buffers - 8, bytes: Array(1...24))
    try ring.add(readable: [8], writable: [8])
    _ = ring.kick()
    #expect(try ring.pop())
    #expect(ring.chain.writablePlace(-4..<4) == nil)
    var visits = 0
    ring.chain.forEachReadable(-4..<4) { _ in visits += 1 }
    ring.chain.forEachWritable(-4..<4) { _ in visits += 1 }
    #expect(visits == 0 && ring.chain.writtenByteCount == 0)
    var bytes = [UInt8](repeating: 0, count: 8)
    #expect(bytes.withUnsafeMutableBytes { ring.chain.read(at: -4, into: $0) } == 0)
    ring.chain.write(at: -4, bytes: [9, 9, 9, 9])
    #expect(try ring.driverMemory.bytes(address: RingBench.buffers - 8, byteCount: 24) == Array(1...24))
  }

  private func range(in count: Int, _ draw: inout Draw) -> Range<Int> {
    let start = Int.random(in: 0..<count, using: &draw)
    return start..<Int.random(in: start + 1...count, using: &draw)
  }
}
