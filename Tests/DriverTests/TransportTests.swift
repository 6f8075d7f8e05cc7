import Device
import Driver
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct TransportTests {
  @Test(arguments: Rig.all)
  func `a packet goes out and comes back`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    #expect(instance.version == rig.version)
    let outbound = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let inbound = try instance.addSA(Samples.gcmTunnel(), direction: .inbound)
    let peer = try Samples.peer()
    for seed in UInt8(0)..<20 {
      let packet = Samples.packet(64 + Int(seed) * 50, seed: seed)
      let sealed = try instance.process(packet, on: outbound)
      #expect(try peer.open(sealed) == packet)
      #expect(try instance.process(sealed, on: inbound) == packet)
    }
    #expect(throws: DriverError.self) { try instance.process(Samples.packet(), on: inbound) }
    #expect(instance.counters.inFlight == 0)
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test(arguments: Rig.all)
  func `packets in pieces come out in pieces`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let packet = Samples.packet(1000)
    let request = try IPsecRequest(packet, on: sa, platform.kernel, pieces: 5)
    try instance.submit([request])
    _ = try instance.wait(for: request)
    let sealed = try #require(request.result(platform.kernel))
    #expect(try Samples.peer().open(sealed) == packet)
    request.free(platform.kernel)
  }

  @Test(arguments: Rig.all)
  func `a batch takes one notification, and comes back in order`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let accelerator = rig.accelerator(platform)
    var notifications = 0
    accelerator.onNotify = { queue, device in
      notifications += 1
      accelerator.serve(queue, of: device)
    }
    let packets = (0..<12).map { Samples.packet(100, seed: UInt8($0)) }
    let requests = try packets.map { try IPsecRequest($0, on: sa, platform.kernel) }
    var order: [Int] = []
    for (index, request) in requests.enumerated() { request.completion = { _ in order.append(index) } }
    #expect(try instance.submit(requests) == requests.count)
    _ = try instance.wait(for: requests.last!)
    #expect(notifications == 1)
    #expect(order == Array(0..<12))
    let peer = try Samples.peer()
    for (request, packet) in zip(requests, packets) {
      #expect(try peer.open(try #require(request.result(platform.kernel))) == packet)
      request.free(platform.kernel)
    }
  }

  @Test func `a full queue takes what fits, and the rest later`() throws {
    let rig = Rig()
    let (platform, instance) = try rig.boot { $0.features?.remove(FeatureSet(bit: Int(Feature.multiPacket.rawValue))) }
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let hold = Hold(rig.accelerator(platform))
    let requests = try (0..<40).map { try IPsecRequest(Samples.packet(seed: UInt8($0)), on: sa, platform.kernel) }
    let taken = try instance.submit(requests)
    #expect((1..<40).contains(taken))
    #expect(throws: DriverError.self) { try instance.submit([requests.last!]) }
    hold.release()
    platform.kernel.scheduler.run()
    #expect(try instance.submit(Array(requests[taken...])) > 0)
    platform.kernel.scheduler.run()
    #expect(instance.counters.inFlight == 0)
  }

  @Test(arguments: [8, 16, 32], [1, 2])
  func `a batch goes through a ring that has no room for the longest chain`(queueSize: Int, pieces: Int) throws {
    let (platform, instance) = try Rig(queueSize: queueSize).boot()
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let requests = try (0..<40).map { index in
      let packet = Samples.packet(300, seed: UInt8(index))
      return try IPsecRequest(packet, on: sa, platform.kernel, pieces: index == 0 ? pieces : 1)
    }
    var taken = 0
    while taken < requests.count {
      taken += try instance.submit(Array(requests[taken...]))
      platform.kernel.scheduler.run()
    }
    let peer = try Samples.peer()
    for (index, request) in requests.enumerated() {
      #expect(try peer.open(try #require(request.result(platform.kernel))) == Samples.packet(300, seed: UInt8(index)))
      request.free(platform.kernel)
    }
  }

  @Test func `pieces need F_SG_BUFFERS`() throws {
    let (platform, instance) = try Rig().boot { $0.features?.remove(FeatureSet(bit: Int(Feature.sgBuffers.rawValue))) }
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let request = try IPsecRequest(Samples.packet(500), on: sa, platform.kernel, pieces: 3)
    let error = #expect(throws: DriverError.self) { try instance.submit([request]) }
    #expect(error?.errno == .EOPNOTSUPP)
    #expect(instance.counters.submitted == 0)
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0])
  func `a big-endian guest says so, and is understood`(version: SpecVersion) throws {
    let rig = Rig(version: version, guestOrder: .big)
    let (platform, instance) = try rig.boot { $0.guestOrder = .big }
    defer { withExtendedLifetime(platform) {} }
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    let packet = Samples.packet(300)
    #expect(try Samples.peer().open(try instance.process(packet, on: sa)) == packet)
    #expect(try instance.read(sa).spi == 0x1001)
  }
}
