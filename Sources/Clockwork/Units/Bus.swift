/// A bus that several clients share: so many bytes a cycle, a latency, and so many transfers outstanding.
///
/// While transfers may still be started they are taken in the order asked, one after another on the data path, and
/// overlap in their latency. Once as many are outstanding as may be, the clients wait, and each that ends lets the
/// next client in turn start one. A client's transfers end in the order in which they started: a late one delays those
/// behind it.
public struct Bus: ~Copyable, Sendable {
  public let clock: ClockDomain
  /// What the data path carries.
  public let rate: Rate
  /// Transfers that may be outstanding.
  public let limit: Int
  /// Whether it keeps `occupancy`, `bytes` and `busyCycles`.
  public let isObserved: Bool
  public internal(set) var outstanding = 0
  public internal(set) var occupancy = Occupancy()
  /// Bytes carried since the start of the run.
  public internal(set) var bytes: UInt64 = 0
  /// Cycles in which the data path carried something, scheduled ones included.
  public internal(set) var busyCycles: UInt64 = 0
  var freeCycle: UInt64 = 0
  var pending: Cells<PendingTransfers>
  /// When the last transfer of each client ends.
  var lastEnd: Cells<Instant>
  var waiting = 0
  var turn = 0

  /// A transfer: when it ends, `code` happens to `subject`.
  public struct Transfer: BitwiseCopyable, Sendable {
    public var code: UInt32
    public var subject: UInt32
    public var bytes: UInt32
    /// Cycles from the end of the data's time on the bus until the transfer ends.
    public var latency: UInt32
    /// Picoseconds that it ends later than it should: a fault.
    public var delay: Picoseconds

    public init(code: UInt32, subject: UInt32, bytes: UInt32, latency: UInt32, delay: Picoseconds = 0) {
      self.code = code
      self.subject = subject
      self.bytes = bytes
      self.latency = latency
      self.delay = delay
    }
  }

  /// - Parameters:
  ///   - limit: transfers outstanding, at least 1.
  ///   - clients: for each client, how many of its transfers may wait; it must not ask for more.
  public init(clock: ClockDomain, rate: Rate, limit: Int, clients: [Int], isObserved: Bool = true) {
    precondition(limit > 0 && !clients.isEmpty, "a bus has clients and carries something")
    self.clock = clock
    self.rate = rate
    self.limit = limit
    self.isObserved = isObserved
    pending = Cells(count: clients.count) { PendingTransfers(capacity: clients[$0]) }
    lastEnd = Cells(repeating: .start, count: clients.count)
  }

  /// Time until `instant`, the present or later, in which the data path carried something.
  public func busyTime(until instant: Instant) -> Picoseconds {
    let next = clock.firstCycle(at: instant)
    let toCome = freeCycle > next ? freeCycle - next : 0
    return min(clock.instant(ofCycle: busyCycles - min(busyCycles, toCome)).picoseconds, instant.picoseconds)
  }

  /// Starts `transfer`, or lets it wait for its client's turn.
  public mutating func request(_ transfer: Transfer, client: Int, _ kernel: inout Kernel) {
    if outstanding < limit {
      grant(transfer, client, &kernel)
    } else {
      pending[client].append(transfer)
      waiting += 1
    }
  }

  /// Is to be called when a transfer has ended; starts the next one.
  public mutating func complete(_ kernel: inout Kernel) {
    outstanding -= 1
    if isObserved { occupancy.leave(at: kernel.now) }
    if waiting == 0 { return }
    while pending[turn].isEmpty { advanceTurn() }
    let client = turn
    let transfer = pending[client].removeFirst()
    waiting -= 1
    advanceTurn()
    grant(transfer, client, &kernel)
  }

  /// Forgets everything under way and waiting; the caller cancels what was to happen.
  public mutating func abandon(at instant: Instant) {
    for client in 0..<pending.count {
      pending[client].removeAll()
      lastEnd[client] = instant
    }
    waiting = 0
    while outstanding > 0 {
      outstanding -= 1
      if isObserved { occupancy.leave(at: instant) }
    }
  }

  mutating func grant(_ transfer: Transfer, _ client: Int, _ kernel: inout Kernel) {
    outstanding += 1
    let cycles = rate.cycles(for: transfer.bytes)
    freeCycle = max(freeCycle, clock.firstCycle(at: kernel.now)) + cycles
    if isObserved { note(transfer, cycles, at: kernel.now) }
    let end = max(lastEnd[client], clock.instant(ofCycle: freeCycle + UInt64(transfer.latency)) + transfer.delay)
    lastEnd[client] = end
    kernel.schedule(transfer.code, transfer.subject, at: end)
  }

  @inline(never)
  private mutating func note(_ transfer: Transfer, _ cycles: UInt64, at instant: Instant) {
    occupancy.enter(at: instant)
    bytes += UInt64(transfer.bytes)
    busyCycles += cycles
  }

  mutating func advanceTurn() { turn = turn + 1 == pending.count ? 0 : turn + 1 }
}

extension Bus: Duplicable {
  public borrowing func copy() -> Bus { Bus(copying: self) }

  private init(copying other: borrowing Bus) {
    (clock, rate, limit, isObserved) = (other.clock, other.rate, other.limit, other.isObserved)
    (outstanding, occupancy) = (other.outstanding, other.occupancy)
    (bytes, busyCycles, freeCycle) = (other.bytes, other.busyCycles, other.freeCycle)
    pending = other.pending.copy()
    lastEnd = other.lastEnd.copied()
    (waiting, turn) = (other.waiting, other.turn)
  }
}
