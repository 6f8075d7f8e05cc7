import Testing

@testable import Virtio

/// SPLIT, INDIR, ORDER and VQ: what both ring formats, or split rings, promise.
@Suite struct SplitRingTests {
  private let bytes: [UInt8] = Array(1...12)

  @Test(.conforms("SPLIT-D-01", "PACK-D-07"), arguments: RingFormat.allCases)
  func `a request means the same however it is cut`(format: RingFormat) throws {
    for first in 0...12 {
      let ring = try RingBench(format)
      try ring.driverMemory.write(address: RingBench.buffers, bytes: bytes)
      try ring.add(readable: [UInt32(first), UInt32(12 - first)])
      _ = ring.kick()
      #expect(try ring.pop())
      #expect(ring.chain.readableBytes == bytes)
      #expect(ring.chain.read(UInt64.self, at: 2) == 0x0a09_0807_0605_0403)
    }
  }

  @Test(
    .conforms("SPLIT-D-02", "SPLIT-D-03", "SPLIT-D-04", "PACK-D-03", "PACK-D-04", "VQ-T-01"),
    arguments: RingFormat.allCases)
  func `the device reads what is readable, and writes what is writable`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.add(readable: [16], writable: [16], token: 3)
    _ = ring.kick()
    let log = MemoryLog()
    ring.deviceMemory.observer = log
    #expect(try ring.pop())
    _ = ring.chain.readableBytes
    ring.chain.write(at: 0, bytes: Array(repeating: 1, count: 99))
    ring.device.complete(ring.chain)
    _ = ring.interrupt()
    let (readable, writable) = (RingBench.buffers..<RingBench.buffers + 16, RingBench.buffers + 16..<RingBench.buffers + 32)
    #expect(!log.writes.contains { $0.overlaps(readable) })
    #expect(!log.reads.contains { $0.overlaps(writable) })
    #expect(log.writes.filter { $0.lowerBound >= RingBench.buffers } == [writable])
    if format == .split { #expect(!log.writes.contains { $0.overlaps(0x1000..<0x1080) }) }
    #expect(try ring.reap() == Completion(token: 3, byteCount: 16))
  }

  @Test(.conforms("SPLIT-D-05"))
  func `the used element is stored before the used index`() throws {
    let ring = try RingBench(.split)
    try ring.add(writable: [16])
    _ = ring.kick()
    let log = MemoryLog()
    ring.deviceMemory.observer = log
    try ring.serve([1])
    _ = ring.interrupt()
    let used = RingBench.addresses.device
    #expect(log.writes.map(\.lowerBound).filter { $0 >= used && $0 < used + 0x100 } == [used + 4, used + 8, used + 2])
  }

  @Test(.conforms("SPLIT-D-06"), arguments: RingFormat.allCases)
  func `the used length counts what was written without a gap`(format: RingFormat) throws {
    for (writes, expected) in [
      ([0..<4], 4), ([4..<8], 0), ([4..<8, 0..<4], 8), ([8..<12, 4..<8, 0..<4], 12), ([0..<4, 8..<12], 4), ([], 0),
      ([0..<99], 16),
    ] {
      let ring = try RingBench(format, poison: 0x55)
      try ring.add(writable: [7, 9])
      _ = ring.kick()
      #expect(try ring.pop())
      for range in writes { ring.chain.write(at: range.lowerBound, bytes: Array(repeating: 0xaa, count: range.count)) }
      ring.device.complete(ring.chain)
      _ = ring.interrupt()
      #expect(try ring.reap()?.byteCount == UInt32(expected))
      let written = try ring.driverMemory.bytes(address: RingBench.buffers, byteCount: expected)
      #expect(written.allSatisfy { $0 == 0xaa })
    }
  }

