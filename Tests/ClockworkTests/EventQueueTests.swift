import Testing

@testable import Clockwork

@Suite struct EventQueueTests {
  /// Distances of one slot of the wheel, of some, of more than the wheel has, and of many times as much.
  static let reaches: [UInt64] = [50, 10_000, 3_000_000, 500_000_000]

  @Test(arguments: 1...10 as ClosedRange<UInt64>, reaches)
  func `events come out by time, and in the order of scheduling at equal times`(seed: UInt64, reach: UInt64) {
    var generator = Generator(seed: seed)
    var queue = EventQueue()
    var expected: [(instant: UInt64, subject: UInt32)] = []
    var popped: [UInt32] = []
    var reference: [UInt32] = []
    var now: UInt64 = 0
    for subject in 0..<2_000 as Range<UInt32> {
      // Many at equal times.
      let instant = now + generator.next(below: 50) * (reach / 50)
      queue.schedule(subject % 3, subject, at: Instant(picoseconds: instant))
      expected.append((instant, subject))
      if generator.next(below: 3) == 0 {
        let event = queue.popFirst()!
        popped.append(event.subject)
        let least = expected.indices.min { (expected[$0].instant, $0) < (expected[$1].instant, $1) }!
        now = expected[least].instant
        reference.append(expected.remove(at: least).subject)
      }
    }
    while let event = queue.popFirst() { popped.append(event.subject) }
    reference += expected.enumerated().sorted { ($0.element.instant, $0.offset) < ($1.element.instant, $1.offset) }
      .map(\.element.subject)
    #expect(popped == reference, "seed \(seed)")
  }

  @Test(arguments: 1...10 as ClosedRange<UInt64>, reaches)
  func `events of a kind that are called off do not happen, all others do`(seed: UInt64, reach: UInt64) {
    var generator = Generator(seed: seed)
    var queue = EventQueue()
    for subject in 0..<500 as Range<UInt32> {
      queue.schedule(subject % 3, subject, at: Instant(picoseconds: generator.next(below: reach)))
      if subject.isMultiple(of: 5) { _ = queue.popFirst() }
    }
    let expected = queue.pending.filter { $0.code != 1 }
    queue.removeAll(1)
    #expect(queue.count == expected.count && !expected.isEmpty)
    #expect(queue.pending == expected, "seed \(seed)")
  }

  @Test func `storage grows to the largest number of pending events and not after`() {
    var queue = EventQueue(capacity: 4)
    for subject in 0..<100 as Range<UInt32> { queue.schedule(0, subject, at: .start) }
    let growths = queue.growths
    #expect(growths > 0)
    for subject in 0..<10_000 as Range<UInt32> {
      _ = queue.popFirst()
      queue.schedule(0, subject, at: Instant(picoseconds: UInt64(subject)))
    }
    #expect(queue.growths == growths)
  }

  @Test func `time that passes without events costs no events`() {
    var simulation = Simulation(Station(.every(1_000_000_000_000_000), service: 10, customers: 3))
    simulation.run()
    #expect(simulation.kernel.handled == 6)
    #expect(simulation.kernel.now.picoseconds == 2_000_000_000_000_010)
  }

  @Test func `a run stops at its limit and has that time`() {
    var simulation = Simulation(Station(.every(100), service: 10, customers: 5))
    simulation.run(until: Instant(picoseconds: 150))
    #expect(simulation.kernel.now.picoseconds == 150)
    #expect(simulation.machine.departed == [0, 1])
  }
}
