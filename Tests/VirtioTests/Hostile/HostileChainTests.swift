import Testing

@testable import Virtio

/// Descriptor chains that break the rules: each ends in the fault that says so, whatever the ring's format.
@Suite struct HostileChainTests {
  typealias Entry = ForgedRing.Entry

  @Test(arguments: [8, 9, 65535] as [UInt16])
  func `a head index of at least the queue size is refused`(head: UInt16) throws {
    let ring = try ForgedRing(.split)
    try ring.offer([Entry()], head: head)
    #expect(ring.fault() == .headOutOfRange)
  }

  @Test(arguments: [8, 9, 65535] as [UInt16])
  func `a next index of at least the queue size is refused`(next: UInt16) throws {
    let ring = try ForgedRing(.split)
    try ring.offer([Entry(flags: .next, next: next)])
    #expect(ring.fault() == .nextOutOfRange)
  }

  @Test func `a loop through the head ends`() throws {
    let ring = try ForgedRing(.split)
    try ring.offer([Entry(flags: .next, next: 1), Entry(flags: .next, next: 0)])
    #expect(ring.fault() == .tooLong)
  }

  @Test func `a loop beside the head ends`() throws {
    let ring = try ForgedRing(.split)
    try ring.offer([Entry(flags: .next, next: 1), Entry(flags: .next, next: 2), Entry(flags: .next, next: 1)])
    #expect(ring.fault() == .tooLong)
  }

  @Test func `a packed list around the whole ring ends`() throws {
    let ring = try ForgedRing(.packed)
    try ring.offer(Array(repeating: Entry(flags: .next), count: 8))
    #expect(ring.fault() == .tooLong)
  }

  @Test func `a packed list that runs into slots not made available is refused`() throws {
    let ring = try ForgedRing(.packed)
    try ring.offer([Entry(flags: .next)])
    #expect(ring.fault() == .notAvailable)
  }

  @Test func `a chain of more than 2³² bytes in total is refused`() throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 1 << 32)])
    let chain = Chain(in: memory)
    let whole = Descriptor(address: 0, byteCount: .max, flags: [], link: 0)
    #expect(chain.storage.pointee.append(whole) == nil)
    #expect(chain.storage.pointee.append(Descriptor(address: 0, byteCount: 1, flags: [], link: 0)) == nil)
    #expect(chain.storage.pointee.append(Descriptor(address: 0, byteCount: 1, flags: [], link: 0)) == .tooLarge)
  }

  @Test(arguments: RingFormat.allCases)
  func `a buffer of no bytes is harmless wherever it points`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(address: .max, byteCount: 0, flags: .next, next: 1), Entry()])
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.readableByteCount == 16)
  }

  @Test(
    arguments: RingFormat.allCases,
    [UInt64.max - 3, .max, UInt64(RingBench.byteCount), UInt64(RingBench.byteCount) - 15])
  func `address plus length beyond memory, or beyond 2⁶⁴, is refused`(format: RingFormat, address: UInt64) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(address: address)])
    #expect(ring.fault() == .outsideMemory)
  }

  @Test(arguments: RingFormat.allCases)
  func `a readable buffer behind a writable one of no bytes is refused`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(byteCount: 0, flags: [.write, .next], next: 1), Entry()])
    #expect(ring.fault() == .readableAfterWritable)
  }

  @Test(arguments: RingFormat.allCases)
  func `a malformed chain can be given back, and the next one is served`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.add(readable: [16], token: 1)
    try ring.driverMemory.write(UInt64.max, address: RingBench.addresses.descriptors)
    try ring.add(writable: [16], token: 2)
    _ = ring.kick()
    let error = #expect(throws: ChainError.self) { try ring.pop() }
    ring.device.giveBack(try #require(error))
    try ring.serve([7])
    #expect(ring.interrupt())
    #expect(try ring.reap() == Completion(token: 1, byteCount: 0))
    #expect(try ring.reap() == Completion(token: 2, byteCount: 1))
  }

  @Test(arguments: RingFormat.allCases)
  func `a request that is too short for its header says so`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(byteCount: 7)])
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.read(UInt64.self, at: 0) == nil)
    #expect(ring.bench.chain.read(UInt32.self, at: 4) == nil)
    #expect(ring.bench.chain.read(UInt16.self, at: 5) != nil)
  }

  @Test(arguments: RingFormat.allCases)
  func `a header split over many descriptors reads as one`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.bench.driverMemory.write(UInt64(0x0807_0605_0403_0201), address: RingBench.buffers)
    try ring.offer((0..<8).map {
      Entry(address: RingBench.buffers + UInt64($0), byteCount: 1, flags: $0 < 7 ? .next : [], next: $0 + 1)
    })
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.read(UInt64.self, at: 0) == 0x0807_0605_0403_0201)
  }

  /// The buffers are apart, so that what is behind the first is not what comes after it.
  @Test(arguments: RingFormat.allCases)
  func `a copy that starts in one buffer and ends in the next keeps to both`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    let (memory, base) = (ring.bench.driverMemory, RingBench.buffers)
    try memory.write(address: base, bytes: Array(0..<16))
    try memory.write(address: base + 0x100, bytes: Array(16..<32))
    try ring.offer((0..<4).map {
      let flags: DescriptorFlags = $0 < 2 ? .next : $0 == 2 ? [.write, .next] : .write
      return Entry(address: base + UInt64($0) * 0x100, flags: flags, next: UInt16($0) + 1)
    })
    #expect(ring.fault() == nil)
    var bytes = [UInt8](repeating: 0, count: 16)
    _ = bytes.withUnsafeMutableBytes { ring.bench.chain.read(at: 8, into: $0) }
    #expect(bytes == Array(8..<24))
    ring.bench.chain.write(at: 8, bytes: bytes)
    let zeros = [UInt8](repeating: 0, count: 8)
    #expect(try memory.bytes(address: base + 0x200, byteCount: 24) == zeros + Array(8..<16) + zeros)
    #expect(try memory.bytes(address: base + 0x300, byteCount: 16) == Array(16..<24) + zeros)
  }
}
