import Testing

@testable import Virtio

/// Rings, indices and memory that break the rules.
@Suite struct HostileRingTests {
  /// Whether a device makes a ring of this.
  private func makes(_ format: RingFormat, in memory: GuestMemory, size: Int, at addresses: QueueAddresses) -> Bool {
    do throws(VirtioError) {
      _ = try AnyDeviceRing(format, in: memory, size: size, at: addresses, options: RingOptions())
      return true
    } catch {
      return false
    }
  }

  @Test(arguments: [9, 1000, 65535, 0x8000] as [UInt16])
  func `an available index beyond the queue size, or going back, only a reset helps`(index: UInt16) throws {
    let ring = try ForgedRing(.split)
    try ring.setAvailableIndex(index)
    let error = #expect(throws: ChainError.self) { try ring.bench.pop() }
    #expect(error?.fault == .indexJump)
    #expect(error?.isReturnable == false)
  }

  @Test func `more chains in flight than the queue holds are refused, split`() throws {
    let ring = try ForgedRing(.split, size: 2)
    for _ in 0..<2 {
      try ring.offer([.init()])
      #expect(ring.fault() == nil)
    }
    try ring.offer([.init()])
    #expect(ring.fault() == .tooManyInFlight)
  }

  @Test func `more chains in flight than the queue holds are refused, packed`() throws {
    let bench = try RingBench(.packed, size: 2)
    for slot in 0..<UInt64(2) { try bench.driverMemory.write(UInt16(0x0080), address: 0x1000 + slot * 16 + 14) }
    #expect(try bench.pop())
    #expect(try bench.pop())
    for slot in 0..<UInt64(2) { try bench.driverMemory.write(UInt16(0x8000), address: 0x1000 + slot * 16 + 14) }
    #expect(throws: ChainError(fault: .tooManyInFlight, id: 0, slots: 0)) { try bench.pop() }
  }

  @Test(arguments: RingFormat.allCases, [0, 3, 100, 32769, 65536])
  func `a size that the format does not allow makes no ring`(format: RingFormat, size: Int) throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x20_0000)])
    let addresses = QueueAddresses(descriptors: 0, driver: 0x10_0000, device: 0x18_0000)
    let isLegal = format == .packed && (size == 3 || size == 100)
    #expect(makes(format, in: memory, size: size, at: addresses) == isLegal)
  }

  @Test(arguments: RingFormat.allCases)
  func `rings that overlap each other make no ring`(format: RingFormat) throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x10000)])
    for addresses in [
      QueueAddresses(descriptors: 0, driver: 0x40, device: 0x800),
      QueueAddresses(descriptors: 0, driver: 0x800, device: 0x40),
      QueueAddresses(descriptors: 0, driver: 0x800, device: 0x800),
    ] {
      #expect(!makes(format, in: memory, size: 8, at: addresses), "\(addresses)")
    }
  }

  @Test(arguments: RingFormat.allCases)
  func `rings outside memory, across its end, or beyond 2⁶⁴ make no ring`(format: RingFormat) throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x10000)])
    for address in [0x10000, 0xfff0, UInt64.max - 15] as [UInt64] {
      let addresses = QueueAddresses(descriptors: address, driver: 0x800, device: 0x900)
      #expect(!makes(format, in: memory, size: 8, at: addresses))
    }
  }

  @Test(arguments: RingFormat.allCases)
  func `buffers that overlap the rings harm nobody but the driver`(format: RingFormat) throws {
    for area in [RingBench.addresses.descriptors, RingBench.addresses.driver, RingBench.addresses.device] {
      let ring = try RingBench(format)
      try ring.add(writable: [4], address: area)
      _ = ring.kick()
      try ring.serve([0xff, 0xff, 0xff, 0xff])
      _ = ring.interrupt()
      for _ in 0..<20 {
        do throws(ChainError) { try ring.serve([0xff]) } catch where !error.isReturnable { break } catch {}
      }
    }
  }

  @Test func `a buffer across adjacent regions is one buffer, across a gap it is none`() throws {
    let memory = try GuestMemory(regions: [
      MemoryRegion(at: 0x2000, byteCount: 0x1000), MemoryRegion(at: 0, byteCount: 0x1000),
      MemoryRegion(at: 0x1000, byteCount: 0x1000), MemoryRegion(at: 0x4000, byteCount: 0x1000),
    ])
    try memory.write(UInt64(0x1122_3344_5566_7788), address: 0xffc)
    #expect(try memory.read(UInt64.self, address: 0xffc) == 0x1122_3344_5566_7788)
    let chain = Chain(in: memory)
    #expect(chain.storage.pointee.append(Descriptor(address: 0xffc, byteCount: 0x1008, flags: [], link: 0)) == nil)
    chain.storage.pointee.isOpen = true
    #expect(chain.read(UInt64.self, at: 0) == 0x1122_3344_5566_7788)
    let beyond = Descriptor(address: 0x2ffc, byteCount: 8, flags: [], link: 0)
    #expect(chain.storage.pointee.append(beyond) == .outsideMemory)
  }

  /// Every read that the device makes of a request is a point at which the driver may change memory under its hands.
  @Test(arguments: RingFormat.allCases, [FeatureSet([]), .indirectDescriptors])
  func `memory changed before any chosen read harms nobody`(format: RingFormat, features: FeatureSet) throws {
    var changesTried = 0
    for target in 0..<UInt64(5) {
      for value in [0, 0xffff_ffff_ffff_ffff, 0x0004_0004_0000_0010, 0x8001_8001_ffff_0000] as [UInt64] {
        for moment in 0..<24 {
          let ring = try RingBench(format, features: features)
          let log = MemoryLog()
          let table: UInt64? = features.isEmpty ? nil : 0x7_0000
          let places = [0x1000, 0x1008, RingBench.addresses.driver, 0x7_0000, 0x7_0008]
          log.onEvent = { [memory = ring.driverMemory] number, event in
            guard number == moment, case .read = event else { return }
            try! memory.write(value, address: places[Int(target)])
            changesTried += 1
          }
          try ring.add(readable: [8, 8], writable: [16], table: table)
          _ = ring.kick()
          ring.deviceMemory.observer = log
          for _ in 0..<3 {
            do throws(ChainError) {
              guard try ring.serve([1, 2, 3]) else { break }
              #expect(ring.chain.writtenByteCount <= ring.chain.writableByteCount)
              #expect(ring.chain.readableByteCount + ring.chain.writableByteCount <= 1 << 32)
            } catch {
              guard error.isReturnable else { break }
              ring.device.giveBack(error)
            }
          }
          _ = ring.interrupt()
        }
      }
    }
    #expect(changesTried > 100)
  }

  /// A table may stand at any address.
  @Test(arguments: RingFormat.allCases, [nil, 0x7_0000, 0x7_0004] as [UInt64?])
  func `each field of a descriptor, and of the rings, is read once`(format: RingFormat, table: UInt64?) throws {
    let ring = try RingBench(format, features: .indirectDescriptors)
    let log = MemoryLog()
    try ring.add(readable: [8, 8], writable: [16], table: table)
    _ = ring.kick()
    ring.deviceMemory.observer = log
    #expect(try ring.pop())
    let bytes = log.reads.flatMap { Array($0) }
    // Of a split ring also an index and a head.
    #expect(bytes.count == (table == nil ? 48 : 64) + (format == .split ? 4 : 0))
    #expect(Set(bytes).count == bytes.count)
  }
}
