import Driver
import Testbench
import Testing

@Suite struct WorkTests {
  private let platform: Platform
  private let queue: WorkQueue

  init() throws {
    platform = try Platform(PlatformTree.board(mmio: [], hasPCI: false))
    queue = WorkQueue("test", platform.kernel)
  }

  @Test func `work that is queued twice runs once, in order, and again when it is queued again`() {
    var order: [Int] = []
    let works = (0..<3).map { index in queue.makeWork("\(index)") { order.append(index) } }
    for work in works { #expect(queue.queue(work)) }
    #expect(!queue.queue(works[0]))
    queue.flush()
    #expect(order == [0, 1, 2])
    #expect(queue.queue(works[1]))
    platform.kernel.scheduler.run()
    #expect(order == [0, 1, 2, 1])
  }

  @Test func `delayed work runs when it is due, not before, and not if it is cancelled`() {
    var times: [UInt64] = []
    let scheduler = platform.kernel.scheduler
    let late = queue.makeWork("late") { times.append(scheduler.now) }
    let never = queue.makeWork("never") { times.append(0) }
    queue.queue(late, after: 5_000_000)
    queue.queue(never, after: 1_000_000)
    #expect(queue.cancel(never) && !queue.cancel(never))
    scheduler.run()
    #expect(times.isEmpty)
    scheduler.sleep(10_000_000)
    #expect(times.count == 1 && times[0] >= 5_000_000 && times[0] < 5_100_000)
  }

  @Test func `two runs of the same platform leave the same trace`() throws {
    func run() throws -> [TraceEvent] {
      let platform = try Rig(transport: .msix).platform()
      platform.kernel.log.kinds = Set(TraceEvent.Kind.allCases)
      try platform.boot()
      let instance = try #require(platform.instances.first)
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      for _ in 0..<5 { _ = try instance.process(Samples.packet(), on: sa) }
      try platform.kernel.unload("virtio_ipsec")
      return platform.kernel.log.events
    }
    #expect(try run() == run())
  }
}
