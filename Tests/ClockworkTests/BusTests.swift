import Testing

@testable import Clockwork

/// Clients that each keep as many transfers waiting as they may.
private struct Clients: ~Copyable, Machine {
  var bus: Bus
  var bytes: UInt32
  var latency: UInt32
  var ask: Int
  var ended: [Int]
  var order: [UInt32] = []

  init(bus: consuming Bus, bytes: UInt32, latency: UInt32, ask: Int, clients: Int) {
    self.bus = bus
    (self.bytes, self.latency, self.ask) = (bytes, latency, ask)
    ended = Array(repeating: 0, count: clients)
  }

  borrowing func copy() -> Clients { preconditionFailure("not copied") }

  mutating func begin(_ kernel: inout Kernel) {
    for client in ended.indices { for _ in 0..<ask { request(client, &kernel) } }
  }

  mutating func handle(_ event: Event, _ kernel: inout Kernel) {
    bus.complete(&kernel)
    ended[Int(event.subject)] += 1
    order.append(event.subject)
    request(Int(event.subject), &kernel)
  }

  private mutating func request(_ client: Int, _ kernel: inout Kernel) {
    bus.request(.init(code: 0, subject: UInt32(client), bytes: bytes, latency: latency), client: client, &kernel)
  }
}

@Suite struct BusTests {
  /// What each client had, in which order, and the most that were outstanding.
  private func run(
    limit: Int, latency: UInt32, clients: Int = 1, ask: Int = 8
  ) -> (ended: [Int], order: [UInt32], peak: UInt64) {
    let clock = ClockDomain(frequency: 1_000_000_000)
    let bus = Bus(
      clock: clock, rate: Rate(bytes: 32), limit: limit, clients: Array(repeating: ask, count: clients))
    var simulation = Simulation(
      Clients(bus: bus, bytes: 256, latency: latency, ask: ask, clients: clients))
    simulation.run(until: clock.instant(ofCycle: 100_000))
    return simulation.act { machine, _ in (machine.ended, machine.order, machine.bus.occupancy.peak) }
  }

  /// Each takes 8 cycles of the data path and `latency` cycles more: the smaller of 1/8 and limit/(8 + latency).
  @Test(arguments: [(1, 0), (1, 24), (2, 24), (4, 24), (8, 24), (3, 56)] as [(Int, UInt32)])
  func `throughput is the smaller of data path and outstanding limit`(limit: Int, latency: UInt32) {
    let ended = run(limit: limit, latency: latency).ended.reduce(0, +)
    let expected = 100_000 * min(1 / 8, Double(limit) / Double(8 + latency))
    #expect(abs(Double(ended) / expected - 1) < 0.001)
  }

  @Test(arguments: 2...5) func `clients that wait take turns`(clients: Int) {
    let machine = run(limit: 1, latency: 24, clients: clients)
    #expect(machine.ended.max()! - machine.ended.min()! <= 8)
    let later = machine.order.dropFirst(8 * clients).prefix(clients * 10)
    #expect(Set(later.prefix(clients)).count == clients)
    #expect(Array(later.prefix(clients)) == Array(later.dropFirst(clients).prefix(clients)))
  }

  /// Of three transfers of 8 cycles each that are asked for at once; an edge is 333 ps behind the one before it.
  @Test func `the data path is busy up to the present, whatever it was asked to carry`() {
    let clock = ClockDomain(frequency: 3_000_000_000)
    let bus = Bus(clock: clock, rate: Rate(bytes: 32), limit: 3, clients: [3])
    var simulation = Simulation(Clients(bus: bus, bytes: 256, latency: 1_000, ask: 3, clients: 1))
    var before: Picoseconds = 0
    for instant in stride(from: 0, through: 12_000, by: 100).map({ Instant(picoseconds: $0) }) {
      simulation.run(until: instant)
      let busy = simulation.act { machine, _ in machine.bus.busyTime(until: instant) }
      #expect(busy == min(instant.picoseconds, clock.instant(ofCycle: 24).picoseconds))
      #expect(busy - before <= 100)
      before = busy
    }
  }

  @Test func `no more are outstanding than may be`() {
    #expect(run(limit: 3, latency: 100, clients: 4).peak == 3)
  }
}
