import Testing

@testable import Virtio
import Wire

/// MMIO: version 2 of the transport.
@Suite struct MMIOTests {
  /// Offsets of the registers that a driver may read, and of those that it may write.
  static let read: Set<Int> = [0x00, 0x04, 0x08, 0x0c, 0x10, 0x34, 0x44, 0x60, 0x70, 0xb0, 0xb4, 0xb8, 0xbc, 0xc0, 0xfc]
  static let written: Set<Int> = [
    0x14, 0x20, 0x24, 0x30, 0x38, 0x44, 0x50, 0x64, 0x70, 0x80, 0x84, 0x90, 0x94, 0xa0, 0xa4, 0xac, 0xc0,
  ]

  private func live() throws -> (Bench, DriverSession, DriverQueue) {
    let bench = try Bench(.mmio)
    let (session, queue) = try bench.bringUp()
    return (bench, session, queue)
  }

  private func read<Value>(_ bench: Bench, _ register: KeyPath<MMIORegisters, Field<Value>>) -> Value {
    bench.mmio!.read(register)
  }

  @Test(.conforms("MMIO-D-01", "MMIO-D-02"))
  func `the device says what it is`() throws {
    let bench = try Bench(.mmio)
    #expect(read(bench, \.magicValue) == 0x7472_6976)
    #expect(read(bench, \.version) == 2)
    #expect(read(bench, \.deviceID) == 20)
    #expect(read(bench, \.sharedMemoryLength) == .max)
  }

  @Test(.conforms("MMIO-D-03", "MMIO-D-04", "MMIO-T-02"))
  func `a cause stays until it is acknowledged, and the line with it`() throws {
    let (bench, _, queue) = try live()
    try queue.send()
    #expect(read(bench, \.interruptStatus) == 1)
    bench.device.changeConfiguration(at: 0, to: [0xee])
    #expect(read(bench, \.interruptStatus) == 3)
    #expect(read(bench, \.interruptStatus) == 3)
    bench.mmio!.write(at: 0x64, byteCount: 4, 1)
    #expect(read(bench, \.interruptStatus) == 2)
    #expect(bench.interrupts.isAsserted)
    bench.mmio!.write(at: 0x64, byteCount: 4, 2)
    #expect(read(bench, \.interruptStatus) == 0)
    #expect(!bench.interrupts.isAsserted)
  }

  @Test(.conforms("MMIO-T-01"))
  func `a queue that is not there has no size, and ready reads as written`() throws {
    let (bench, session, _) = try live()
    let mmio = bench.mmio!
    for (queue, size) in [(0, 16), (1, 8), (2, 0), (3, 0), (0xffff, 0)] as [(UInt32, UInt32)] {
      mmio.write(\MMIORegisters.queueSelect, queue)
      #expect(read(bench, \.queueSizeMaximum) == size)
      #expect(read(bench, \.queueReady) == (queue == 0 ? 1 : 0))
    }
    mmio.write(\MMIORegisters.queueSelect, 1)
    mmio.write(\MMIORegisters.queueDescriptors, 0x4000)
    mmio.write(\MMIORegisters.queueDriver, 0x5000)
    mmio.write(\MMIORegisters.queueDevice, 0x6000)
    for value in [1, 0, 1] as [UInt32] {
      mmio.write(\MMIORegisters.queueReady, value)
      #expect(read(bench, \.queueReady) == value)
    }
    mmio.write(\MMIORegisters.status, 0)
    #expect(read(bench, \.queueReady) == 0)
    #expect(session.transport.readStatus().isEmpty)
  }

  @Test func `a queue whose reset is under way cannot be enabled`() throws {
    let (bench, session, _) = try live()
    bench.device.holdsTransitions = true
    session.transport.startQueueReset(0)
    bench.mmio!.write(\MMIORegisters.queueReady, 0)
    bench.mmio!.write(\MMIORegisters.queueReady, 1)
    #expect(read(bench, \.queueReady) == 0)
  }

