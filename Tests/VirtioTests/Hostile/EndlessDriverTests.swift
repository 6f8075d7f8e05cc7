import Testing

@testable import Virtio

/// A driver that adds chains as fast as they are served: the device comes back to its other events all the same.
@Suite struct EndlessDriverTests {
  /// After so many accesses of the device the driver stops, so that a device that it keeps fails the test.
  private static let patience = 10_000

  /// A live device, and another processor of the guest that adds whenever the device looks.
  private func refill(
    _ kind: TransportKind, _ format: RingFormat
  ) throws -> (Bench, DriverSession, DriverQueue, MemoryLog) {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    let log = MemoryLog()
    let (memory, index) = (bench.driverMemory, QueueAddresses(format, size: 8, at: Bench.ring).driver + 2)
    log.onEvent = { number, event in
      guard number < Self.patience, case .read(let address, _) = event, address < Bench.buffers else { return }
      switch format {
      // It may as well not wait for what is used.
      case .split:
        if address == index { try! memory.write(memory.read(UInt16.self, address: index) &+ 1, address: index) }
      case .packed:
        while (try? queue.reap()) != nil {}
        while queue.freeCount >= 2 { try! queue.send() }
      }
    }
    bench.deviceMemory.observer = log
    return (bench, session, queue, log)
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a driver that refills a queue while it is served does not keep the device`(
    kind: TransportKind, format: RingFormat
  ) throws {
    let (bench, _, queue, log) = try refill(kind, format)
    try queue.send()
    for turn in 1...5 {
      #expect(bench.function.served.count == 16 * turn)
      #expect(bench.device.hasWaitingQueues)
      bench.device.continueService()
    }
    log.onEvent = { _, _ in }
    bench.device.continueService()
    #expect(!bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a device that asks for notifications until there is nothing left ends its turn, too`(
    kind: TransportKind, format: RingFormat
  ) throws {
    let (bench, _, queue, _) = try refill(kind, format)
    bench.function.asksForMore = true
    try queue.send()
    #expect(bench.function.served.count == 16)
    #expect(bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `malformed chains are counted, too`(kind: TransportKind, format: RingFormat) throws {
    let (bench, _, queue, log) = try refill(kind, format)
    let write = log.onEvent
    let flags = Bench.ring + (format == .split ? 12 : 14)
    log.onEvent = { [memory = bench.driverMemory] number, event in
      write(number, event)
      guard case .read = event else { return }
      for slot in 0..<UInt64(8) {
        let value = try! memory.read(UInt16.self, address: flags + slot * 16)
        try! memory.write(value | DescriptorFlags.indirect.rawValue, address: flags + slot * 16)
      }
    }
    try queue.send()
    #expect(bench.function.errors.count == 16)
    #expect(bench.device.hasWaitingQueues)
  }

  @Test func `looking again after a long chain costs no more than looking`() throws {
    var profile = Bench.profile
    profile.queueSizes = [64]
    let bench = try Bench(.mmio, profile: profile)
    bench.function.isDeaf = true
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    try session.negotiate(Bench.driverProfile)
    let queue = try session.makeQueue(0, size: 64, at: Bench.ring)
    session.start()
    let buffers = [Buffer](repeating: Buffer(address: Bench.buffers, byteCount: 1), count: 31)
    try queue.add(buffers.span, readableCount: 31, token: 0, table: 0x7_0000)
    queue.kick()
    var chain = Chain(in: bench.deviceMemory)
    bench.device.queues[0].takeTurn { device in
      #expect((try? device.pop(into: &chain)) == true)
      for _ in 0..<100 { #expect((try? device.pop(into: &chain)) == false) }
    }
    #expect(!bench.device.hasWaitingQueues)
  }

  @Test(arguments: RingFormat.allCases, [true, false])
  func `long chains make a turn shorter, malformed or not`(format: RingFormat, isGood: Bool) throws {
    var profile = Bench.profile
    profile.queueSizes = [64]
    let bench = try Bench(.mmio, profile: profile)
    let session = DriverSession(try bench.makeTransport(), memory: bench.driverMemory)
    var driver = Bench.driverProfile
    if format == .packed { driver.supported.formUnion(.ringPacked) }
    try session.negotiate(driver)
    let queue = try session.makeQueue(0, size: 64, at: Bench.ring)
    session.start()
    // One table for all of them: the descriptors cost the driver nothing.
    var buffers = [Buffer](repeating: Buffer(address: Bench.buffers, byteCount: 1), count: 31)
    if !isGood { buffers[30].address = 1 << 40 }
    for token in 0..<UInt64(64) { try queue.add(buffers.span, readableCount: 31, token: token, table: 0x7_0000) }
    queue.kick()
    // 1, and 2 more for the 32 descriptors, of a turn of 128.
    #expect((isGood ? bench.function.served.count : bench.function.errors.count) == 43)
    #expect(bench.device.hasWaitingQueues)
    bench.device.continueService()
    #expect((isGood ? bench.function.served.count : bench.function.errors.count) == 64)
    bench.device.continueService()
    #expect(!bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases)
  func `a queue that waits for its turn does so while the device may not access memory`(kind: TransportKind) throws {
    let (bench, _, queue, _) = try refill(kind, .split)
    try queue.send()
    bench.deviceMemory.isAllowed = false
    #expect(!bench.device.hasWaitingQueues)
    bench.device.notify(0)
    bench.deviceMemory.isAllowed = true
    #expect(bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases)
  func `a queue that waits for its turn is forgotten by a reset`(kind: TransportKind) throws {
    for isWhole in [true, false] {
      let (bench, session, queue, log) = try refill(kind, .split)
      try queue.send()
      #expect(bench.device.hasWaitingQueues)
      if isWhole { try session.reset() } else { try session.resetQueue(queue) }
      #expect(!bench.device.hasWaitingQueues)
      log.onEvent = { _, _ in }
      if isWhole { try session.negotiate(Bench.driverProfile) }
      let served = bench.function.served.count
      _ = try session.makeQueue(0, size: 8, at: 0x4000)
      session.start()
      #expect(!bench.device.hasWaitingQueues)
      bench.device.continueService()
      #expect(bench.function.served.count == served)
    }
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `a driver that sends from its interrupt handler is served in the same turn`(
    kind: TransportKind, format: RingFormat
  ) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    var left = 5
    bench.interrupts.onLine = {
      #expect(session.handleInterrupt().count == 1)
      #expect(try! queue.reap() != nil)
      guard left > 0 else { return }
      left -= 1
      try! queue.send()
      #expect(bench.function.served.count == 5 - left, "served from within")
    }
    try queue.send()
    #expect(bench.function.served.count == 6)
    #expect(!bench.device.hasWaitingQueues)
  }

  @Test(arguments: TransportKind.allCases)
  func `a device that needs a reset does not serve what was sent meanwhile`(kind: TransportKind) throws {
    let bench = try Bench(kind)
    let (_, queue) = try bench.bringUp()
    bench.interrupts.onLine = {
      bench.interrupts.onLine = {}
      try! queue.send()
      bench.device.needReset()
    }
    try queue.send()
    #expect(bench.function.notifications == [0])
    #expect(!bench.device.hasWaitingQueues)
  }
}
