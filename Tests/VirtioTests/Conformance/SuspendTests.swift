import Foundation
import Testing

@testable import Virtio
import Wire

/// SUSP: a device stops and goes on.
@Suite struct SuspendTests {
  @Test(.conforms("SUSP-D-01", "SUSP-R-01"), arguments: TransportKind.allCases)
  func `suspending takes a live device and the feature`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    session.transport.writeStatus(DeviceStatus(rawValue: 0x1b))
    #expect(session.transport.readStatus() == [.acknowledge, .driver, .featuresOK])
    bench.trace.clear()
    #expect(throws: VirtioError.featuresRefused) { try session.suspend() }
    #expect(bench.trace.accesses.isEmpty)

    var profile = Bench.profile
    profile.features.remove(.suspend)
    let without = try Bench(kind, profile: profile)
    let (other, _) = try without.bringUp()
    #expect(throws: VirtioError.featuresRefused) { try other.suspend() }
    other.transport.writeStatus(DeviceStatus(rawValue: 0x1f))
    #expect(without.device.status.isDisjoint(with: .suspend))
    #expect(!without.trace.statusWrites.dropLast().contains { $0 & 0x10 != 0 })
  }

  @Test(.conforms("SUSP-D-01"), arguments: TransportKind.allCases)
  func `what asked to suspend before DRIVER_OK is not made up for later`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    bench.device.holdsTransitions = true
    session.transport.writeStatus(DeviceStatus(rawValue: 0x1b))
    session.start()
    bench.device.finishHeld()
    #expect(bench.device.isRunning)
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

  @Test(.conforms("SUSP-D-02"), arguments: TransportKind.allCases, UInt32(0)...1)
  func `a suspended device ignores what is written to its registers, too`(kind: TransportKind, queue: UInt32) throws {
    let bench = try Bench(kind)
    let (session, _) = try bench.bringUp()
    try session.suspend()
    func state() throws -> [Data] {
      let encoder = JSONEncoder()
      encoder.outputFormatting = .sortedKeys
      let vector = bench.pci?.readBAR(4, at: CommonConfiguration().configurationVector.offset, byteCount: 2) ?? 0
      return try [encoder.encode(bench.device.state), encoder.encode(vector)]
    }
    let before = try state()
    for value in [1, 0] as [UInt32] {
      switch kind {
      case .mmio:
        let register = MMIORegisters()
        bench.mmio!.write(at: register.queueSelect.offset, byteCount: 4, queue)
        for offset in stride(from: 0, to: MMIORegisters.byteCount, by: 4)
        where offset != register.status.offset && offset != register.queueSelect.offset {
          bench.mmio!.write(at: offset, byteCount: 4, value)
        }
      case .pci:
        let register = CommonConfiguration()
        bench.pci!.writeBAR(4, at: register.queueSelect.offset, byteCount: 2, queue)
        for byteCount in [1, 2, 4] {
          for offset in stride(from: 0, to: CommonConfiguration.byteCount, by: byteCount)
          where offset != register.status.offset && offset != register.queueSelect.offset {
            bench.pci!.writeBAR(4, at: offset, byteCount: byteCount, value)
          }
        }
      }
    }
    #expect(try state() == before)
    try session.resume()
    #expect(bench.device.isRunning)
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

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a device that breaks while it suspends uses nothing, and is not suspended`(
    kind: TransportKind, format: RingFormat
  ) throws {
    for isLazy in [true, false] {
      let bench = try Bench(kind)
      let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
      bench.function.isLazy = isLazy
      try queue.send()
      if !isLazy { #expect(try queue.reap() != nil) }
      bench.function.onCall = { call, device in if call == .suspend { device.needReset() } }
      let log = MemoryLog()
      bench.deviceMemory.observer = log
      #expect(throws: VirtioError.timeout("suspending")) { try session.suspend() }
      #expect(session.needsReset)
      #expect(!bench.device.status.contains(.suspend))
      #expect(log.writes.allSatisfy { $0.lowerBound >= Bench.buffers })
      #expect(try queue.reap() == nil)
    }
  }

  @Test(.conforms("SUSP-R-03", "SUSP-R-04"), arguments: TransportKind.allCases, RingFormat.allCases)
  func `a driver that suspended the device leaves its rings alone`(kind: TransportKind, format: RingFormat) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    try queue.add([Buffer(address: Bench.buffers, byteCount: 4)].span, readableCount: 1, token: 1)
    try session.suspend()
    let log = MemoryLog()
    bench.driverMemory.observer = log
    bench.trace.clear()
    #expect(!queue.kick())
    #expect(throws: VirtioError.ringFull) { try queue.send() }
    #expect(!queue.kick())
    #expect(log.writes.isEmpty)
    #expect(bench.trace.writes.isEmpty)
    bench.driverMemory.observer = nil
    try session.resume()
    queue.kick()
    #expect(try queue.reap()?.token == 1)
  }

  @Test(.conforms("SUSP-R-02", "SUSP-R-06"), arguments: TransportKind.allCases)
  func `the driver waits for both bits, and sends nothing meanwhile`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp()
    var answers: [UInt32] = []
    bench.trace.forge = { access in
      guard access.isStatus, !access.isWrite, !answers.isEmpty else { return nil }
      #expect(throws: VirtioError.ringFull) { try queue.send() }
      #expect(!queue.kick())
      return answers.removeFirst()
    }
    // Both, neither, the other one; only then what the device says.
    answers = [0x1f, 0xb, 0xf]
    try session.suspend()
    #expect(answers.isEmpty)
    answers = [0x1f, 0xb, 0x1b]
    try session.resume()
    #expect(answers.isEmpty)
    try queue.send()
    #expect(try queue.reap() != nil)
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
}