  @Test(.conforms("SPLIT-R-01", "PACK-R-01"), arguments: RingFormat.allCases)
  func `every part of a queue is aligned, or makes no ring`(format: RingFormat) throws {
    for size in [1, 2, 8, 256] {
      let addresses = QueueAddresses(format, size: size, at: 0x1000)
      #expect(addresses.descriptors % 16 == 0)
      #expect(addresses.driver % (format == .split ? 2 : 4) == 0)
      #expect(addresses.device % 4 == 0)
    }
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x1_0000)])
    for addresses in [
      QueueAddresses(descriptors: 8, driver: 0x800, device: 0x900),
      QueueAddresses(descriptors: 0, driver: 0x801, device: 0x900),
      QueueAddresses(descriptors: 0, driver: 0x800, device: 0x902),
    ] {
      #expect(throws: VirtioError.self) {
        _ = try AnyDriverRing(format, in: memory, size: 8, at: addresses, options: RingOptions())
      }
    }
  }

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

  @Test(.conforms("SPLIT-R-05", "SPLIT-T-02"))
  func `indices run freely through 65536`() throws {
    let ring = try RingBench(.split, size: 4)
    var last: UInt16 = 0
    for request in 0..<65537 {
      try ring.add(writable: [4], token: UInt64(request))
      _ = ring.kick()
      let index = try ring.deviceMemory.read(UInt16.self, address: RingBench.addresses.driver + 2)
      guard index == last &+ 1 else {
        Issue.record("index \(index) after \(last)")
        return
      }
      last = index
      try ring.serve([1])
      _ = ring.interrupt()
      guard try ring.reap() == Completion(token: UInt64(request), byteCount: 1) else {
        Issue.record("request \(request) is lost")
        return
      }
    }
    #expect(last == 1)
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
        .fence(.processors), .write(address: available + 2, byteCount: 2), .fence(.processors),
        .read(address: used, byteCount: 2),
      ])
  }

  @Test(.conforms("SPLIT-T-01", "PACK-T-08"), arguments: RingFormat.allCases, [1, 2, 3, 100, 32768])
  func `queues of every legal size work, from memory of any content`(format: RingFormat, size: Int) throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x20_0000)])
    let addresses = QueueAddresses(format, size: size, at: 0x1000)
    guard format == .packed || size & (size - 1) == 0 else {
      #expect(throws: VirtioError.badQueueSize(size)) {
        _ = try AnyDriverRing(format, in: memory, size: size, at: addresses, options: RingOptions())
      }
      return
    }
    let poison = [UInt8](repeating: 0xff, count: QueueAddresses.byteCount(format, size: size))
    try memory.write(address: 0x1000, bytes: poison)
    var driver = try AnyDriverRing(format, in: memory, size: size, at: addresses, options: RingOptions())
    var device = try AnyDeviceRing(format, in: memory, size: size, at: addresses, options: RingOptions())
    var chain = Chain(in: memory)
    let buffers = [Buffer(address: 0x1f_0000, byteCount: 8)]
    for token in 0..<UInt64(3 * min(size, 500) + 1) {
      try driver.add(buffers.span, readableCount: 0, token: token)
      _ = driver.publish()
      let isThere = try device.pop(into: &chain)
      #expect(isThere)
      device.complete(chain)
      _ = device.publish()
      let completion = try driver.reap()
      #expect(completion == Completion(token: token, byteCount: 0))
    }
  }

  // MARK: Indirect descriptors

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

  // MARK: In-order use

  @Test(.conforms("ORDER-D-01", "ORDER-T-01", "ORDER-T-02", "ORDER-T-03"), arguments: RingFormat.allCases)
  func `with IN_ORDER a batch is used in order, by one element`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 8, features: .inOrder)
    for lap in 0..<UInt64(5) {
      for request in 0..<UInt64(3) { try ring.add(writable: [4], token: lap * 3 + request) }
      _ = ring.kick()
      var first = Chain(in: ring.deviceMemory)
      var second = Chain(in: ring.deviceMemory)
      #expect(try ring.pop(into: &first) && ring.pop(into: &second) && ring.pop())
      let log = MemoryLog()
      ring.deviceMemory.observer = log
      ring.chain.write(at: 0, bytes: [1])
      second.write(at: 0, bytes: [1, 2, 3, 4])
      first.write(at: 0, bytes: [1, 2, 3, 4])
      ring.device.complete(ring.chain)
      ring.device.complete(second)
      _ = ring.interrupt()
      #expect(try ring.reap() == nil)
      log.clear()
      ring.device.complete(first)
      _ = ring.interrupt()
      ring.deviceMemory.observer = nil
      #expect(log.writes.count == 3)
      #expect(try ring.reap() == Completion(token: lap * 3, byteCount: 4))
      #expect(try ring.reap() == Completion(token: lap * 3 + 1, byteCount: 4))
      #expect(try ring.reap() == Completion(token: lap * 3 + 2, byteCount: 1))
      #expect(try ring.reap() == nil)
      #expect(ring.driver.freeCount == 8)
    }
  }

  @Test(.conforms("ORDER-R-01", "ORDER-T-04"))
  func `with IN_ORDER descriptors are taken in table order, around its end`() throws {
    let ring = try RingBench(.split, size: 8, features: .inOrder)
    for lap in 0..<6 {
      try ring.add(readable: [4, 4], writable: [4])
      _ = ring.kick()
      let slot = UInt64(lap % 8)
      let head = try ring.deviceMemory.read(UInt16.self, address: RingBench.addresses.driver + 4 + slot * 2)
      #expect(Int(head) == lap * 3 % 8)
      for index in 0..<2 {
        let at = (Int(head) + index) % 8
        #expect(try ring.deviceMemory.read(UInt16.self, address: 0x1000 + UInt64(at * 16 + 14)) == UInt16((at + 1) % 8))
      }
      try ring.serve([1])
      _ = ring.interrupt()
      #expect(try ring.reap() != nil)
    }
  }
}
