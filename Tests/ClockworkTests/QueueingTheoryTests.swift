import Testing

@testable import Clockwork

/// The kernel against formulas that were there before it.
@Suite struct QueueingTheoryTests {
  /// Pollaczek and Khinchine: with constant service S and load r, a customer waits r S / 2 (1 - r) on the average.
  @Test(arguments: [(20, 0.02), (50, 0.02), (80, 0.03), (90, 0.05)] as [(UInt64, Double)])
  func `M/D/1 waits as long as Pollaczek and Khinchine say`(percent: UInt64, tolerance: Double) {
    let service: Picoseconds = 1_000_000
    let mean = service * 100 / percent
    var simulation = Simulation(Station(.poisson(mean: mean), service: service, customers: 400_000, seed: 2_015))
    simulation.run()
    let load = Double(percent) / 100
    let expected = load * Double(service) / (2 * (1 - load))
    #expect(abs(simulation.machine.stage.queue.residence.mean / expected - 1) < tolerance)
  }

  /// Erlang's B of 1917: m lanes without a queue reject this share of Poisson arrivals.
  @Test(arguments: [(1, 1.0), (2, 1.5), (4, 3.0), (8, 6.0)])
  func `lanes without room to wait reject as many as Erlang's B says`(lanes: Int, offered: Double) {
    var blocking = 1.0
    for lane in 1...lanes { blocking = offered * blocking / (Double(lane) + offered * blocking) }
    let service: Picoseconds = 1_000_000
    var simulation = Simulation(
      Loss(lanes: lanes, service: service, mean: Picoseconds(Double(service) / offered), customers: 300_000))
    simulation.run()
    #expect(abs(simulation.machine.rejected / 300_000 / blocking - 1) < 0.02)
  }

  @Test(arguments: [1, 2, 4], [30, 70, 99] as [UInt64])
  func `Little's law holds to the picosecond`(lanes: Int, percent: UInt64) {
    let mean = 1_000_000 * 100 / (percent * UInt64(lanes))
    var simulation = Simulation(
      Station(.poisson(mean: mean), service: 1_000_000, customers: 20_000, lanes: lanes, seed: percent))
    simulation.run()
    let integral = simulation.machine.stage.queue.occupancy.integral(until: simulation.kernel.now)
    let (sum, count) = (simulation.machine.stage.queue.residence.sum, simulation.machine.stage.queue.residence.count)
    #expect(integral == sum)
    #expect(count == 20_000)
  }

  @Test(arguments: 1...64) func `lanes work side by side`(lanes: Int) {
    var simulation = Simulation(Station(.every(0), service: 1_000, customers: lanes * 10, lanes: lanes))
    simulation.run()
    #expect(simulation.kernel.now.picoseconds == 10_000)
    let busy = simulation.machine.stage.server.utilisation.busyTime(until: simulation.kernel.now)
    #expect(busy == UInt64(lanes) * 10_000)
  }

  @Test func `a full queue turns customers away and loses nobody else`() {
    var simulation = Simulation(Station(.every(10), service: 40, customers: 1_000, capacity: 4))
    simulation.run()
    #expect(simulation.machine.departed.count + simulation.machine.rejected == 1_000)
    #expect(simulation.machine.rejected > 700)
    #expect(simulation.machine.stage.queue.occupancy.peak == 4)
    #expect(simulation.machine.departed == simulation.machine.departed.sorted())
  }
}

/// Lanes and no queue.
private struct Loss: Machine {
  var server: Server
  var generator = Generator(seed: 1_917)
  let service, mean: Picoseconds
  var remaining: Int
  var rejected = 0.0

  init(lanes: Int, service: Picoseconds, mean: Picoseconds, customers: Int) {
    server = Server(lanes: lanes)
    (self.service, self.mean, remaining) = (service, mean, customers)
  }

  borrowing func copy() -> Loss { preconditionFailure("not copied") }

  mutating func begin(_ kernel: inout Kernel) { kernel.schedule(0, at: .start) }

  mutating func handle(_ event: Event, _ kernel: inout Kernel) {
    if event.code == 1 { return server.finish(lane: UInt16(event.subject), at: kernel.now) }
    if server.hasFreeLane {
      kernel.schedule(1, UInt32(server.start(at: kernel.now)), at: kernel.now + service)
    } else {
      rejected += 1
    }
    remaining -= 1
    if remaining > 0 { kernel.schedule(0, at: kernel.now + generator.exponential(mean: mean)) }
  }
}
