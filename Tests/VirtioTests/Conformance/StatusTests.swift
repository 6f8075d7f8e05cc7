import Testing

@testable import Virtio

/// STATUS, RESET, INIT, CLEAN, NOTIF: a device's life from reset to removal.
@Suite struct StatusTests {
  /// Makes a chain at slot 0 that loops, and offers it.
  private func offerLoop(_ bench: Bench, _ queue: DriverQueue) throws {
    try queue.send(readable: 1, writable: 0)
    _ = try queue.reap()
    bench.function.isLazy = false
    let buffers = [Buffer(address: Bench.buffers, byteCount: 4)]
    try queue.add(buffers.span, readableCount: 1, token: 2)
    for slot in 0..<UInt64(8) { try bench.driverMemory.write(UInt32(1), address: Bench.ring + slot * 16 + 12) }
    queue.kick()
  }

  @Test(.conforms("STATUS-D-01", "INIT-R-06"), arguments: TransportKind.allCases)
  func `before DRIVER_OK no buffer is consumed`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    #expect(!bench.trace.accesses.contains { $0.isKick })
    try queue.send()
    bench.function.serve(bench.device.queues[0], of: bench.device)
    #expect(bench.function.served.isEmpty)
    #expect(bench.interrupts.count == 0)
    session.start()
    #expect(bench.trace.statusWrites.last == 0xf)
  }

  @Test(.conforms("STATUS-D-02", "STATUS-D-03", "NOTIF-T-01", "SPLIT-R-04"), arguments: TransportKind.allCases)
  func `a descriptor loop ends in NEEDS_RESET, and the driver is told`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.needsResetOnError = true
    let (session, queue) = try bench.bringUp()
    _ = session.transport.takeInterruptCauses()
    try offerLoop(bench, queue)
    #expect(bench.function.errors.map(\.fault) == [.tooLong])
    #expect(session.needsReset)
    #expect(session.transport.takeInterruptCauses().contains(.configuration))
    #expect(try queue.reap() == nil)
    try session.reset()
    #expect(!session.needsReset)
  }

  @Test(.conforms("STATUS-R-04"), arguments: TransportKind.allCases)
  func `a driver waits for nothing of a device that needs a reset`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    bench.device.needReset()
    #expect(bench.interrupts.count == 1)
    #expect(session.handleInterrupt().isEmpty)
    #expect(throws: VirtioError.ringFull) { try queue.send() }
    #expect(!queue.kick())
    bench.trace.clear()
    try session.reset()
    #expect(bench.trace.accesses.allSatisfy { $0.isStatus })
    #expect(bench.trace.accesses.count == 2)
  }

  @Test(arguments: TransportKind.allCases)
  func `nothing is told of what was used before the device needed a reset`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isDeaf = true
    let (_, queue) = try bench.bringUp()
    try queue.send()
    var chain = Chain(in: bench.deviceMemory)
    let device = bench.device.queues[0]
    #expect(try device.pop(into: &chain))
    device.complete(chain)
    bench.device.needReset()
    let interrupts = bench.interrupts.count
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    device.publish()
    #expect(log.events.isEmpty)
    #expect(bench.interrupts.count == interrupts)
  }

  @Test(arguments: TransportKind.allCases)
  func `a reset forgets what was selected`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let transport = try bench.makeTransport()
    _ = transport.readFeatures()
    _ = transport.maximumSize(ofQueue: 1)
    transport.writeStatus([])
    switch kind {
    case .mmio:
      #expect(bench.mmio!.read(\MMIORegisters.deviceFeatures) == bench.device.offered.word(0))
      #expect(bench.mmio!.read(\MMIORegisters.queueSizeMaximum) == 16)
    case .pci:
      let window = PCIWindow(bench.pci!, bar: 4)
      #expect(window.read(\CommonConfiguration.deviceFeatureSelect) == 0)
      #expect(window.read(\CommonConfiguration.queueSelect) == 0)
    }
  }

  @Test(.conforms("STATUS-R-01", "STATUS-R-02", "INIT-R-01", "MMIO-R-24"), arguments: TransportKind.allCases)
  func `initialization sets one status bit after the other`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    _ = try bench.bringUp()
    #expect(bench.trace.statusWrites == [0, 1, 3, 0xb, 0xf])
    let steps = bench.trace.accesses.map { access -> String? in
      if access.isStatus { return access.isWrite ? "status \(access.value)" : "check \(access.value)" }
      if access.isRegister(\MMIORegisters.driverFeatures) || access.isRegister(\CommonConfiguration.driverFeature) {
        return "features"
      }
      let isEnable =
        access.isRegister(\MMIORegisters.queueReady) || access.isRegister(\CommonConfiguration.queueEnable)
      return access.isWrite && isEnable ? "queue" : nil
    }.compactMap { $0 }
    let expected =
      ["status 0", "check 0", "status 1", "status 3"] + Array(repeating: "features", count: 4)
      + ["status 11", "check 11", "queue", "status 15"]
    #expect(steps == expected)
  }

  @Test(.conforms("STATUS-R-03", "INIT-R-04", "INIT-R-05", "FEAT-R-06"), arguments: TransportKind.allCases)
  func `a failed probe sets FAILED, and a retry resets first`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isAcceptable = { _ in false }
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    #expect(throws: VirtioError.featuresRefused) { try session.negotiate(Bench.driverProfile) }
    #expect(bench.trace.statusWrites == [0, 1, 3, 0xb, 0x8b])
    #expect(!bench.trace.statusWrites.contains { $0 & 4 != 0 })
    #expect(bench.device.queues.allSatisfy { !$0.isEnabled })
    bench.function.isAcceptable = { _ in true }
    bench.trace.clear()
    try session.negotiate(Bench.driverProfile)
    #expect(bench.trace.statusWrites.first == 0)
    #expect(throws: VirtioError.badQueueSize(0)) { try session.makeQueue(2, size: 8, at: Bench.ring) }
    #expect(bench.trace.statusWrites.last == 0x8b)
  }

  @Test(.conforms("RESET-D-01", "PCOM-D-06"), arguments: TransportKind.allCases)
  func `a reset from any state reads back 0`(kind: TransportKind) throws {
    for status in [0, 1, 3, 0xb, 0x8b, 0xf] as [UInt8] {
      let bench = try Bench(kind)
      let transport = try bench.makeTransport()
      transport.writeFeatures(.version1)
      transport.writeStatus(DeviceStatus(rawValue: status))
      #expect(transport.readStatus().rawValue == status)
      transport.writeStatus([])
      #expect(transport.readStatus().isEmpty)
      #expect(transport.maximumSize(ofQueue: 2) == 0)
      #expect(transport.maximumSize(ofQueue: 3) == 0)
    }
    for stop in [{ $0.needReset() }, { $0.writeStatus(0x1f) }] as [(VirtioDevice) -> Void] {
      let bench = try Bench(kind)
      let (session, _) = try bench.bringUp()
      stop(bench.device)
      #expect([0x4f, 0x1b].contains(session.transport.readStatus().rawValue))
      session.transport.writeStatus([])
      #expect(session.transport.readStatus().isEmpty)
    }
  }

  @Test(.conforms("RESET-D-02"), arguments: TransportKind.allCases)
  func `after a reset memory and interrupts stay quiet`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try session.reset()
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    let ring = Bench.ring..<Bench.ring + 0x1000
    let interrupts = bench.interrupts.count
    bench.function.finish()
    bench.function.serve(bench.device.queues[0], of: bench.device)
    #expect(!(log.reads + log.writes).contains { $0.overlaps(ring) })
    #expect(bench.interrupts.count == interrupts)
  }

  @Test(.conforms("RESET-R-01", "PCOM-R-05"), arguments: TransportKind.allCases)
  func `the driver waits for a reset to end`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    bench.device.holdsTransitions = true
    bench.trace.clear()
    var polls = 0
    bench.trace.before = { [device = bench.device] access in
      if access.isStatus && !access.isWrite { polls += 1 }
      if polls == 5 { device.finishHeld() }
    }
    try session.reset()
    #expect(polls == 5)
    #expect(bench.trace.statusWrites == [0])
    bench.trace.before = { _ in }
    bench.device.writeStatus(1)
    #expect(throws: VirtioError.timeout("reset")) { try session.reset() }
  }

  @Test(.conforms("INIT-R-02", "INIT-R-03"), arguments: TransportKind.allCases)
  func `negotiation writes no configuration, and no feature after FEATURES_OK`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    _ = try bench.bringUp()
    let accesses = bench.trace.accesses
    let agreed = try #require(accesses.firstIndex { $0.isStatus && $0.isWrite && $0.value & 8 != 0 })
    #expect(!accesses[..<agreed].contains { $0.isConfiguration && $0.isWrite })
    #expect(
      !accesses[agreed...].contains {
        $0.isRegister(\MMIORegisters.driverFeatures) || $0.isRegister(\CommonConfiguration.driverFeature)
      })
  }

  @Test(.conforms("CLEAN-R-01", "PACK-R-02"), arguments: RingFormat.allCases)
  func `a driver leaves the entries of an exposed buffer alone`(format: RingFormat) throws {
    let ring = try RingBench(format)
    try ring.add(readable: [4], writable: [4], token: 1)
    _ = ring.kick()
    let before = try ring.deviceMemory.bytes(address: 0x1000, byteCount: 32)
    try ring.add(readable: [8], token: 2)
    _ = ring.kick()
    _ = try ring.reap()
    _ = ring.driver.enableInterrupts()
    #expect(try ring.deviceMemory.bytes(address: 0x1000, byteCount: 32) == before)
  }

  @Test(.conforms("CLEAN-R-02"), arguments: TransportKind.allCases)
  func `removal with requests pending resets the device, and nothing is added afterwards`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try session.reset()
    #expect(bench.device.queues.allSatisfy { !$0.isEnabled })
    #expect(throws: VirtioError.ringFull) { try queue.send() }
  }
}
