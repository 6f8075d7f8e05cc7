import Foundation
import Testing

@testable import Virtio

/// Saving a device, and going on in another.
@Suite struct StateTests {
  @Test(arguments: RingFormat.allCases)
  func `a ring goes on from the state of another`(format: RingFormat) throws {
    let ring = try RingBench(format, size: 4)
    for token in 0..<UInt64(7) {
      try ring.add(writable: [4], token: token)
      _ = ring.kick()
      try ring.serve([1])
      _ = ring.interrupt()
      #expect(try ring.reap()?.token == token)
      ring.device = try AnyDeviceRing(
        format, in: ring.deviceMemory, size: 4, at: RingBench.addresses, options: RingOptions(),
        state: ring.device.state)
    }
  }

  /// A state as it arrives.
  private func sent<State: Codable>(_ state: State) throws -> State {
    try JSONDecoder().decode(State.self, from: JSONEncoder().encode(state))
  }

  @Test(arguments: RingFormat.allCases)
  func `an MMIO device goes on elsewhere, its interrupt still pending`(format: RingFormat) throws {
    let bench = try Bench(.mmio)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    for _ in 0..<3 {
      try queue.send()
      #expect(try queue.reap() != nil)
    }
    let generation = session.transport.readGeneration()
    bench.device.changeConfiguration(at: 0, to: [0xee])
    let other = MMIOTransport(
      Bench.profile, in: bench.deviceMemory, interrupts: bench.interrupts, function: bench.function)
    bench.interrupts.setLine(false)
    other.restore(try sent(bench.mmio!.state))
    #expect(bench.interrupts.isAsserted)
    let driver = try #require(try MMIODriver(other))
    #expect(driver.takeInterruptCauses() == [.queue, .configuration])
    #expect(driver.readGeneration() != generation)
    #expect(driver.readConfiguration(at: 0, byteCount: 1) == 0xee)
    try queue.add([Buffer(address: Bench.buffers, byteCount: 16)].span, readableCount: 0, token: 9)
    driver.notify(queue: 0, position: nil)
    queue.kick()
    other.device.notify(0)
    #expect(try queue.reap()?.token == 9)
  }

  @Test(arguments: RingFormat.allCases)
  func `a PCI function goes on elsewhere, with its vectors, masks and pending bits`(format: RingFormat) throws {
    let bench = try Bench(.pci)
    let driver = try bench.makePCIDriver()
    let session = DriverSession(driver, memory: bench.driverMemory)
    var profile = Bench.driverProfile
    if format == .packed { profile.supported.formUnion(.ringPacked) }
    try session.negotiate(profile)
    #expect(driver.enableMSIX(PCIInterruptTests.messages) == 4)
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    let table = PCIWindow(bench.pci!, bar: 1)
    table.write(\MSIXEntry.control, at: MSIXEntry.byteCount, 1)
    bench.pci!.writeBAR(4, at: 0x16, byteCount: 2, 1)
    try queue.send()
    bench.device.changeConfiguration(at: 0, to: [0xee])
    #expect(bench.interrupts.messages == [100])

    let memory = GuestMemory(sharing: bench.driverMemory)
    let function = TestFunction()
    let other = PCIFunction(Bench.profile, in: memory, interrupts: bench.interrupts, function: function)
    other.restore(try sent(bench.pci!.state))
    #expect(other.device.isRunning)
    #expect(bench.interrupts.messages == [100])
    #expect(other.readBAR(4, at: 0x16, byteCount: 2) == 1)
    #expect(other.readBAR(4, at: PCIFunction.isrOffset, byteCount: 1) == 2)
    for offset in stride(from: 0, to: 256, by: 4) {
      let expected = bench.pci!.readConfiguration(at: offset, byteCount: 4)
      #expect(other.readConfiguration(at: offset, byteCount: 4) == expected)
    }
    PCIWindow(other, bar: 1).write(\MSIXEntry.control, at: MSIXEntry.byteCount, 0)
    #expect(bench.interrupts.messages == [100, 101])
    #expect(try queue.reap()?.byteCount == 2)

    set(bench, busMaster: false)
    try queue.add([Buffer(address: Bench.buffers, byteCount: 16)].span, readableCount: 0, token: 9)
    queue.kick()
    other.device.notify(0)
    #expect(function.served.count == 1)
    #expect(try queue.reap()?.token == 9)
    #expect(bench.interrupts.messages == [100, 101, 101])
  }

  private func set(_ bench: Bench, busMaster: Bool) {
    bench.pci!.writeConfiguration(at: 4, byteCount: 2, busMaster ? 0x6 : 0x2)
  }

