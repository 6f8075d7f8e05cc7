import Testing

@testable import Virtio

/// SUSP and VQRST: a device, or one queue, stops and goes on.
@Suite struct SuspendTests {
  @Test(.conforms("SUSP-D-01", "SUSP-R-01"), arguments: TransportKind.allCases)
  func `suspending takes a live device and the feature`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    session.transport.writeStatus(DeviceStatus(rawValue: 0x1b))
    #expect(session.transport.readStatus() == [.acknowledge, .driver, .featuresOK])
    #expect(throws: VirtioError.featuresRefused) { try session.suspend() }

    var profile = Bench.profile
    profile.features.remove(.suspend)
    let without = try Bench(kind, profile: profile)
    let (other, _) = try without.bringUp()
    #expect(throws: VirtioError.featuresRefused) { try other.suspend() }
    other.transport.writeStatus(DeviceStatus(rawValue: 0x1f))
    #expect(without.device.status.isDisjoint(with: .suspend))
    #expect(!without.trace.statusWrites.dropLast().contains { $0 & 0x10 != 0 })
  }

  @Test(
    .conforms("SUSP-D-02", "SUSP-D-03", "SUSP-D-04", "SUSP-D-05", "SUSP-R-03", "SUSP-R-04", "SUSP-R-05"),
    arguments: TransportKind.allCases)
  func `a suspended device is still, and tells afterwards`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    try queue.send()
    _ = try queue.reap()
    _ = session.transport.takeInterruptCauses()
    try session.suspend()
    let interrupts = bench.interrupts.count
    bench.trace.clear()
    #expect(throws: VirtioError.ringFull) { try queue.send() }
    #expect(!queue.kick())
    #expect(bench.trace.writes.isEmpty)

    let log = MemoryLog()
    bench.deviceMemory.observer = log
    bench.device.notify(0)
    session.transport.writeConfiguration(at: 8, byteCount: 4, 0)
    #expect(session.transport.readConfiguration(at: 8, byteCount: 4) == 0x0c0b_0a09)
    let generation = session.transport.readGeneration()
    bench.device.changeConfiguration(at: 0, to: [9])
    #expect(session.transport.readConfiguration(at: 0, byteCount: 1) == 1)
    #expect(session.transport.readGeneration() == generation)
    #expect(log.events.isEmpty)
    #expect(bench.interrupts.count == interrupts)

    try session.resume()
    #expect(bench.interrupts.count == interrupts + 1)
    #expect(session.transport.takeInterruptCauses() == .configuration)
    #expect(session.transport.readConfiguration(at: 0, byteCount: 1) == 9)
    try queue.send()
    #expect(try queue.reap() != nil)
  }

  @Test(.conforms("SUSP-D-06", "SUSP-D-07"), arguments: TransportKind.allCases)
  func `a device that cannot suspend or resume needs a reset`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    bench.function.canSuspend = false
    #expect(throws: VirtioError.timeout("suspending")) { try session.suspend() }
    #expect(session.needsReset)

    let other = try Bench(kind)
    let (second, _) = try other.bringUp()
    try second.suspend()
    other.function.canResume = false
    #expect(throws: VirtioError.timeout("resuming")) { try second.resume() }
    #expect(second.needsReset)
  }

  @Test(.conforms("SUSP-D-08"), arguments: TransportKind.allCases)
  func `suspending finishes what is in progress`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    #expect(bench.interrupts.count == 0)
    try session.suspend()
    #expect(bench.interrupts.count == 1)
    #expect(try queue.reap() != nil)
  }

  @Test(.conforms("SUSP-R-02", "SUSP-R-06"), arguments: TransportKind.allCases)
  func `the driver waits for suspending and resuming to end`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    bench.device.holdsTransitions = true
    var polls = 0
    bench.trace.before = { [device = bench.device] access in
      if access.isStatus && !access.isWrite { polls += 1 }
      if polls % 4 == 3 { device.finishHeld() }
    }
    try session.suspend()
    #expect(bench.device.status.contains(.suspend))
    #expect(polls == 3)
    try session.resume()
    #expect(polls == 7)
    #expect(bench.device.status.contains(.driverOK))
    bench.trace.before = { _ in }
    try queue.send()
    #expect(bench.function.served.count == 1)
  }

  @Test(arguments: TransportKind.allCases)
  func `a suspended device that is reset has the configuration that it would have resumed with`(
    kind: TransportKind
  ) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    try session.suspend()
    bench.device.changeConfiguration(at: 0, to: [9])
    try session.reset()
    #expect(session.transport.readConfiguration(at: 0, byteCount: 1) == 9)
    #expect(bench.interrupts.count == 0)
  }

  @Test(arguments: TransportKind.allCases)
  func `a queue is not reset without the feature`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(DriverProfile(supported: []))
    let queue = try session.makeQueue(0, size: 8, at: Bench.ring)
    session.start()
    session.transport.startQueueReset(0)
    #expect(bench.function.queueResets.isEmpty)
    try queue.send()
    #expect(try queue.reap() != nil)
  }

  @Test(arguments: TransportKind.allCases)
  func `asked twice, a device suspends and resumes once`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    bench.device.holdsTransitions = true
    for (status, suspensions, resumptions) in [(0x1f, 1, 0), (0xf, 1, 1)] as [(UInt8, Int, Int)] {
      for _ in 0..<2 { session.transport.writeStatus(DeviceStatus(rawValue: status)) }
      bench.device.finishHeld()
      #expect(bench.function.suspensions == suspensions)
      #expect(bench.function.resumptions == resumptions)
    }
    #expect(bench.device.isRunning)
  }

  @Test(arguments: TransportKind.allCases)
  func `a device that could not resume waits for a reset`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    try session.suspend()
    bench.function.canResume = false
    session.transport.writeStatus([.driverOK])
    bench.function.canResume = true
    session.transport.writeStatus([.driverOK])
    #expect(bench.function.resumptions == 1)
    #expect(session.needsReset)
    #expect(!bench.device.isRunning)
  }

  @Test(arguments: TransportKind.allCases)
  func `a device that resumes serves what it was notified of before`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    bench.function.isDeaf = true
    let (session, queue) = try bench.bringUp()
    try queue.send()
    try session.suspend()
    bench.function.isDeaf = false
    try session.resume()
    #expect(try queue.reap() != nil)
  }

  @Test(
    .conforms(
      "VQRST-D-01", "VQRST-D-02", "VQRST-D-03", "VQRST-R-02", "PCOM-D-09", "PCOM-D-10", "PCOM-D-12", "MMIO-D-09",
      "MMIO-D-10", "MMIO-D-12"),
    arguments: TransportKind.allCases, RingFormat.allCases)
  func `a queue that was reset starts anew with other parameters`(kind: TransportKind, format: RingFormat) throws {
    let bench = try Bench(kind)
    bench.function.isLazy = true
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    try queue.send()
    try session.resetQueue(queue)
    #expect(bench.function.queueResets == [0])
    #expect(!bench.device.queues[0].isEnabled)
    #expect(!bench.device.queues[0].isResetting)
    bench.function.finish()
    #expect(bench.interrupts.count == 0)

    bench.function.isLazy = false
    bench.trace.clear()
    let next = try session.makeQueue(0, size: 4, at: 0x5000)
    #expect(session.transport.isQueueResetDone(0))
    #expect(bench.device.queues[0].size == 4)
    #expect(bench.device.queues[0].addresses == QueueAddresses(format, size: 4, at: 0x5000))
    #expect(bench.device.queues[0].state == RingState())
    for _ in 0..<10 {
      try next.send()
      #expect(try next.reap() != nil)
    }
  }

  @Test(
    .conforms("VQRST-R-01", "PCOM-D-11", "PCOM-R-07", "MMIO-D-11", "MMIO-R-18"), arguments: TransportKind.allCases)
  func `a queue reset that takes time reads 1, and the driver waits`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    bench.device.holdsTransitions = true
    bench.trace.clear()
    var polls: [UInt32] = []
    bench.trace.before = { [device = bench.device] access in
      let isReset = access.isRegister(\MMIORegisters.queueReset) || access.isRegister(\CommonConfiguration.queueReset)
      guard isReset && !access.isWrite else { return }
      polls.append(device.queues[0].isResetting ? 1 : 0)
      if polls.count == 4 { device.finishHeld() }
    }
    try session.resetQueue(queue)
    #expect(polls == [1, 1, 1, 1])
    #expect(bench.trace.accesses.filter { !$0.isWrite }.map(\.value) == [1, 1, 1, 0])
  }

  @Test(.conforms("PCOM-D-07", "PCOM-D-08", "MMIO-D-05", "MMIO-D-08"), arguments: TransportKind.allCases)
  func `a device reset ends a queue reset, and disables every queue`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    try queue.send()
    #expect(bench.interrupts.isAsserted)
    bench.device.holdsTransitions = true
    session.transport.startQueueReset(0)
    #expect(!session.transport.isQueueResetDone(0))
    bench.device.holdsTransitions = false
    session.transport.writeStatus([])
    #expect(session.transport.isQueueResetDone(0))
    #expect(bench.device.queues.allSatisfy { !$0.isEnabled })
    #expect(session.transport.takeInterruptCauses().isEmpty)
    #expect(!bench.interrupts.isAsserted)
  }
}
