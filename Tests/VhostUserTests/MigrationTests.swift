import Device
import ESP
import Testing
@testable import Testbench
@testable import VhostUser
import Virtio
import Wire

/// A guest that moves from one host to another.
@Suite struct MigrationTests {
  @Test(arguments: ServedDeviceTests.formats)
  func `a guest that moves takes SAs, sequence numbers and rings along`(format: FeatureSet) throws {
    let source = try Served(), destination = try Served()
    defer {
      source.end()
      destination.end()
    }
    let guest = try Guest(try source.connect(), features: ServedDeviceTests.all.union(format))
    let peer = try Peer()
    let sa = try guest.addSA(Samples.sa)
    for _ in 0..<10 { _ = try peer.open(try guest.process(Samples.packet(), on: sa)) }
    let positions = try guest.frontEnd.stop()
    let state = try guest.frontEnd.saveState()
    try guest.frontEnd.move(try destination.connect())
    try guest.frontEnd.loadState(state)
    let offered = try guest.offer(guest.chain(for: Samples.packet(), on: sa), on: 2)
    try guest.frontEnd.start(from: positions)
    #expect(try guest.await(on: 2).token == offered)
    for _ in 0..<10 { _ = try peer.open(try guest.process(Samples.packet(), on: sa)) }
    #expect(peer.highest == 21)
    #expect(source.log + destination.log == [])
  }

  @Test func `a state that was changed on the way is refused and the device is empty`() throws {
    let source = try Served(), destination = try Served()
    defer {
      source.end()
      destination.end()
    }
    let guest = try Guest(try source.connect())
    _ = try guest.addSA(Samples.sa)
    _ = try guest.frontEnd.stop()
    var state = try guest.frontEnd.saveState()
    state[state.count / 2] ^= 1
    try guest.frontEnd.move(try destination.connect())
    #expect(throws: FrontEndError.refused("CHECK_DEVICE_STATE")) { try guest.frontEnd.loadState(state) }
    #expect(throws: FrontEndError.refused("CHECK_DEVICE_STATE")) { try guest.frontEnd.loadState([1, 2, 3]) }
    try guest.start()
    _ = try guest.addSA(Samples.sa)
    #expect(destination.log.count == 2)
  }

  @Test func `a sealed state shows no key and needs the same one to open`() throws {
    func profile(_ byte: UInt8) -> AcceleratorProfile {
      var profile = AcceleratorProfile()
      profile.sealState(with: Key([UInt8](repeating: byte, count: 32)))
      return profile
    }
    let source = try Served(.event, profile(1)), right = try Served(.event, profile(1))
    let wrong = try Served(.event, profile(2))
    defer { for served in [source, right, wrong] { served.end() } }
    let guest = try Guest(try source.connect())
    _ = try guest.addSA(Samples.sa)
    _ = try guest.frontEnd.stop()
    let state = try guest.frontEnd.saveState()
    #expect(!state.indices.dropLast(16).contains { Array(state[$0..<$0 + 16]) == [UInt8](1...16) })
    try guest.frontEnd.move(try wrong.connect())
    #expect(throws: FrontEndError.self) { try guest.frontEnd.loadState(state) }
    try guest.frontEnd.move(try right.connect())
    try guest.frontEnd.loadState(state)
  }

  @Test func `a device whose rings run gives no state`() throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect())
    #expect(throws: FrontEndError.self) { try guest.frontEnd.saveState() }
    #expect(served.log == ["SET_DEVICE_STATE_FD: ring 0 is running"])
  }

  @Test(arguments: ServedDeviceTests.formats)
  func `every page that the device writes is in the log, as long as it is asked for`(format: FeatureSet) throws {
    let served = try Served()
    defer { served.end() }
    let guest = try Guest(try served.connect(), features: ServedDeviceTests.all.union(format))
    let sa = try guest.addSA(Samples.sa)
    let log = try guest.frontEnd.startLog(byteCount: 1 << 18)
    _ = log.take()
    let answer = try guest.offer(guest.chain(for: Samples.packet(3000), on: sa), on: 2)
    _ = try guest.await(on: 2)
    let ring = guest.frontEnd.queues[2]!.addresses
    let used = format.contains(.ringPacked) ? ring.descriptors : ring.device
    let pages = Set(log.take())
    #expect(pages.isSuperset(of: [used & ~4095, answer & ~4095, (answer + 3000) & ~4095]))
    #expect(pages.count <= 4)
    try guest.frontEnd.stopLog()
    // Until then the device also asks for notifications again, on a page of the ring, whenever it gets to it.
    _ = log.take()
    _ = try guest.process(Samples.packet(), on: sa)
    #expect(log.take().isEmpty)
  }
}
