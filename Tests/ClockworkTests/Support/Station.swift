@testable import Clockwork

/// Customers that arrive at one stage, are served, and leave: the textbook's queue.
struct Station: ~Copyable, Machine {
  enum Arrivals {
    case every(Picoseconds)
    case poisson(mean: Picoseconds)
  }

  static let arrival: UInt32 = 0, departure: UInt32 = 1

  var arrivals: Arrivals
  var service: Picoseconds
  var stage: Stage
  var generator: Generator
  var remaining: UInt32
  /// When each came.
  var since: [Instant]
  /// Served customers in order.
  var departed: [UInt32] = []
  /// Customers that found the queue full.
  var rejected = 0

  init(
    _ arrivals: Arrivals, service: Picoseconds, customers: Int, lanes: Int = 1, capacity: Int? = nil, seed: UInt64 = 1
  ) {
    self.arrivals = arrivals
    self.service = service
    stage = Stage(capacity: capacity ?? customers, lanes: lanes)
    generator = Generator(seed: seed)
    remaining = UInt32(customers)
    since = Array(repeating: .start, count: customers)
    departed.reserveCapacity(customers)
  }

  borrowing func copy() -> Station { Station(copying: self) }

  private init(copying other: borrowing Station) {
    (arrivals, service, generator, remaining) = (other.arrivals, other.service, other.generator, other.remaining)
    stage = other.stage.copy()
    (since, departed, rejected) = (other.since, other.departed, other.rejected)
  }

  mutating func begin(_ kernel: inout Kernel) { kernel.schedule(Self.arrival, 0, at: .start) }

  mutating func handle(_ event: Event, _ kernel: inout Kernel) {
    if event.code == Self.arrival {
      arrive(event.subject, &kernel)
    } else {
      let (customer, lane) = (event.subject >> 6, UInt16(event.subject & 63))
      stage.server.finish(lane: lane, at: kernel.now)
      stage.latency.record(kernel.now - since[Int(customer)])
      kernel.trace.record(TraceRecord(.left, unit: 0, lane: lane, serial: UInt64(customer), at: event.instant))
      departed.append(customer)
    }
    while stage.isReady(at: kernel.now) {
      let (customer, lane) = stage.start(at: kernel.now)
      kernel.trace.record(TraceRecord(.started, unit: 0, lane: lane, serial: UInt64(customer), at: event.instant))
      kernel.schedule(Self.departure, customer << 6 | UInt32(lane), at: kernel.now + service)
    }
  }

  private mutating func arrive(_ customer: UInt32, _ kernel: inout Kernel) {
    since[Int(customer)] = kernel.now
    if stage.queue.reserve() { stage.queue.push(customer, at: kernel.now) } else { rejected += 1 }
    remaining -= 1
    if remaining == 0 { return }
    let gap =
      switch arrivals {
      case .every(let gap): gap
      case .poisson(let mean): generator.exponential(mean: mean)
      }
    kernel.schedule(Self.arrival, customer + 1, at: kernel.now + gap)
  }
}
