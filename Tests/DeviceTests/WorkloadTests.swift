import Device
import ESP
import Model
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// What holds at any moment of whatever a guest does.
@Suite struct WorkloadTests {
  static let seed = UInt64.random(in: 0...UInt64.max)

  private func trace(_ version: SpecVersion, _ bench: Testbench, seed: UInt64, steps: Int) -> [String] {
    var workload = Workload(version, seed: seed)
    return (0..<steps).map { _ in workload.step(bench) }
  }

  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0])
  func `a reset after any step leaves nothing: the device is as new, and does all over again what it did`(
    version: SpecVersion
  ) throws {
    let steps = 60
    let fresh = try Workload.makeBench(version)
    let blank = fresh.accelerator.saveState()
    let expected = trace(version, fresh, seed: Self.seed, steps: steps)
    let bench = try Workload.makeBench(version)
    for count in 0..<steps {
      _ = trace(version, bench, seed: Self.seed, steps: count)
      try bench.start(notificationBuffers: 8)
      #expect(bench.accelerator.saveState() == blank, "seed \(Self.seed), \(count) steps")
      #expect(bench.accelerator.counters == fresh.accelerator.counters)
    }
    #expect(trace(version, bench, seed: Self.seed, steps: steps) == expected, "seed \(Self.seed)")
  }

  @Test func `a request that was under way at a reset touches nothing of what comes after`() throws {
    let bench = try Testbench()
    for done in 0..<2 {
      _ = try bench.addSA(Samples.gcmTunnel)
      var taken: Ticket?
      bench.accelerator.onNotify = { queue, device in
        let ticket = bench.accelerator.makeTicket(for: queue, of: device)!
        #expect(bench.accelerator.take(ticket))
        if done > 0 { bench.accelerator.work(ticket) }
        taken = ticket
      }
      let first = TestSA(handle: Handle(1)!, direction: .outbound, group: nil)
      #expect(throws: TestbenchError.unanswered) { try bench.encap(Samples.packet(), on: first) }
      bench.accelerator.onNotify = nil
      try bench.start()
      // The new SA has the handle that the request names.
      let sa = try bench.addSA(Samples.gcmTunnel)
      #expect(sa.handle == first.handle)
      let before = bench.accelerator.saveState()
      let ticket = try #require(taken)
      bench.accelerator.work(ticket)
      bench.accelerator.use(ticket)
      ticket.queue.publish()
      #expect(bench.accelerator.saveState() == before)
      #expect(Array(try bench.encap(Samples.packet(), on: sa)[24..<28]) == [0, 0, 0, 1])
      try bench.start()
    }
  }

  /// Some 1,100 moves a version, of workloads that are all different.
  @Test(arguments: [SpecVersion.v0_4, .v1_0, .v2_0])
  func `a guest does not notice how often, and when, its device's state moves to another device`(version: SpecVersion)
    throws
  {
    var moves = 0
    for round in 0..<45 {
      let seed = Self.seed &+ UInt64(round)
      let buffers = round % 3 == 0 ? 0 : 8
      let still = try Workload.makeBench(version, notificationBuffers: buffers)
      let expected = trace(version, still, seed: seed, steps: 50)
      var benches = [
        try Workload.makeBench(version, notificationBuffers: buffers),
        try Workload.makeBench(version, notificationBuffers: buffers),
      ]
      var (workload, random) = (Workload(version, seed: seed), SplitMix(seed: ~seed))
      for step in 0..<50 {
        if Bool.random(using: &random) {
          try benches[1].accelerator.restoreState(benches[0].accelerator.saveState())
          benches.swapAt(0, 1)
          moves += 1
        }
        #expect(workload.step(benches[0]) == expected[step], "seed \(seed), step \(step)")
      }
      #expect(benches[0].accelerator.saveState() == still.accelerator.saveState(), "seed \(seed)")
    }
    #expect(moves > 1000)
  }

  /// The same under ThreadSanitizer: `sh Tests/DeviceTests/threads/run.sh`.
  @Test func `two devices on two threads do what each does alone`() async throws {
    let expected = trace(.v2_0, try Workload.makeBench(.v2_0), seed: 1, steps: 200)
    let both = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<2 {
        group.addTask {
          guard let bench = try? Workload.makeBench(.v2_0) else { return [] }
          var workload = Workload(.v2_0, seed: 1)
          return (0..<200).map { _ in workload.step(bench) }
        }
      }
      return await group.reduce(into: []) { $0.append($1) }
    }
    #expect(both == [expected, expected])
  }
}
