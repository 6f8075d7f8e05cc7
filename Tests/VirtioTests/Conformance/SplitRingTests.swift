import Testing

@testable import Virtio

/// SPLIT and VQ: what the device makes of a ring of either format, and how a split ring is laid out.
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
    .conforms("SPLIT-D-02", "SPLIT-D-03", "SPLIT-D-04", "PACK-D-03", "PACK-D-04"),
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
    let readable = RingBench.buffers..<RingBench.buffers + 16
    let writable = readable.upperBound..<readable.upperBound + 16
    #expect(!log.writes.contains { $0.overlaps(readable) })
    #expect(!log.reads.contains { $0.overlaps(writable) })
    #expect(log.writes.filter { $0.lowerBound >= RingBench.buffers } == [writable])
    if format == .split { #expect(!log.writes.contains { $0.overlaps(0x1000..<0x1080) }) }
    #expect(try ring.reap() == Completion(token: 3, byteCount: 16))
  }

  @Test(.conforms("VQ-T-01"), arguments: TransportKind.allCases)
  func `the last queue of as many as can be works`(kind: TransportKind) throws {
    var (profile, pci) = (Bench.profile, PCIProfile())
    profile.queueSizes = Array(repeating: 8, count: kind == .mmio ? 0x1_0000 : 0xffff)
    pci.vectors = 1
    let bench = try Bench(kind, profile: profile, pci: pci)
    let (session, first) = try bench.bringUp()
    let last = try session.makeQueue(profile.queueSizes.count - 1, size: 8, at: 0x4000)
    try last.send(token: 7)
    try first.send(token: 8)
    #expect(bench.function.notifications == [profile.queueSizes.count - 1, 0])
    #expect(try last.reap() == Completion(token: 7, byteCount: 2))
    #expect(try first.reap() == Completion(token: 8, byteCount: 2))
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

  @Test(arguments: RingFormat.allCases, [FeatureSet([]), .inOrder])
  func `a used length of 2³² is the largest that there is room for`(format: RingFormat, features: FeatureSet) throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 1 << 27)])
    let addresses = QueueAddresses(format, size: 64, at: 0)
    let options = RingOptions(features)
    var driver = try AnyDriverRing(format, in: memory, size: 64, at: addresses, options: options)
    var device = try AnyDeviceRing(format, in: memory, size: 64, at: addresses, options: options)
    let buffers = Array(repeating: Buffer(address: 1 << 26, byteCount: 1 << 26), count: 64)
    try driver.add(buffers.span, readableCount: 0, token: 1)
    _ = driver.publish()
    var chain = Chain(in: memory)
    #expect(try device.pop(into: &chain))
    chain.forEachWritable(0..<1 << 32) { _ in }
    #expect(chain.writtenByteCount == 1 << 32)
    device.complete(chain)
    _ = device.publish()
    let completion = try driver.reap()
    #expect(completion == Completion(token: 1, byteCount: .max))
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

  @Test(.conforms("SPLIT-R-05", "SPLIT-T-02", "NOTIF-T-02"))
  func `indices run freely through 65536`() throws {
    let ring = try RingBench(.split, size: 4)
    var last: UInt16 = 0
    for request in 0..<65537 {
      try ring.add(writable: [4], token: UInt64(request))
      _ = ring.kick()
      let index = try ring.deviceMemory.read(UInt16.self, address: RingBench.addresses.driver + 2)
      guard index == last &+ 1, ring.driver.notificationPosition == index else {
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
    for token in 0..<UInt64(2 * size + 1) {
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
}
