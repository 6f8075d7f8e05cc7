import Testing

@testable import Virtio

/// PACK: what packed rings promise.
@Suite struct PackedRingTests {
  private func flags(_ slot: Int, in ring: RingBench) throws -> UInt16 {
    try ring.deviceMemory.read(UInt16.self, address: 0x1000 + UInt64(slot * 16 + 14))
  }

  @Test(.conforms("PACK-D-01", "PACK-D-02"))
  func `chains start in ring order, and are used in the order of completion`() throws {
    let ring = try RingBench(.packed)
    for token in 0..<UInt64(3) { try ring.add(readable: [4], token: token) }
    _ = ring.kick()
    var first = Chain(in: ring.deviceMemory)
    var second = Chain(in: ring.deviceMemory)
    #expect(try ring.pop(into: &first) && ring.pop(into: &second) && ring.pop())
    #expect([first.id, second.id, ring.chain.id] == [0, 1, 2])
    ring.device.complete(ring.chain)
    ring.device.complete(first)
    ring.device.complete(second)
    _ = ring.interrupt()
    #expect(try [ring.reap()?.token, ring.reap()?.token, ring.reap()?.token] == [2, 0, 1])
  }

  @Test(.conforms("PACK-D-05"))
  func `descriptors that were not made available are left alone`() throws {
    let ring = try RingBench(.packed)
    #expect(try !ring.pop())
    for stale in [0x8080, 0x8000, 0] as [UInt16] {
      try ring.driverMemory.write(stale, address: 0x1000 + 14)
      #expect(try !ring.pop())
    }
  }

  @Test(.conforms("PACK-D-06"))
  func `the flags are the last that the device writes of a used descriptor`() throws {
    let ring = try RingBench(.packed)
    try ring.add(writable: [4])
    _ = ring.kick()
    let log = MemoryLog()
    ring.deviceMemory.observer = log
    try ring.serve([1])
    _ = ring.interrupt()
    #expect(log.writes.filter { $0.lowerBound < 0x2000 } == [0x1008..<0x100c, 0x100c..<0x100e, 0x100e..<0x1010])
  }

  @Test(.conforms("PACK-R-03", "PACK-R-10", "PACK-R-11", "EVT-R-11"))
  func `the first descriptor of a list is exposed last, behind a barrier`() throws {
    let ring = try RingBench(.packed)
    let log = MemoryLog()
    ring.driverMemory.observer = log
    try ring.add(readable: [4, 4], writable: [4])
    #expect(log.events.suffix(2) == [.fence(.smp), .write(address: 0x100e, byteCount: 2)])
    #expect(log.writes.filter { $0.lowerBound == 0x100e }.count == 1)
    log.clear()
    _ = ring.kick()
    #expect(log.events == [.fence(.smp), .read(address: RingBench.addresses.device, byteCount: 4)])
  }

  @Test(.conforms("PACK-R-04", "NOTIF-T-03"), arguments: RingFormat.allCases)
  func `a kick with data names the next place, and says the same again`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 4)
    var expected: [UInt16] = []
    var seen: [UInt16] = []
    for request in 1...9 {
      try ring.add(readable: [4])
      _ = ring.kick()
      seen.append(ring.driver.notificationPosition)
      _ = ring.kick()
      seen.append(ring.driver.notificationPosition)
      let position =
        format == .split ? UInt16(request) : UInt16(request % 4) | (request / 4 % 2 == 0 ? 0x8000 : 0)
      expected += [position, position]
      try ring.serve()
      _ = ring.interrupt()
      _ = try ring.reap()
    }
    #expect(seen == expected)
  }

  @Test(.conforms("PACK-T-01", "PACK-T-04"), arguments: [3, 5, 8])
  func `wrap counters start at 1, toggle at the end, and lists are skipped whole`(size: Int) throws {
    let ring = try RingBench(.packed, size: size)
    var position = PackedPosition(slot: 0, wrap: true)
    for round in 0..<3 * size {
      let count = 1 + round % min(size, 5)
      #expect(try flags(position.slot, in: ring) & 0x8080 != position.availableFlags.rawValue)
      try ring.add(readable: Array(repeating: 4, count: count))
      _ = ring.kick()
      #expect(try flags(position.slot, in: ring) & 0x8080 == position.availableFlags.rawValue)
      try ring.serve()
      _ = ring.interrupt()
      #expect(try flags(position.slot, in: ring) & 0x8080 == position.usedFlags.rawValue)
      #expect(try ring.reap() != nil)
      position.advance(by: count, size: size)
      #expect(ring.device.state.nextAvailable == UInt16(position.slot))
      #expect(ring.device.state.availableWrap == position.wrap)
      #expect(ring.device.state.nextUsed == UInt16(position.slot))
    }
  }

  @Test(.conforms("PACK-T-05"))
  func `WRITE in a used descriptor says whether something was written`() throws {
    let ring = try RingBench(.packed)
    for bytes in [[], [1, 2]] as [[UInt8]] {
      try ring.add(readable: [4], writable: [4])
      _ = ring.kick()
      let slot = Int(ring.device.state.nextUsed)
      try ring.serve(bytes)
      _ = ring.interrupt()
      #expect(try flags(slot, in: ring) & 2 == (bytes.isEmpty ? 0 : 2))
      if bytes.isEmpty { try ring.deviceMemory.write(UInt32(99), address: 0x1000 + UInt64(slot * 16 + 8)) }
      #expect(try ring.reap()?.byteCount == UInt32(bytes.count))
    }
  }
}
