import Glibc
import Testing
@testable import VhostUser
import Virtio
import Wire

/// Guest memory in files of several kinds.
@Suite(.serialized) struct MemoryTests {
  @Test(arguments: [0, 4096, 3 << 12, 1 << 20])
  func `a region starts where its description says, within its file`(offset: Int) throws {
    try Self.checkRegion(at: offset, isHuge: false)
  }

  static let needed: Comment = "needs 8 free huge pages: sysctl vm.nr_hugepages=8"

  @Test(.enabled(if: HugePages.free >= 8, needed), arguments: [0, 4096, 1 << 20, (1 << 20) + 4096])
  func `a region may start within a huge page`(offset: Int) throws { try Self.checkRegion(at: offset, isHuge: true) }

  @Test(.enabled(if: HugePages.free >= 8, needed), arguments: ServedDeviceTests.formats)
  func `a guest whose memory has huge pages is served`(format: FeatureSet) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format), pages: .huge)
    let sa = try guest.addSA(Samples.sa)
    #expect(try Samples.open(try guest.process(Samples.packet(), on: sa)) == Samples.packet())
    #expect(served.log.isEmpty)
  }

  @Test(.enabled(if: HugePages.free >= 8, needed))
  func `huge pages that are taken away end a connection and nothing else`() throws {
    let first = try Served(), second = try Served()
    defer {
      first.end()
      second.end()
    }
    let guest = try Guest(try second.connect())
    let sa = try guest.addSA(Samples.sa)
    let hostile = try Guest(try first.connect(), pages: .hugeCuttable)
    hostile.memory.cut()
    hostile.frontEnd.kick(0)
    #expect(first.tells("the front end has cut a file that it shares"))
    _ = try guest.process(Samples.packet(), on: sa)
  }

  @Test func `huge pages that are not to be had are refused`() throws {
    let test = try TestBackend()
    let count = UInt64(HugePages.byteCount) * 4096 * 1024
    let file = try FileDescriptor.memory("guest", byteCount: Int(count), isHuge: true)
    _ = test.ask(.addMemoryRegion, .single(.region(guest: 0, size: count, user: 0)), PassedDescriptors(file))
    #expect(test.refusals == ["ADD_MEM_REG: memory: mmap: Cannot allocate memory"])
  }

  /// Has a region mapped, and looks for what was written to the file before.
  private static func checkRegion(at offset: Int, isHuge: Bool) throws {
    let test = try TestBackend()
    let page = isHuge ? HugePages.byteCount : 4096
    let (size, guest) = (3 * page / 2 / 4096 * 4096, UInt64(1 << 30))
    let count = (offset + size + page - 1) / page * page
    let file = try FileDescriptor.memory("guest", byteCount: count, isHuge: isHuge)
    let whole = try #require(mmap(nil, count, PROT_READ | PROT_WRITE, MAP_SHARED, file.number, 0))
    defer { munmap(whole, count) }
    whole.storeBytes(of: 0x1234, toByteOffset: offset, as: UInt32.self)
    whole.storeBytes(of: 0x5678, toByteOffset: offset + size - 4, as: UInt32.self)
    let region = Payload.region(guest: guest, size: UInt64(size), user: 1 << 40, offset: UInt64(offset))
    #expect(test.ask(.addMemoryRegion, .single(region), PassedDescriptors(file)) == .silence)
    let memory = test.backend.device.memory
    #expect(try memory.read(UInt32.self, address: guest) == 0x1234)
    #expect(try memory.read(UInt32.self, address: guest + UInt64(size) - 4) == 0x5678)
    #expect(!memory.contains(address: guest + UInt64(size), byteCount: 1))
    #expect(test.refusals.isEmpty)
    #expect(test.ask(.removeMemoryRegion, .single(region)) == .silence)
  }
}
