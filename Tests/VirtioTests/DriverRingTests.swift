import Testing

@testable import Virtio

/// A driver does not trust the device.
@Suite struct DriverRingTests {
  /// Forges what the device says it used: buffer `id`, with `byteCount` bytes.
  private func forge(_ ring: RingBench, id: UInt16, byteCount: UInt32) throws {
    switch ring.format {
    case .split:
      try ring.deviceMemory.write(UInt32(id), address: RingBench.addresses.device + 4)
      try ring.deviceMemory.write(byteCount, address: RingBench.addresses.device + 8)
      try ring.deviceMemory.write(UInt16(1), address: RingBench.addresses.device + 2)
    case .packed:
      try ring.deviceMemory.write(byteCount, address: 0x1008)
      try ring.deviceMemory.write(id, address: 0x100c)
      try ring.deviceMemory.write(UInt16(0x8082), address: 0x100e)
    }
  }

  @Test(arguments: RingFormat.allCases, [(8, 4), (65535, 4), (3, 4), (0, 5), (0, .max)] as [(UInt16, UInt32)])
  func `a used buffer that cannot be is refused`(format: RingFormat, used: (id: UInt16, byteCount: UInt32)) throws {
    let ring = try RingBench(format)
    try ring.add(writable: [4])
    _ = ring.kick()
    try forge(ring, id: used.id, byteCount: used.byteCount)
    #expect(throws: VirtioError.badUsedElement(id: used.id, byteCount: used.byteCount)) { _ = try ring.reap() }
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a driver places no ring and no table outside guest memory`(kind: TransportKind, format: RingFormat) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp(format == .packed ? [.ringPacked] : [])
    let buffers = [Buffer(address: Bench.buffers, byteCount: 4), Buffer(address: Bench.buffers, byteCount: 4)]
    for table in [0x10_0000 - 16, 0x10_0000, .max - 15] as [UInt64] {
      #expect(throws: VirtioError.self) { try queue.add(buffers.span, readableCount: 2, token: 1, table: table) }
    }
    #expect(queue.freeCount == 8)
    bench.trace.clear()
    for base in [0x10_0000 - 64, 0x10_0000, 1 << 40] as [UInt64] {
      #expect(throws: VirtioError.self) { _ = try session.makeQueue(1, size: 8, at: base) }
    }
    #expect(bench.trace.writes.allSatisfy { $0.isStatus || $0.value <= 1 })
  }

  @Test(arguments: RingFormat.allCases)
  func `a buffer that is used twice is refused`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.add(writable: [4], token: 1)
    try ring.add(writable: [4], token: 2)
    _ = ring.kick()
    #expect(try ring.serve() && ring.serve())
    _ = ring.interrupt()
    #expect(try ring.reap()?.token == 1)
    if format == .split {
      try ring.deviceMemory.write(UInt32(0), address: RingBench.addresses.device + 12)
    } else {
      try ring.deviceMemory.write(UInt16(0), address: 0x101c)
    }
    #expect(throws: VirtioError.badUsedElement(id: 0, byteCount: 0)) { _ = try ring.reap() }
  }

  @Test(arguments: RingFormat.allCases)
  func `chains come back whatever their order and length`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 16)
    var generator = SplitMix(seed: 7)
    var outstanding: Set<UInt64> = []
    var next: UInt64 = 0
    for _ in 0..<2000 {
      let count = Int.random(in: 1...4, using: &generator)
      if ring.driver.freeCount >= count {
        try ring.add(readable: Array(repeating: 4, count: count), token: next)
        outstanding.insert(next)
        next += 1
      }
      _ = ring.kick()
      if Bool.random(using: &generator) { try ring.serve() }
      _ = ring.interrupt()
      while let completion = try ring.reap() { #expect(outstanding.remove(completion.token) != nil) }
    }
    while try ring.serve() {}
    _ = ring.interrupt()
    while let completion = try ring.reap() { #expect(outstanding.remove(completion.token) != nil) }
    #expect(outstanding.isEmpty)
    #expect(ring.driver.freeCount == 16)
  }
}
