import Testing

@testable import Virtio

/// A device that is reset, or brought back to life, while it calls its function or interrupts the driver.
@Suite struct NestedResetTests {
  /// Has a driver come to where the device makes the call, if it gets so far.
  private func provoke(_ call: TestFunction.Call, _ session: DriverSession, _ queue: DriverQueue) throws {
    switch call {
    case .start: break
    case .notified: try queue.send()
    case .configurationWritten: session.transport.writeConfiguration(at: 8, byteCount: 1, 1)
    case .queueWasReset: try session.resetQueue(queue)
    case .suspend: try? session.suspend()
    case .resume:
      try session.suspend()
      try? session.resume()
    }
  }

  @Test(arguments: TransportKind.allCases, TestFunction.Call.allCases)
  func `a reset from within a call is a reset like any other`(kind: TransportKind, call: TestFunction.Call) throws {
    for outcome in [true, false] {
      let bench = try Bench(kind)
      (bench.function.canSuspend, bench.function.canResume) = (call != .suspend || outcome, outcome)
      let resets = bench.function.resets
      bench.function.onCall = { if $0 == call { $1.reset() } }
      let (session, queue) = try bench.bringUp()
      try provoke(call, session, queue)
      #expect(bench.device.status.isEmpty)
      #expect(bench.function.resets == resets + 2, "the driver's, and the one from within")
      #expect(bench.device.queues.allSatisfy { !$0.isEnabled })
      #expect(try queue.reap() == nil)

      bench.function.onCall = { _, _ in }
      let (_, next) = try bench.bringUp()
      try next.send(token: 7)
      #expect(try next.reap() == Completion(token: 7, byteCount: 2))
    }
  }

  @Test(arguments: TransportKind.allCases, TestFunction.Call.allCases)
  func `a device can be reset and brought up again within a call`(kind: TransportKind, call: TestFunction.Call) throws {
    let bench = try Bench(kind)
    var inner: DriverQueue?
    bench.function.onCall = { [function = bench.function] now, _ in
      guard now == call else { return }
      function.onCall = { _, _ in }
      inner = try! bench.bringUp().1
      try! inner!.send(token: 8)
    }
    let (session, queue) = try bench.bringUp()
    try provoke(call, session, queue)
    #expect(bench.device.isRunning)
    #expect(try inner?.reap() == Completion(token: 8, byteCount: 2))
    try inner?.send(token: 9)
    #expect(try inner?.reap() == Completion(token: 9, byteCount: 2))
  }

  @Test(arguments: TransportKind.allCases, RingFormat.allCases)
  func `an interrupt handler may reset the device, or take its cause`(kind: TransportKind, format: RingFormat) throws {
    let bench = try Bench(kind)
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    bench.interrupts.onLine = { #expect(session.transport.takeInterruptCauses() == .queue) }
    try queue.send()
    #expect(!bench.interrupts.isAsserted)
    bench.interrupts.onLine = { try! session.reset() }
    try queue.send()
    #expect(bench.device.status.isEmpty)
    #expect(!bench.interrupts.isAsserted)
    #expect(!bench.device.hasWaitingQueues)
  }

  /// A chain of a device that is gone.
  private func taken() throws -> Chain {
    let bench = try Bench(.mmio)
    bench.function.isDeaf = true
    let (_, queue) = try bench.bringUp()
    try queue.send()
    var chain = Chain(in: bench.deviceMemory)
    #expect(try bench.device.queues[0].pop(into: &chain))
    return chain
  }

  @Test func `a chain outlives its queue, its device and its memory`() throws {
    var chain = try taken()
    chain.write(at: 0, bytes: [1, 2, 3])
    #expect(chain.readableBytes.count == 16)
    #expect(chain.writtenByteCount == 3)
  }
}
