import Device
import Driver
import Spec
import Testbench
import Testing
import Virtio

/// The g-API in Swift, which the C functions are made of.
@Suite struct LookAsideTests {
  let platform: Platform
  let lookAside: LookAside

  init() throws {
    platform = try Platform(PlatformTree.board(mmio: []))
    lookAside = LookAside(platform.kernel, platform.driver)
    for slot in 0..<2 { try platform.insert(into: slot) }
    try platform.boot()
  }

  static var tunnel: SAConfiguration {
    var configuration = SAConfiguration(spi: 0x1001)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    configuration.cipher = .init(.aesGCM16, key: Array(1...16), salt: [1, 2, 3, 4])
    configuration.replayWindow = 64
    return configuration
  }

  /// Who may open what another application has.
  @Test(arguments: [GAPI.Mode.exclusive, .shared], [GAPI.Mode.exclusive, .shared])
  func `an accelerator is shared by those who all share it`(_ first: GAPI.Mode, _ second: GAPI.Mode) throws {
    let application = try lookAside.open(first, name: "virtio0")
    let isShared = first == .shared && second == .shared
    let other = try? lookAside.open(second, name: "virtio0")
    #expect((other != nil) == isShared)
    #expect(application.device.mode == first)
    #expect(try lookAside.open(second).device.name == (isShared ? "virtio0" : "virtio1"))
  }

  @Test func `a flush without a group takes one's own SAs only`() throws {
    let left = try lookAside.open(.shared, name: "virtio0"), right = try lookAside.open(.shared, name: "virtio0")
    let mine = try left.addSA([Self.tunnel], direction: .outbound)
    let theirs = try right.addSA([Self.tunnel], direction: .outbound)
    try left.flush()
    #expect(throws: DriverError.self) { try left.read(mine) }
    #expect(try right.read(theirs).spi == 0x1001)
    #expect(throws: DriverError.self) { try left.read(theirs) }
    #expect(throws: DriverError.self) { try right.close() }
    try left.close()
    #expect(left.device.counters.sasDeleted == 1)
  }

  @Test func `SAs are deleted from the middle, the front and the end, and the others stay in order`() throws {
    let application = try lookAside.open(.exclusive)
    var sas = try (0..<20).map { _ in try application.addSA([Self.tunnel], direction: .outbound) }
    for index in [7, 0, 17, 3, 15, 0] {
      let sa = sas.remove(at: index)
      try application.delete(sa)
      #expect(throws: DriverError.self) { try application.delete(sa) }
      #expect(application.associations.map(ObjectIdentifier.init) == sas.map(ObjectIdentifier.init))
    }
    try application.flush()
    #expect(application.associations.isEmpty)
    #expect(application.device.counters.sasDeleted == 20)
  }

