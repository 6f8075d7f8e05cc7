import Clockwork
import CycleModel
import Device
import Spec
import Testbench
import Testing

@Suite struct TimedRunTests {
  /// A digest that every machine computes alike.
  private func digest(_ trace: [TraceRecord]) -> UInt64 {
    trace.reduce(0xcbf2_9ce4_8422_2325) { digest, record in
      let words = [
        record.instant.picoseconds, record.serial, UInt64(record.unit), UInt64(record.lane),
        UInt64(record.phase.rawValue),
      ]
      return words.reduce(digest) { ($0 ^ $1) &* 0x100_0000_01b3 }
    }
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func `a run resumed from any of 60 random cycles gives the same trace and the same statistics`(seed: UInt64) throws {
    let plan = Plans.both(.timed(Plans.narrow), count: 40, seed: seed)
    let whole = try Run(plan, trace: 256)
    let expected = whole.trace()
    let run = try Run(plan, trace: 256)
    var before: [TraceRecord] = []
    var generator = Generator(seed: seed)
    let core = Plans.narrow.core
    let cycles = core.firstCycle(at: whole.now)
    for cycle in (0..<60).map({ _ in generator.next(below: cycles) }).sorted() {
      before += run.trace(until: core.instant(ofCycle: cycle))
      let resumed = run.checkpoint()
      #expect(before + resumed.trace() == expected, "seed \(seed), cycle \(cycle)")
      #expect(resumed.statistics == whole.statistics, "seed \(seed), cycle \(cycle)")
    }
    run.advance()
    #expect(run.statistics == whole.statistics)
  }

  /// Packets wait for their cryptography until somebody looks: here, after every step.
  @Test(arguments: 1...5 as ClosedRange<UInt64>)
  func `whoever looks at the device all the time sees the run that nobody looks at`(seed: UInt64) throws {
    var plan = Plans.both(.timed(Plans.narrow), seed: seed)
    plan.flows.append(Flow(.churn, .every(900_000), count: 40, packets: []))
    plan.faults = [Fault(.backendLoss, .cycle(4_000), duration: 2_000), Fault(.droppedDMA, .chance(perMillion: 5_000))]
    let (unseen, seen) = (try Run(plan, trace: 256), try Run(plan, trace: 256))
    let (one, other) = (Capture(unseen), Capture(seen))
    let expected = unseen.trace()
    var trace: [TraceRecord] = []
    while !seen.isFinished {
      trace += seen.trace(until: seen.now + 100_000)
      #expect(seen.deviceState != nil)
    }
    #expect(trace == expected && one.results == other.results, "seed \(seed)")
    #expect(seen.deviceState == unseen.deviceState && seen.notifications == unseen.notifications, "seed \(seed)")
  }

  @Test func `packets after a checkpoint are those of the run`() throws {
    let plan = Plans.both(.timed(Plans.narrow))
    let run = try Run(plan)
    run.advance(until: Instant(picoseconds: 12_000_000))
    let resumed = run.checkpoint()
    let (one, other) = (Capture(run), Capture(resumed))
    run.advance()
    resumed.advance()
    #expect(one.results == other.results && one.results[2]!.count > 40)
  }

  @Test func `the same seed gives the same trace, and it is the one that is known`() throws {
    let plan = Plans.both(.timed(Plans.narrow), seed: 5)
    let trace = try Run(plan, trace: 256).trace()
    #expect(try Run(plan, trace: 256).trace() == trace)
    #expect(try Run(Plans.both(.timed(Plans.narrow), seed: 6), trace: 256).trace() != trace)
    #expect(digest(trace) == 12_393_581_332_857_059_296)
  }

  @Test(arguments: Fault.Kind.allCases, 1...10 as ClosedRange<UInt64>)
  func `a fault on a real device is accounted for, and the device serves on`(kind: Fault.Kind, seed: UInt64) throws {
    var plan = Plans.both(.timed(Plans.narrow), seed: seed)
    plan.faults = [Fault(kind, .chance(perMillion: 5_000), duration: 3_000), Fault(kind, .cycle(2_000), duration: 500)]
    let run = try Run(plan)
    run.advance()
    let statistics = run.statistics
    #expect(statistics.accepted == 240 && statistics.underWay == 0, "seed \(seed)")
    #expect(statistics.completed + statistics.faulted.reduce(0, +) == 240, "seed \(seed)")
    #expect(statistics.faults[Int(kind.rawValue)] > 0 && statistics.completed > 100, "seed \(seed)")
  }

  /// Two cores have a lane each; traffic on the first half of the queues has the first one only.
  @Test func `a core of the device serves its part of the queues`() throws {
    var profile = Profile()
    (profile.lanes, profile.coreFrequency) = (2, 20_000_000)
    var duration: [UInt64] = []
    for scaling in [1, 2] as [UInt64] {
      profile.scaling = scaling
      var plan = Plan(
        mode: .timed(profile), associations: [Plans.tunnel(0)],
        flows: [Flow(.decapsulate(), count: 200, packets: [Plans.packet(1_420)])])
      plan.pairs = 1
      let run = try Run(plan)
      run.advance()
      duration.append(run.statistics.duration)
    }
    #expect(abs(Double(duration[1]) / Double(duration[0]) - 2) < 0.1)
  }
}