  @Test(arguments: TransportKind.allCases)
  func `a suspended device tells elsewhere what changed`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    try session.suspend()
    bench.device.changeConfiguration(at: 0, to: [0xee])
    let state = try sent(bench.device.state)
    bench.device.restore(state)
    #expect(bench.interrupts.count == 0)
    try session.resume()
    #expect(bench.interrupts.count == 1)
  }

  @Test func `a state that cannot be needs a reset`() throws {
    let bench = try Bench(.pci)
    _ = try bench.bringUp()
    let good = bench.pci!.state
    var profile = PCIProfile()
    profile.vectors = 2
    let other = try Bench(.pci, pci: profile)
    _ = try other.bringUp()
    var changes: [(inout PCIFunction.State) -> Void] = [{ $0.msix = other.pci!.state.msix }]
    changes.append { $0.device.queues.removeLast() }
    changes.append { $0.device.queues[0].size = 3 }
    changes.append { $0.device.queues[1].size = -1 }
    changes.append { $0.device.accepted[3] = 1 }
    changes.append { $0.device.queues[0].addresses.descriptors = 1 }
    changes.append { $0.device.configuration = ConfigurationSpace(bytes: []) }
    changes.append { $0.device.status |= 0x20 }
    changes.append { $0.device.status &= ~DeviceStatus.featuresOK.rawValue }
    changes.append {
      $0.device.status &= ~DeviceStatus.featuresOK.rawValue
      for index in $0.device.queues.indices { $0.device.queues[index].ring = nil }
    }
    changes.append { $0.device.status |= DeviceStatus.suspend.rawValue }
    changes.append { $0.device.status ^= DeviceStatus([.driverOK, .suspend, .featuresOK]).rawValue }
    changes.append { ($0.device.status, $0.device.accepted[1]) = (0x1b, $0.device.accepted[1] & ~0x800) }
    changes.append { $0.device.accepted[1] &= ~1 }
    changes.append { $0.device.accepted[0] = $0.device.accepted[0] & ~1 | 2 }
    changes.append { $0.device.accepted.append(0) }
    changes.append { $0.device.nextConfiguration = $0.device.configuration.bytes }
    changes.append { ($0.device.status, $0.device.nextConfiguration) = (0x1b, []) }
    changes.append { $0.device.queues[0].ring!.nextUsed &+= 1 }
    changes.append { $0.device.queues[0].ring!.usedWrap = false }
    changes.append { $0.device.queues[2].ring = RingState() }
    changes.append { $0.device.queues[0].vector = 99 }
    changes.append { $0.common.configurationVector = 99 }
    for (number, change) in changes.enumerated() {
      var state = good
      change(&state)
      let bench = try Bench(.pci)
      bench.pci!.restore(state)
      #expect(bench.device.status.contains(.needsReset), "change \(number)")
      #expect(!bench.device.isRunning)
    }
    let picky = try Bench(.pci)
    picky.function.isAcceptable = { _ in false }
    picky.pci!.restore(good)
    #expect(picky.device.status.contains(.needsReset))
  }

  /// The driver does not notify twice.
  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `what a device was notified of, and had not served, is served elsewhere`(
    kind: TransportKind, format: RingFormat
  ) throws {
    let bench = try Bench(kind)
    let (_, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    bench.function.isDeaf = true
    try queue.send()
    bench.function.isDeaf = false
    let state = try sent(bench.device.state)
    #expect(try queue.reap() == nil)
    bench.device.restore(state)
    #expect(bench.device.hasWaitingQueues)
    bench.device.continueService()
    #expect(try queue.reap()?.byteCount == 2)
    #expect(!bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases)
  func `a device taken over before it is negotiated with offers as much as it did`(kind: TransportKind) throws {
    var profile = Bench.profile
    profile.queueSizes = [50]
    let bench = try Bench(kind, profile: profile)
    bench.device.restore(try sent(bench.device.state))
    let transport = try bench.makeTransport()
    bench.device.writeFeatures(word: 1, FeatureSet([.version1, .ringPacked]).word(1))
    bench.device.writeStatus(0xb)
    #expect(transport.maximumSize(ofQueue: 0) == 50)
    #expect(bench.device.queues[0].size == 50)
  }

  @Test(arguments: TransportKind.allCases)
  func `a state of any moment of a device's life is taken over as it is`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    func bytes(_ device: VirtioDevice) throws -> Data {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      return try encoder.encode(device.state)
    }
    func expectSame(_ moment: String) throws {
      let other = try Bench(kind)
      other.device.restore(try sent(bench.device.state))
      #expect(try bytes(other.device) == bytes(bench.device), "\(moment)")
    }
    try expectSame("new")
    let driver = try bench.makeTransport()
    driver.writeStatus([.acknowledge, .driver])
    bench.device.writeFeatures(word: 3, .max)
    try expectSame("features that were not offered, before FEATURES_OK")
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try expectSame("live")
    try session.suspend()
    try expectSame("suspended")
    bench.device.changeConfiguration(at: 0, to: [0xee])
    try expectSame("suspended, with a change to tell of")
    try session.resume()
    bench.function.isLazy = true
    try queue.send()
    bench.device.needReset()
    try expectSame("in need of a reset, with a chain that is lost")
    session.fail()
    try expectSame("given up")
  }
}
