import Testing

@testable import Virtio

/// SPLIT and PACK: what a driver puts into a ring, and takes out of it.
@Suite struct DriverChainTests {
  @Test(
    .conforms("SPLIT-R-02", "SPLIT-R-03", "PACK-R-07", "PACK-T-03", "PACK-T-02"), arguments: RingFormat.allCases)
  func `a chain's descriptors are readable first, and linked to the last`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.add(readable: [4, 4], writable: [4, 4])
    _ = ring.kick()
    let flags = try (0..<UInt64(4)).map {
      try ring.deviceMemory.read(UInt16.self, address: 0x1000 + $0 * 16 + (format == .split ? 12 : 14))
    }
    #expect(flags == [1, 1, 3, 2].map { format == .split ? $0 : $0 | 0x80 })
    if format == .packed { #expect(try ring.deviceMemory.read(UInt16.self, address: 0x1000 + 48 + 12) == 0) }
  }

  @Test(
    .conforms("INDIR-R-03", "INDIR-R-07", "PACK-R-05", "PACK-R-06", "PACK-R-08", "PACK-R-09"),
    arguments: RingFormat.allCases)
  func `a chain is refused that is longer than the queue, or than what is left of it`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 8, features: .indirectDescriptors)
    for (count, table) in [(9, nil), (9, 0x7_0000), (0, nil)] as [(Int, UInt64?)] {
      #expect(throws: VirtioError.badChainLength(count)) {
        try ring.add(readable: Array(repeating: 4, count: count), table: table)
      }
    }
    try ring.add(readable: Array(repeating: 4, count: 7))
    let before = try ring.deviceMemory.bytes(address: 0x1000, byteCount: 128)
    #expect(throws: VirtioError.ringFull) { try ring.add(readable: [4, 4]) }
    #expect(try ring.deviceMemory.bytes(address: 0x1000, byteCount: 128) == before)
    try ring.add(readable: Array(repeating: 4, count: 8), table: 0x7_0000)
    _ = ring.kick()
    #expect(try ring.serve() && ring.serve())
    #expect(ring.chain.readableByteCount == 32)
  }

  @Test(arguments: RingFormat.allCases)
  func `a driver makes no chain of more than 2³² bytes`(format: RingFormat) throws {
    let ring = try RingBench(format)
    #expect(throws: VirtioError.chainTooLarge) { try ring.add(readable: [.max, 2]) }
  }

  @Test(.conforms("SPLIT-R-06"), arguments: RingFormat.allCases)
  func `bytes beyond the used length are none of the driver's business`(format: RingFormat) throws {
    let ring = try RingBench(format, poison: 0x77)
    try ring.add(writable: [64], token: 5)
    _ = ring.kick()
    try ring.serve([1, 2])
    _ = ring.interrupt()
    let log = MemoryLog()
    ring.driverMemory.observer = log
    #expect(try ring.reap() == Completion(token: 5, byteCount: 2))
    #expect(!log.reads.contains { $0.lowerBound >= RingBench.buffers })
  }

  @Test(.conforms("SPLIT-R-07", "SPLIT-R-08"))
  func `barriers stand before the available index, and before the device's wishes are read`() throws {
    let ring = try RingBench(.split)
    let log = MemoryLog()
    ring.driverMemory.observer = log
    try ring.add(readable: [4])
    log.clear()
    _ = ring.kick()
    let (available, used) = (RingBench.addresses.driver, RingBench.addresses.device)
    #expect(
      log.events == [
        .fence(.smp), .write(address: available + 2, byteCount: 2), .fence(.smp),
        .read(address: used, byteCount: 2),
      ])
  }
}
