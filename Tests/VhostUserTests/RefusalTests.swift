import Device
import Testing
@testable import VhostUser
import Virtio
import Wire

/// What a front end may not say.
@Suite struct RefusalTests {
  @Test func `a refusal that nobody can be told of ends the connection`() throws {
    let test = try TestBackend()
    #expect(test.ask(.setRingEnable, .ring(99, 1), flags: .requestWithResult) == .reply(Payload(number: 1)))
    #expect(test.ask(.setRingEnable, .ring(99, 1)) == .close)
    #expect(test.ask(.getRingBase, .ring(99, 0), flags: .requestWithResult) == .close)
    #expect(test.ask(.getConfiguration, .configuration(250, [0, 0, 0, 0, 0, 0, 0])) == .reply(Payload([])))
    let other = try TestBackend(features: ProtocolFeatures([.configuration]))
    #expect(other.ask(.setRingEnable, .ring(99, 1), flags: .requestWithResult) == .close)
  }

  static let rings: [(Request, Payload, String)] = [
    (.setRingEnable, .ring(0, 2), "SET_VRING_ENABLE: a ring is enabled with 2"),
    (.setRingSize, .ring(0, 0), "SET_VRING_NUM: a queue size of 0"),
    (.setRingSize, .ring(0, 40000), "SET_VRING_NUM: a queue size of 40000"),
    (.setRingSize, .ring(0, 512), "SET_VRING_NUM: a queue size of 512"),
    (.setRingKick, Payload(number: 0x200), "SET_VRING_KICK: a ring 0x200"),
    (.setRingBase, .ring(0, 65536), "SET_VRING_BASE: position 65536 of a split ring"),
    (
      .setFeatures, Payload(number: 1 << 31 | 1 << 32),
      "SET_FEATURES: the device does not work with features 0x180000000"
    ),
    (.setFeatures, Payload(number: 1 << 28), "SET_FEATURES: the device does not work with features 0x10000000"),
    (
      .setProtocolFeatures, Payload(number: 1 << 62),
      "SET_PROTOCOL_FEATURES: the device does not work with features 0x4000000000000000"
    ),
    (
      .setConfiguration, .configuration(250, [UInt8](repeating: 0, count: 7)),
      "SET_CONFIG: configuration from 250 to 257"
    ),
    (.setConfiguration, .configuration(0, [0], size: 2), "SET_CONFIG: 2 bytes of configuration in a payload of 13"),
    (.setConfiguration, .configuration(0, [0], flags: 2), "SET_CONFIG: configuration flags 2"),
    (.removeMemoryRegion, .single(.region(guest: 0, size: 1, user: 0)), "REM_MEM_REG: there is no such region"),
    (.setMemoryTable, .table([], count: 3), "SET_MEM_TABLE: 3 regions in a payload of 8 bytes"),
    (.checkDeviceState, Payload([]), "CHECK_DEVICE_STATE: no state has moved as a whole"),
  ]

  @Test(arguments: rings.indices)
  func `a value that cannot be is refused with what it is`(index: Int) throws {
    let (request, payload, message) = Self.rings[index]
    let test = try TestBackend()
    _ = test.ask(request, payload)
    #expect(test.refusals == [message])
  }

  static let tables: [([Payload], String)] = [
    (
      [.region(guest: 0, size: 8192, user: 0), .region(guest: 4096, size: 4096, user: 1 << 20)],
      "memory: the region at 0x1000 overlaps the one before it"
    ),
    (
      [.region(guest: 0, size: 8192, user: 0), .region(guest: 1 << 20, size: 4096, user: 4096)],
      "regions that overlap in the front end"
    ),
    ([.region(guest: 0, size: 0, user: 0)], "memory: no region of 0 bytes can stand at 0x0"),
    ([.region(guest: 0, size: .max, user: 0)], "a region that ends beyond the address space"),
    ([.region(guest: .max, size: 4096, user: 0)], "memory: no region of 4096 bytes can stand at 0xffffffffffffffff"),
    ([.region(guest: 0, size: 4096, user: .max)], "a region that ends beyond the address space"),
    ([.region(guest: 0, size: 1 << 20, user: 0)], "memory: the file does not have the 1048576 bytes to map"),
    ([.region(guest: 0, size: 4096, user: 0, offset: 1)], "memory: mmap: Invalid argument"),
    ([.region(guest: 0, size: 4096, user: 0, offset: .max)], "a region that ends beyond the address space"),
  ]

  @Test(arguments: tables.indices, [true, false])
  func `a memory table that cannot be is refused, and the one before it stays`(index: Int, asTable: Bool) throws {
    let (regions, message) = Self.tables[index]
    let test = try TestBackend()
    func file() throws -> PassedDescriptors { PassedDescriptors(try .memory("guest", byteCount: 1 << 14)) }
    let earlier = Payload.region(guest: 1 << 30, size: 8192, user: 1 << 40)
    _ = test.ask(.addMemoryRegion, .single(earlier), try file())
    if asTable {
      var files = PassedDescriptors()
      for _ in regions { files.append(try .memory("guest", byteCount: 1 << 14)) }
      _ = test.ask(.setMemoryTable, .table(regions), files)
    } else {
      for region in regions { _ = test.ask(.addMemoryRegion, .single(region), try file()) }
    }
    #expect(test.refusals == ["\((asTable ? Request.setMemoryTable : .addMemoryRegion).rule.name): \(message)"])
    #expect(test.backend.device.memory.regions.contains { $0.address == 1 << 30 })
  }

  @Test func `a table without regions takes guest memory away, and rings with it`() throws {
    let rig = try RingRig()
    for step in RingRig.Step.allCases { rig.take(step) }
    #expect(rig.isRunning)
    #expect(rig.test.ask(.setMemoryTable, .table([])) == .silence)
    #expect(!rig.isRunning && rig.test.backend.device.memory.regions.isEmpty && rig.test.refusals.isEmpty)
  }

  @Test func `no more regions are taken than were said to be possible`() throws {
    let test = try TestBackend()
    let limit = try #require(test.number(.getMemorySlots))
    for index in 0...limit {
      let region = Payload.region(guest: index << 20, size: 4096, user: index << 20)
      _ = test.ask(.addMemoryRegion, .single(region), PassedDescriptors(try .memory("guest", byteCount: 4096)))
    }
    #expect(test.refusals == ["ADD_MEM_REG: more than 64 regions"])
  }
}