  @Test(.conforms("MMIO-D-07", "MMIO-R-14"))
  func `a queue that is not ready is not touched, and the driver checks that`() throws {
    let (bench, session, queue) = try live()
    let driver = try #require(session.transport as? MMIODriver)
    bench.trace.clear()
    try driver.stopQueue(0)
    #expect(
      bench.trace.accesses.suffix(2) == [
        Access(place: .mmio, offset: 0x44, byteCount: 4, isWrite: true, value: 0),
        Access(place: .mmio, offset: 0x44, byteCount: 4, isWrite: false, value: 0),
      ])
    let log = MemoryLog()
    bench.deviceMemory.observer = log
    try queue.send()
    bench.function.serve(bench.device.queues[0], of: bench.device)
    #expect(log.events.isEmpty)
    #expect(try queue.reap() == nil)
  }

  @Test(.conforms("MMIO-R-01", "MMIO-R-02", "MMIO-R-03", "MMIO-R-04", "MMIO-R-05", "MMIO-R-23"))
  func `the driver accesses what it may, as it may`() throws {
    let (bench, session, queue) = try live()
    try queue.send()
    _ = session.transport.takeInterruptCauses()
    session.transport.writeConfiguration(at: 8, byteCount: 1, 1)
    _ = session.transport.readConfiguration(at: 10, byteCount: 2)
    _ = try session.transport.readConfiguration64(at: 0)
    try session.resetQueue(queue)
    for access in bench.trace.accesses {
      #expect(access.offset % access.byteCount == 0)
      guard access.offset < MMIORegisters.byteCount else {
        #expect(access.offset + access.byteCount <= MMIORegisters.byteCount + Bench.profile.configuration.count)
        continue
      }
      #expect(access.byteCount == 4)
      #expect((access.isWrite ? Self.written : Self.read).contains(access.offset), "\(access)")
      #expect(!(0x0ac...0x0bc).contains(access.offset))
    }
    #expect(bench.trace.accesses.contains { $0.isConfiguration && $0.byteCount == 1 })
  }

  @Test(
    .conforms(
      "MMIO-R-06", "MMIO-R-07", "MMIO-R-08", "MMIO-R-09", "MMIO-R-19", "MMIO-R-20", "MMIO-R-21", "MMIO-R-22"))
  func `the driver identifies the device first, and leaves a stranger alone`() throws {
    for (offset, value, isError, accesses) in [
      (0, 0x7472_6975, true, 1), (4, 1, true, 2), (4, 3, true, 2), (8, 0, false, 3), (8, 20, false, 3),
    ] as [(Int, UInt32, Bool, Int)] {
      let bench = try Bench(.mmio)
      bench.trace.forge = { $0.offset == offset ? value : nil }
      let window = TracedWindow(.mmio, bench.mmio!, bench.trace)
      if isError {
        #expect(throws: VirtioError.self) { _ = try MMIODriver(window) }
      } else {
        #expect((try MMIODriver(window) == nil) == (value == 0))
      }
      #expect(bench.trace.accesses.map(\.offset) == Array([0, 4, 8].prefix(accesses)))
      #expect(bench.trace.writes.isEmpty)
    }
  }

  @Test(.conforms("MMIO-R-10", "MMIO-R-11"))
  func `the driver selects a word of features before it touches it`() throws {
    let (bench, _, _) = try live()
    let accesses = bench.trace.accesses
    for (register, select) in [
      (\MMIORegisters.deviceFeatures, \MMIORegisters.deviceFeaturesSelect), (\.driverFeatures, \.driverFeaturesSelect),
    ] {
      let uses = accesses.indices.filter { accesses[$0].isRegister(register) }
      #expect(uses.count == 4)
      #expect(uses.allSatisfy { accesses[$0 - 1].isRegister(select) && accesses[$0 - 1].isWrite })
      #expect(uses.map { accesses[$0 - 1].value } == [0, 1, 2, 3])
    }
  }

  @Test(.conforms("MMIO-R-12"), arguments: [1, 8, 32768])
  func `the driver asks for no more than the largest size`(maximum: Int) throws {
    var profile = Bench.profile
    profile.queueSizes = [maximum]
    let bench = try Bench(.mmio, profile: profile)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    let queue = try session.makeQueue(0, size: 16, at: Bench.ring)
    #expect(queue.size == min(maximum, 16))
    let sizes = bench.trace.writes.filter { $0.isRegister(\MMIORegisters.queueSize) }
    #expect(sizes.allSatisfy { $0.value <= maximum })
  }

  @Test(.conforms("MMIO-R-13"))
  func `the driver sets a queue up before it makes it ready, and not after`() throws {
    let (bench, _, queue) = try live()
    try queue.send()
    let ready = try #require(bench.trace.accesses.firstIndex { $0.isRegister(\MMIORegisters.queueReady) && $0.isWrite })
    let setup = bench.trace.accesses.indices.filter {
      let offset = bench.trace.accesses[$0].offset
      return offset == 0x38 || (0x80...0xa4).contains(offset)
    }
    #expect(setup.count == 7)
    #expect(setup.allSatisfy { $0 < ready })
  }

  @Test(.conforms("MMIO-R-13"))
  func `the driver leaves the registers of a queue that is ready alone, whichever it is`() throws {
    let bench = try Bench(.mmio)
    var accesses = 0
    bench.trace.before = { [mmio = bench.mmio!] access in
      guard access.offset == 0x38 || (0x80...0xa4).contains(access.offset) else { return }
      accesses += 1
      #expect(mmio.read(\MMIORegisters.queueReady) == 0, "\(access)")
    }
    let (session, first) = try bench.bringUp()
    let second = try session.makeQueue(1, size: 8, at: 0x4000)
    try session.resetQueue(first)
    let again = try session.makeQueue(0, size: 4, at: Bench.ring)
    for queue in [second, again] {
      try queue.send()
      #expect(try queue.reap() != nil)
    }
    #expect(accesses == 3 * 7)
  }

  @Test(.conforms("MMIO-R-15", "MMIO-R-16", "MMIO-R-17", "MMIO-R-25", "MMIO-R-26", "MMIO-R-27"))
  func `the driver acknowledges what it handled, and only that`() throws {
    let (bench, session, first) = try live()
    let second = try session.makeQueue(1, size: 8, at: 0x4000)
    try first.send()
    try second.send()
    #expect(bench.interrupts.lineCount == 1)
    bench.trace.clear()
    bench.trace.forge = { $0.isRegister(\MMIORegisters.interruptStatus) ? 0xffff_fffd : nil }
    let interrupted = session.handleInterrupt()
    #expect(interrupted.map(\.index) == [0, 1])
    #expect(bench.trace.accesses.map(\.offset) == [0x60, 0x64])
    #expect(bench.trace.writes.map(\.value) == [1])
    #expect(!bench.interrupts.isAsserted)
    for queue in interrupted { #expect(try queue.reap() != nil) }
    bench.trace.forge = { _ in nil }
    bench.device.changeConfiguration(at: 0, to: [0xee])
    #expect(session.handleInterrupt().isEmpty)
  }
}
