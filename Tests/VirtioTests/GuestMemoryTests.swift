import Glibc
import Testing

@testable import Virtio

@Suite struct GuestMemoryTests {
  @Test func `regions may not overlap, be empty, or end beyond 2⁶⁴`() throws {
    #expect(throws: VirtioError.overlappingRegions(address: 0xfff)) {
      _ = try GuestMemory(regions: [MemoryRegion(at: 0xfff, byteCount: 16), MemoryRegion(at: 0, byteCount: 0x1000)])
    }
    #expect(throws: VirtioError.self) { _ = try MemoryRegion(at: 0, byteCount: 0) }
    #expect(throws: VirtioError.self) { _ = try MemoryRegion(at: .max - 7, byteCount: 8) }
    #expect(throws: VirtioError.badRegion(address: 0, byteCount: .max)) {
      _ = try MemoryRegion(at: 0, byteCount: .max)
    }
    #expect(throws: VirtioError.self) { _ = try MemoryRegion(at: 0, byteCount: 4096, fileDescriptor: -5) }
  }

  @Test func `an access outside is refused as a whole`() throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0x1000, byteCount: 0x1000)])
    for address in [0xfff, 0x1ff9, 0x2000, .max, 0] as [UInt64] {
      #expect(throws: VirtioError.self) { try memory.write(UInt64.max, address: address) }
      #expect(throws: VirtioError.self) { _ = try memory.read(UInt64.self, address: address) }
    }
    #expect(try memory.bytes(address: 0x1000, byteCount: 0x1000).allSatisfy { $0 == 0 })
  }

  @Test func `a ring is aligned in the guest, as the standard says, and in the host, as atomic access needs`() throws {
    let memory = try GuestMemory(regions: [MemoryRegion(at: 0x1008, byteCount: 0x1000)])
    for address in [0x1008, 0x1010] as [UInt64] {
      #expect(throws: VirtioError.misalignedRing(address: address, alignment: 16)) {
        _ = try RingArea(in: memory, at: address, byteCount: 16, alignment: 16)
      }
    }
    #expect(throws: Never.self) { _ = try RingArea(in: memory, at: 0x1010, byteCount: 16, alignment: 8) }
  }

  @Test func `an area lies in one region, and its accesses are seen like any other`() throws {
    let memory = try GuestMemory(regions: [
      MemoryRegion(at: 0x1000, byteCount: 0x1000), MemoryRegion(at: 0x2000, byteCount: 0x1000),
    ])
    for (address, byteCount) in [(0x1ff0, 17), (0xfff, 1), (0x3000, 1), (0x1000, 0), (.max, 2)] as [(UInt64, Int)] {
      #expect(throws: VirtioError.outsideMemory(address: address, byteCount: byteCount)) {
        _ = try MemoryArea(in: memory, at: address, byteCount: byteCount)
      }
    }
    let log = MemoryLog()
    memory.observer = log
    let area = try MemoryArea(in: memory, at: 0x1ff0, byteCount: 16)
    withUnsafeBytes(of: UInt32(0xfeed_face).littleEndian) { area.write(at: 12, $0) }
    var value: UInt32 = 0
    withUnsafeMutableBytes(of: &value) { area.read(at: 12, into: $0) }
    #expect(UInt32(littleEndian: value) == 0xfeed_face)
    #expect(log.events == [.write(address: 0x1ffc, byteCount: 4), .read(address: 0x1ffc, byteCount: 4)])
    memory.observer = nil
    #expect(try memory.read(UInt32.self, address: 0x1ffc) == 0xfeed_face)
    // What goes over a border is served all the same.
    try memory.write(UInt64(0x0123_4567_89ab_cdef), address: 0x1ffd)
    #expect(try memory.read(UInt64.self, address: 0x1ffd) == 0x0123_4567_89ab_cdef)
  }

  @Test func `memory mapped from a file is shared through it`() throws {
    let stream = try #require(tmpfile())
    defer { fclose(stream) }
    let file = fileno(stream)
    #expect(ftruncate(file, 0x3000) == 0)
    let whole = try GuestMemory(regions: [MemoryRegion(at: 0, byteCount: 0x3000, fileDescriptor: file)])
    let part = try GuestMemory(regions: [
      MemoryRegion(at: 0x8000_0000, byteCount: 0x1000, fileDescriptor: file, offset: 0x1000)
    ])
    for (byteCount, offset) in [(0x3001, 0), (0x1000, 0x3000), (0x1000, .max - 0xfff), (0x1000, -0x1000)] {
      #expect(throws: VirtioError.fileTooShort(byteCount: byteCount)) {
        _ = try MemoryRegion(at: 0, byteCount: byteCount, fileDescriptor: file, offset: offset)
      }
    }
    #expect(throws: VirtioError.fileTooShort(byteCount: 0x3001)) {
      _ = try DirtyLog(byteCount: 0x3001, fileDescriptor: file)
    }
    try whole.write(UInt32(0xfeed_face), address: 0x1010)
    #expect(try part.read(UInt32.self, address: 0x8000_0010) == 0xfeed_face)
  }

  @Test func `the dirty log has the pages that one side wrote`() throws {
    let ring = try RingBench(.split)
    let log = try DirtyLog(addressesBelow: UInt64(RingBench.byteCount))
    ring.deviceMemory.dirtyLog = log
    try ring.add(writable: [0x2000], address: 0x9_0ff0)
    _ = ring.kick()
    #expect(log.take().isEmpty)
    try ring.serve(Array(repeating: 1, count: 0x20))
    _ = ring.interrupt()
    #expect(log.isDirty(address: 0x9_0fff))
    #expect(log.take() == [0x2_2000, 0x9_0000, 0x9_1000])
    #expect(log.take().isEmpty)
    log.mark(address: .max - 10, byteCount: 8)
    #expect(log.take().isEmpty)
  }

  @Test func `an observer sees the accesses of its side, and no other's`() throws {
    let ring = try RingBench(.split)
    let log = MemoryLog()
    ring.deviceMemory.observer = log
    try ring.add(readable: [8])
    _ = ring.kick()
    #expect(log.events.isEmpty)
    #expect(try ring.pop())
    #expect(log.events.map { if case .read = $0 { true } else { false } }.contains(true))
    #expect(log.writes.isEmpty)
  }
}
