/// A bus that several clients share: so many bytes a cycle, a latency, and so many transfers outstanding.
///
/// While transfers may still be started they are taken in the order asked, one after another on the data path, and
/// overlap in their latency. Once as many are outstanding as may be, the clients wait, and each that ends lets the
/// next client in turn start one.
public struct Bus: Sendable {
  public let clock: ClockDomain
  /// What the data path carries.
  public let rate: Rate
  /// Transfers that may be outstanding.
  public let limit: Int
  public internal(set) var outstanding = Occupancy()
  /// Bytes carried since the start of the run.
  public internal(set) var bytes: UInt64 = 0
  /// Cycles in which the data path carried something, scheduled ones included.
  public internal(set) var busyCycles: UInt64 = 0
  var freeCycle: UInt64 = 0
  var pending: [PendingTransfers]
  var waiting = 0
  var turn = 0

  /// A transfer: when it ends, `code` happens to `subject`.
  public struct Transfer: Sendable {
    public var code: UInt32
    public var subject: UInt32
    public var bytes: UInt32
    /// Cycles from the end of the data's time on the bus until the transfer ends.
    public var latency: UInt32

    public init(code: UInt32, subject: UInt32, bytes: UInt32, latency: UInt32) {
      self.code = code
      self.subject = subject
      self.bytes = bytes
      self.latency = latency
    }
  }

  /// - Parameters:
  ///   - limit: transfers outstanding, at least 1.
  ///   - clients: for each client, how many of its transfers may wait; it must not ask for more.
  public init(clock: ClockDomain, rate: Rate, limit: Int, clients: [Int]) {
    precondition(limit > 0 && !clients.isEmpty, "a bus has clients and carries something")
    self.clock = clock
    self.rate = rate
    self.limit = limit
    pending = clients.map(PendingTransfers.init)
  }

  /// Starts `transfer`, or lets it wait for its client's turn.
  public mutating func request(_ transfer: Transfer, client: Int, _ kernel: inout Kernel) {
    if Int(outstanding.count) < limit {
      grant(transfer, &kernel)
    } else {
      pending[client].append(transfer)
      waiting += 1
    }
  }

  /// Is to be called when a transfer has ended; starts the next one.
  public mutating func complete(_ kernel: inout Kernel) {
    outstanding.leave(at: kernel.now)
    if waiting == 0 { return }
    while pending[turn].isEmpty { advanceTurn() }
    let transfer = pending[turn].removeFirst()
    waiting -= 1
    advanceTurn()
    grant(transfer, &kernel)
  }

  /// Share of the cycles until `instant` in which the data path was busy: 0 to 1.
  public func busyShare(until instant: Instant) -> Double {
    let cycles = clock.firstCycle(at: instant)
    return cycles == 0 ? 0 : min(1, Double(busyCycles) / Double(cycles))
  }

  mutating func grant(_ transfer: Transfer, _ kernel: inout Kernel) {
    outstanding.enter(at: kernel.now)
    let cycles = rate.cycles(for: transfer.bytes)
    freeCycle = max(freeCycle, clock.firstCycle(at: kernel.now)) + cycles
    bytes += UInt64(transfer.bytes)
    busyCycles += cycles
    kernel.schedule(transfer.code, transfer.subject, at: clock.instant(ofCycle: freeCycle + UInt64(transfer.latency)))
  }

  mutating func advanceTurn() { turn = turn + 1 == pending.count ? 0 : turn + 1 }
}

/// One client's transfers that wait; the storage never grows.
struct PendingTransfers: Sendable {
  var places: [Bus.Transfer]
  var head = 0
  var count = 0

  init(capacity: Int) {
    places = Array(repeating: Bus.Transfer(code: 0, subject: 0, bytes: 0, latency: 0), count: max(1, capacity))
  }

  var isEmpty: Bool { count == 0 }

  mutating func append(_ transfer: Bus.Transfer) {
    precondition(count < places.count, "a client asks for no more transfers than it said")
    let place = head + count
    places[place < places.count ? place : place - places.count] = transfer
    count += 1
  }

  mutating func removeFirst() -> Bus.Transfer {
    let transfer = places[head]
    head = head + 1 == places.count ? 0 : head + 1
    count -= 1
    return transfer
  }
}
