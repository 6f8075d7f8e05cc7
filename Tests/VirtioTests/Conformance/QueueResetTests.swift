import Testing

@testable import Virtio
import Wire

/// VQRST: one queue stops, and starts anew.
@Suite struct QueueResetTests {
  /// What a queue's register says on either transport.
  private func isEnabledAsRead(_ bench: Bench, queue: UInt32) -> Bool {
    switch bench.kind {
    case .mmio:
      bench.mmio!.write(\MMIORegisters.queueSelect, queue)
      return bench.mmio!.read(\MMIORegisters.queueReady) != 0
    case .pci:
      let window = PCIWindow(bench.pci!, bar: 4)
      window.write(\CommonConfiguration.queueSelect, UInt16(queue))
      return window.read(\CommonConfiguration.queueEnable) != 0
    }
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
    #expect(!isEnabledAsRead(bench, queue: 0))
    #expect(session.transport.isQueueResetDone(0))
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
    _ = try session.makeQueue(1, size: 8, at: 0x4000)
    try queue.send()
    #expect(bench.interrupts.isAsserted)
    #expect(isEnabledAsRead(bench, queue: 0) && isEnabledAsRead(bench, queue: 1))
    bench.device.holdsTransitions = true
    session.transport.startQueueReset(0)
    #expect(!session.transport.isQueueResetDone(0))
    bench.device.holdsTransitions = false
    session.transport.writeStatus([])
    #expect(session.transport.isQueueResetDone(0))
    for queue in 0..<UInt32(3) { #expect(!isEnabledAsRead(bench, queue: queue)) }
    #expect(session.transport.takeInterruptCauses().isEmpty)
    #expect(!bench.interrupts.isAsserted)
  }
}
