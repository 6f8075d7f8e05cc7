import Clockwork
import CycleModel
import Device
import Spec
import Testbench
import Testing
import Virtio
import Wire

@Suite struct ModeTests {
  static let versions: [SpecVersion] = [.v0_4, .v1_0, .v2_0]

  private func packets(of plan: Plan) throws -> [Int: [[UInt8]]] {
    let run = try Run(plan)
    let capture = Capture(run)
    run.advance()
    #expect(run.isFinished && run.statistics.completed == run.statistics.accepted)
    #expect(capture.inputs == Int(run.statistics.accepted))
    return capture.results
  }

  @Test(arguments: versions) func `a timed device gives the packets of one without time`(version: SpecVersion) throws {
    let timed = try packets(of: Plans.both(.timed(Plans.narrow), version: version))
    #expect(try packets(of: Plans.both(.functional, version: version)) == timed)
    #expect(timed[2]?.count == 120)
  }

  @Test func `all versions give the same packets`() throws {
    let modern = try packets(of: Plans.both(.timed()))
    for version in [SpecVersion.v0_4, .v1_0] {
      #expect(try packets(of: Plans.both(.timed(), version: version)) == modern, "\(version)")
    }
  }

  @Test(arguments: [[], .ringPacked, .inOrder, [.ringPacked, .inOrder]] as [FeatureSet])
  func `all rings give the same packets, and every packet once`(rings: FeatureSet) throws {
    var plan = Plans.both(.timed(Plans.narrow))
    plan.features = AcceleratorProfile(.v2_0).features.subtracting([.ringPacked, .inOrder]).union(rings)
    #expect(try packets(of: plan) == packets(of: Plans.both(.timed(Plans.narrow))))
  }

  /// What a packet needs is asked of the device in both cases, once or each time.
  @Test(arguments: 1...10 as ClosedRange<UInt64>)
  func `sizes alone give the trace of real packets`(seed: UInt64) throws {
    var plan = Plans.both(.timed(Plans.narrow), seed: seed)
    plan.flows[1].work = .decapsulate()
    let real = try Run(plan, trace: 1_024).trace()
    plan.mode = .timingOnly(Plans.narrow)
    let sizes = try Run(plan, trace: 1_024).trace()
    #expect(sizes == real && real.count > 5_000, "seed \(seed)")
  }

  @Test(arguments: versions) func `a timed testbench does the same, in time`(version: SpecVersion) throws {
    let (timed, untimed) = (try Testbench(version: version, mode: .timed()), try Testbench(version: version))
    let sas = try [timed, untimed].map { try $0.addSA(Plans.tunnel(0)) }
    let before = timed.now
    let packet = Plans.packet(1_420)
    #expect(try timed.encap(packet, on: sas[0]) == untimed.encap(packet, on: sas[1]))
    #expect(timed.now - before > 2_000_000 && untimed.now == .start)
    #expect(timed.statistics?.packets == 1 && untimed.statistics == nil)
  }

  @Test func `SAs come and go beside the packets`() throws {
    var plan = Plans.both(.timed())
    plan.flows.append(Flow(.churn, .every(3_000_000), count: 100, packets: []))
    let run = try Run(plan)
    run.advance()
    #expect(run.statistics.completed == 340)
    let control = try #require(run.statistics.units.first { $0.name == Unit.control.name })
    #expect(control.arrivals == 100)
  }

  @Test func `events reach the driver`() throws {
    var plan = Plans.both(.timed(), sas: 1)
    plan.associations[0].notifications.events = [.sequencePeriodic]
    plan.associations[0].notifications.interval = 10
    plan.flows.removeLast()
    let run = try Run(plan)
    run.advance()
    #expect(run.notifications.count == 12)
    #expect(run.statistics.notifications == 12)
  }

  @Test(arguments: [
    Plan(associations: [], flows: [Flow(count: 1, packets: [[0]])]),
    Plan(associations: [Plans.tunnel(0)], flows: [Flow(count: 1, packets: [])]),
    Plan(associations: [Plans.tunnel(0)], flows: [Flow(pair: 1, count: 1, packets: [[0]])]),
    Plan(
      associations: [Plans.tunnel(0)], flows: [Flow(count: 1, packets: [[0]]), Flow(count: 1, packets: [[0]])]),
  ]) func `a plan that cannot be is refused`(plan: Plan) { #expect(throws: TestbenchError.self) { try Run(plan) } }
}
