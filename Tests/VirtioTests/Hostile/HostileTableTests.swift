import Testing

@testable import Virtio

/// Indirect tables that break the rules, or look as if they did.
@Suite struct HostileTableTests {
  typealias Entry = ForgedRing.Entry
  static let table: UInt64 = 0x7_0000

  private func indirect(_ byteCount: UInt32, flags: DescriptorFlags = []) -> Entry {
    Entry(address: Self.table, byteCount: byteCount, flags: flags.union(.indirect))
  }

  @Test func `a loop within an indirect table ends`() throws {
    let ring = try ForgedRing(.split)
    try ring.writeTable([Entry(flags: .next, next: 1), Entry(flags: .next, next: 0)], at: Self.table)
    try ring.offer([indirect(32)])
    #expect(ring.fault() == .tooLong)
  }

  @Test(arguments: RingFormat.allCases)
  func `an indirect descriptor without negotiation is refused`(format: RingFormat) throws {
    let ring = try ForgedRing(format, features: [])
    try ring.offer([indirect(16)])
    #expect(ring.fault() == .indirectNotNegotiated)
  }

  @Test(.conforms("INDIR-R-02"))
  func `a nested indirect table is refused`() throws {
    let ring = try ForgedRing(.split)
    try ring.writeTable([indirect(16)], at: Self.table)
    try ring.offer([indirect(16)])
    #expect(ring.fault() == .indirectNested)
  }

  @Test(arguments: [1, 4, 5, 0x7ffd, 0xfffd] as [UInt16])
  func `in a packed ring's table only WRITE counts`(flags: UInt16) throws {
    let ring = try ForgedRing(.packed)
    let reserved = DescriptorFlags(rawValue: flags)
    try ring.writeTable([Entry(flags: reserved), Entry(flags: reserved.union(.write))], at: Self.table)
    try ring.offer([indirect(32)])
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.readableByteCount == 16)
    #expect(ring.bench.chain.writableByteCount == 16)
  }

  @Test(arguments: RingFormat.allCases)
  func `INDIRECT together with NEXT is refused`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.offer([indirect(16, flags: .next), Entry()])
    #expect(ring.fault() == .indirectWithNext)
  }

  @Test(arguments: RingFormat.allCases, [1, 15, 17, 0] as [UInt32])
  func `an indirect table that is empty or not a multiple of 16 is refused`(
    format: RingFormat, byteCount: UInt32
  ) throws {
    let ring = try ForgedRing(format)
    try ring.offer([indirect(byteCount)])
    #expect(ring.fault() == .indirectByteCount)
  }

  @Test(arguments: RingFormat.allCases)
  func `an indirect table larger than the queue is refused`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.writeTable((0..<9).map { Entry(flags: $0 < 8 ? .next : [], next: $0 + 1) }, at: Self.table)
    try ring.offer([indirect(9 * 16)])
    #expect(ring.fault() == .tooLong)
  }

  @Test(arguments: [(3, 5, nil), (4, 5, .tooLong), (1, 8, .tooLong)] as [(UInt16, UInt16, ChainFault?)])
  func `a chain is as long as its descriptors and its table together`(
    direct: UInt16, table: UInt16, fault: ChainFault?
  ) throws {
    let ring = try ForgedRing(.split)
    try ring.writeTable((0..<table).map { Entry(flags: $0 < table - 1 ? .next : [], next: $0 + 1) }, at: Self.table)
    try ring.offer((0..<direct).map { Entry(flags: .next, next: $0 + 1) } + [indirect(UInt32(table) * 16)])
    #expect(ring.fault() == fault)
  }

  @Test(arguments: RingFormat.allCases)
  func `a table's next beyond its end is refused, where next counts`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.writeTable([Entry(flags: .next, next: 5), Entry()], at: Self.table)
    try ring.offer([indirect(32)])
    #expect(ring.fault() == (format == .split ? .nextOutOfRange : nil))
  }

  @Test(arguments: 0...3)
  func `direct descriptors and then a table make one chain`(direct: UInt16) throws {
    let ring = try ForgedRing(.split)
    try ring.writeTable([Entry(flags: .next, next: 1), Entry(flags: .write)], at: Self.table)
    try ring.offer((0..<direct).map { Entry(flags: .next, next: $0 + 1) } + [indirect(32)])
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.readableByteCount == 16 * (Int(direct) + 1))
    #expect(ring.bench.chain.writableByteCount == 16)
  }

  @Test func `a packed list with a table in it is refused`() throws {
    let ring = try ForgedRing(.packed)
    try ring.writeTable([Entry()], at: Self.table)
    try ring.offer([Entry(flags: .next), indirect(16)])
    #expect(ring.fault() == .indirectInList)
  }

  @Test(arguments: RingFormat.allCases)
  func `WRITE on the indirect descriptor is ignored`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.writeTable([Entry()], at: Self.table)
    try ring.offer([indirect(16, flags: .write)])
    #expect(ring.fault() == nil)
    #expect(ring.bench.chain.readableByteCount == 16)
  }

  @Test(arguments: RingFormat.allCases)
  func `a writable buffer before a readable one is refused`(format: RingFormat) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(flags: [.write, .next], next: 1), Entry()])
    #expect(ring.fault() == .readableAfterWritable)
  }

  @Test(arguments: RingFormat.allCases, [UInt64.max - 15, UInt64(RingBench.byteCount) - 8])
  func `an indirect table outside memory is refused`(format: RingFormat, address: UInt64) throws {
    let ring = try ForgedRing(format)
    try ring.offer([Entry(address: address, byteCount: 16, flags: .indirect)])
    #expect(ring.fault() == .outsideMemory)
  }

  @Test func `an indirect table that runs beyond 2⁶⁴ is refused`() throws {
    let top = UInt64.max - 0xfff
    let memory = try GuestMemory(regions: [MemoryRegion(at: top, byteCount: 0xff0)])
    let table = top + 0xf00
    try memory.write(DescriptorFlags.next.rawValue, address: table + 12)
    try memory.write(UInt16(31), address: table + 14)
    let chain = Chain(in: memory)
    let indirect = Descriptor(address: table, byteCount: 512, flags: .indirect, link: 0)
    #expect(chain.storage.pointee.append(table: indirect, after: 0, queueSize: 64, .split) == .outsideMemory)
  }
}