  @Test func `a flush goes past SAs that others delete meanwhile, and leaves those that they add`() throws {
    let application = try lookAside.open(.exclusive)
    let sas = try (0..<3).map { _ in try application.addSA([Self.tunnel], direction: .outbound) }
    let accelerator = try #require(platform.accelerator(in: 0))
    var added: LookAsideSA?
    // The device leaves the flush's first command alone until the flush waits; then others ask for something, too.
    var command: (queue: DeviceQueue, device: VirtioDevice)?
    accelerator.onNotify = { command = ($0, $1) }
    platform.kernel.scheduler.outside = {
      guard accelerator.onNotify != nil, let command else { return false }
      accelerator.onNotify = nil
      accelerator.serve(command.queue, of: command.device)
      #expect(throws: DriverError.self) { try application.delete(sas[0]) }
      #expect(throws: Never.self) {
        try application.delete(sas[1])
        added = try application.addSA([Self.tunnel], direction: .outbound)
      }
      return true
    }
    try application.flush()
    #expect(application.associations.count == 1 && application.associations[0] === added)
    #expect(application.device.counters.sasDeleted == 3)
    #expect(application.device.saCount == 1)
  }

  @Test(arguments: [false, true])
  func `a flush leaves an SA that is being deleted to whoever deletes it`(ofGroup: Bool) throws {
    let application = try lookAside.open(.exclusive)
    let group = try application.addGroup()
    let sas = try (0..<3).map { _ in try application.addSA([Self.tunnel], direction: .outbound, group: group) }
    let accelerator = try #require(platform.accelerator(in: 0))
    // The device leaves the deletion alone until whoever asked for it waits; then others flush.
    var command: (queue: DeviceQueue, device: VirtioDevice)?
    accelerator.onNotify = { command = ($0, $1) }
    platform.kernel.scheduler.outside = {
      guard accelerator.onNotify != nil, let command else { return false }
      accelerator.onNotify = nil
      accelerator.serve(command.queue, of: command.device)
      #expect(throws: Never.self) { try application.flush(ofGroup ? group : nil) }
      return true
    }
    try application.delete(sas[0])
    #expect(application.associations.isEmpty)
    #expect(application.device.counters.sasDeleted == 3)
    #expect(application.device.saCount == 0)
  }

  @Test func `packets come back in order, and leave nothing in the kernel's memory in the end`() throws {
    let application = try lookAside.open(.exclusive)
    let sa = try application.addSA([Self.tunnel], direction: .outbound)
    let before = platform.kernel.pages.liveCount
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
    let output = UnsafeMutableRawBufferPointer.allocate(byteCount: 300, alignment: 8)
    defer {
      input.deallocate()
      output.deallocate()
    }
    input.copyBytes(from: [0x45, 0, 0, 100, 0, 1, 0, 0, 64, 59, 0x66, 0x59, 10, 1, 0, 1, 10, 2, 0, 2])
    var order: [Int] = []
    let packets = (0..<500).map { index in
      LookAsidePacket(sa, input: [UnsafeRawBufferPointer(input)], output: [output]) { result in
        #expect((try? result.get()) == 156)
        order.append(index)
      }
    }
    var kept: [Int] = []
    for _ in 0..<3 {
      order = []
      try application.submit(packets)
      #expect(throws: DriverError.self) { try application.submit([packets[7]]) }
      #expect(application.device.inFlight == 500)
      lookAside.run()
      #expect(order == Array(0..<500))
      #expect(application.device.inFlight == 0)
      kept.append(platform.kernel.pages.liveCount)
    }
    #expect(kept == Array(repeating: kept[0], count: 3))
    #expect(application.device.counters.packetsIn == 1500 && application.device.counters.bytesIn == 150_000)
    try application.delete(sa)
    try application.close()
    #expect(platform.kernel.pages.liveCount == before)
    #expect(platform.kernel.dma.complaints == [])
  }

  @Test func `an accelerator that nobody has open is pulled out, and plugged in again`() throws {
    for count in [1, 2] {
      if count == 1 { platform.pull(from: 1) } else { try platform.insert(into: 1) }
      platform.host?.removeAbsent()
      platform.host?.rescan()
      platform.kernel.scheduler.run()
      #expect(lookAside.devices.count == count)
    }
  }

  @Test func `a packet that is waited for comes back at once, without an interrupt`() throws {
    let application = try lookAside.open(.exclusive)
    let outbound = try application.addSA([Self.tunnel], direction: .outbound)
    let inbound = try application.addSA([Self.tunnel], direction: .inbound)
    let plain = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
    let sealed = UnsafeMutableRawBufferPointer.allocate(byteCount: 156, alignment: 8)
    let opened = UnsafeMutableRawBufferPointer.allocate(byteCount: 100, alignment: 8)
    defer { for memory in [plain, sealed, opened] { memory.deallocate() } }
    plain.copyBytes(from: [0x45, 0, 0, 100, 0, 1, 0, 0, 64, 59, 0x66, 0x59, 10, 1, 0, 1, 10, 2, 0, 2])
    let there = LookAsidePacket(outbound, input: [UnsafeRawBufferPointer(plain)], output: [sealed])
    let back = LookAsidePacket(inbound, input: [UnsafeRawBufferPointer(sealed)], output: [opened])
    for round in 0..<5 {
      let before = platform.kernel.log.lines(.interrupt).count
      #expect(try application.process(there) == 156)
      #expect(try application.process(back) == 100)
      #expect(Array(opened) == Array(plain))
      platform.kernel.scheduler.run()
      // The first time, the device may have been asked for an interrupt before.
      #expect(round == 0 || platform.kernel.log.lines(.interrupt).count == before)
    }
    // What was received once is a replay.
    #expect(throws: DriverError.self) { try application.process(back) }
    #expect(application.device.inFlight == 0)
  }

  @Test(arguments: [1, 500], [false, true])
  func `packets that wait wake up a device that fell asleep`(count: Int, isPolled: Bool) throws {
    var parameters = IPsecDriver.Parameters()
    parameters.autosuspendDelay = 100_000_000
    let platform = try Platform(PlatformTree.board(mmio: []), parameters: parameters)
    let lookAside = LookAside(platform.kernel, platform.driver)
    try platform.insert(into: 0)
    try platform.boot()
    let application = try lookAside.open(.exclusive)
    let sa = try application.addSA([Self.tunnel], direction: .outbound)
    let instance = try #require(platform.instances.first)
    let input: [UInt8] =
      [0x45, 0, 0, 100, 0, 1, 0, 0, 64, 59, 0x66, 0x59, 10, 1, 0, 1, 10, 2, 0, 2] + Array(repeating: 0, count: 80)
    var output = [UInt8](repeating: 0, count: 300)
    try input.withUnsafeBytes { input in
      try output.withUnsafeMutableBytes { output in
        var results: [Int?] = []
        let packets = (0..<count).map { _ in
          LookAsidePacket(sa, input: [input], output: [output]) { results.append(try? $0.get()) }
        }
        for _ in 0..<2 {
          platform.kernel.scheduler.sleep(300_000_000)
          #expect(instance.state == .asleep)
          try application.submit(packets, isPolled: isPolled)
          // What did not fit waits on, while the device has nothing to do, and falls asleep again.
          platform.kernel.scheduler.sleep(300_000_000)
          lookAside.run()
          #expect(results == Array(repeating: 156, count: count))
          results = []
        }
        platform.kernel.scheduler.sleep(300_000_000)
        #expect(try application.process(LookAsidePacket(sa, input: [input], output: [output])) == 156)
      }
    }
    try application.delete(sa)
    try application.close()
  }

  @Test func `of packets one of which is there twice, or under way, none is taken`() throws {
    let application = try lookAside.open(.exclusive)
    let sa = try application.addSA([Self.tunnel], direction: .outbound)
    let input = UnsafeMutableRawBufferPointer.allocate(byteCount: 20, alignment: 8)
    defer { input.deallocate() }
    input.copyBytes(from: [0x45, 0, 0, 20, 0, 1, 0, 0, 64, 59, 0x66, 0x59, 10, 1, 0, 1, 10, 2, 0, 2])
    var returned = 0
    let packets = (0..<3).map { _ in
      LookAsidePacket(sa, input: [UnsafeRawBufferPointer(input)], output: nil) { _ in returned += 1 }
    }
    #expect(throws: DriverError.self) { try application.submit([packets[0], packets[1], packets[0]]) }
    #expect(application.device.inFlight == 0)
    try application.submit([packets[0]])
    #expect(throws: DriverError.self) { try application.submit([packets[1], packets[0], packets[2]]) }
    try application.submit([packets[1], packets[2]])
    lookAside.run()
    #expect(returned == 3)
  }

  @Test func `an accelerator that nobody has open is given up when it does not recover`() throws {
    platform.kernel.faults.arm(.command, isLasting: true)
    platform.device(in: 0)?.needReset()
    platform.kernel.scheduler.sleep(10_000_000_000)
    #expect(lookAside.devices.map(\.name) == ["virtio1"])
  }
}
