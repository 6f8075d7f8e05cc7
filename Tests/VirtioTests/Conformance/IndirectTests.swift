import Testing

@testable import Virtio

/// INDIR: tables of descriptors.
@Suite struct IndirectTests {
  @Test(.conforms("INDIR-D-01", "INDIR-D-02", "PACK-T-06", "PACK-T-07"), arguments: RingFormat.allCases)
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

  @Test(
    .conforms("INDIR-R-01", "INDIR-R-02", "INDIR-R-04", "INDIR-R-05", "INDIR-R-06", "INDIR-R-08", "ORDER-R-02"),
    arguments: RingFormat.allCases)
  func `a driver's tables keep to the rules`(format: RingFormat) throws {
    let without = try RingBench(format)
    #expect(throws: VirtioError.indirectNotNegotiated) { try without.add(readable: [4], table: 0x7_0000) }

    let ring = try RingBench(format, features: .indirectDescriptors)
    try ring.add(readable: [4, 4], writable: [4], table: 0x7_0000)
    _ = ring.kick()
    let flagsAt: UInt64 = format == .split ? 12 : 14
    #expect(try ring.deviceMemory.read(UInt16.self, address: 0x1000 + flagsAt) & 7 == 4)
    let flags = try (0..<UInt64(3)).map { try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + $0 * 16 + flagsAt) }
    #expect(flags == (format == .split ? [1, 1, 2] : [0, 0, 2]))
    if format == .split {
      let next = try (0..<UInt64(2)).map { try ring.deviceMemory.read(UInt16.self, address: 0x7_0000 + $0 * 16 + 14) }
      #expect(next == [1, 2])
    }
    #expect(try ring.pop())
    #expect(ring.chain.readableByteCount == 8 && ring.chain.writableByteCount == 4)
  }
}
