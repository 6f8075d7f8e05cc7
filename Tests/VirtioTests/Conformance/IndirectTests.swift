import Testing

@testable import Virtio

/// INDIR: tables of descriptors.
@Suite struct IndirectTests {
  @Test(.conforms("INDIR-D-01", "INDIR-D-02", "PACK-T-06"), arguments: RingFormat.allCases)
  func `tables are taken, whatever their junk`(format: RingFormat) throws {
    for direct in 0...(format == .split ? 3 : 0) {
      let ring = try ForgedRing(format)
      let junk: DescriptorFlags = format == .packed ? [.next, .available, .used] : []
      let table: [ForgedRing.Entry] = [
        .init(flags: format == .split ? .next : junk, next: 1), .init(flags: junk.union(.write), next: 99),
      ]
      try ring.writeTable(table, at: 0x7_0000)
      let direct = (0..<UInt16(direct)).map { ForgedRing.Entry(flags: .next, next: $0 + 1) }
      try ring.offer(direct + [.init(address: 0x7_0000, byteCount: 32, flags: [.indirect, .write])])
      #expect(ring.fault() == nil)
      #expect(ring.bench.chain.readableByteCount == 16 * (direct.count + 1))
      #expect(ring.bench.chain.writableByteCount == 16)
    }
  }

  @Test(.conforms("PACK-T-07"), arguments: RingFormat.allCases)
  func `lists and tables share a ring`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 5 + (format == .split ? 3 : 0), features: .indirectDescriptors)
    for request in 0..<30 {
      try ring.add(readable: [4, 4], writable: [4], token: 0, table: request % 2 == 0 ? 0x7_0000 : nil)
      try ring.add(readable: [2], writable: [8], token: 1, table: request % 2 == 1 ? 0x7_1000 : nil)
      _ = ring.kick()
      for (token, readable, slots) in [(0, 8, request % 2 == 0 ? 1 : 3), (1, 2, request % 2 == 1 ? 1 : 2)] {
        #expect(try ring.pop())
        #expect(ring.chain.readableByteCount == readable)
        if format == .packed { #expect(ring.chain.slots == slots) }
        ring.chain.write(at: 0, bytes: [UInt8(token)])
        ring.device.complete(ring.chain)
        _ = ring.interrupt()
        #expect(try ring.reap() == Completion(token: UInt64(token), byteCount: 1))
      }
    }
  }

  @Test(
    .conforms("INDIR-R-01", "INDIR-R-02", "INDIR-R-04", "INDIR-R-05", "INDIR-R-06", "INDIR-R-08"),
    arguments: RingFormat.allCases)
  func `a driver's tables keep to the rules`(format: RingFormat) throws {
    let without = try RingBench(format)
    #expect(throws: VirtioError.indirectNotNegotiated) { try without.add(readable: [4], table: 0x7_0000) }

    let ring = try RingBench(format, features: .indirectDescriptors)
    try ring.add(readable: [4, 4], writable: [4], table: 0x7_0000)
    _ = ring.kick()
    let flagsAt: UInt64 = format == .split ? 12 : 14
    #expect(try ring.deviceMemory.read(UInt16.self, address: 0x1000 + flagsAt) & 7 == 4)
    let flags = try (0..<UInt64(3)).map {
      try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + $0 * 16 + flagsAt)
    }
    #expect(flags == (format == .split ? [1, 1, 2] : [0, 0, 2]))
    if format == .split {
      let next = try (0..<UInt64(2)).map { try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + $0 * 16 + 14) }
      #expect(next == [1, 2])
    }
    #expect(try ring.pop())
    #expect(ring.chain.readableByteCount == 8 && ring.chain.writableByteCount == 4)
  }
}
