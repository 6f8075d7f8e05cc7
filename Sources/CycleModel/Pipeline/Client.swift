import Clockwork

/// Who asks for the bus; all have the same turn.
enum Client: Int, CaseIterable {
  case fetch, header, fill, input, output, notification, used

  /// Most transfers that it has at a time.
  func transfers(_ profile: Profile) -> Int {
    switch self {
    case .fetch: Int(profile.fetchOutstanding)
    case .header: Int(profile.headerOutstanding)
    case .fill: Int(profile.cacheOutstanding)
    case .input: Int(profile.inputOutstanding)
    case .output: Int(profile.outputOutstanding)
    case .notification: 1
    case .used: Int(profile.usedOutstanding)
    }
  }

  /// Whether each of its transfers belongs to one request.
  var isRequests: Bool { self == .header || self == .input || self == .output }

  var unit: Unit {
    switch self {
    case .fetch: .fetch
    case .header: .header
    case .fill: .fill
    case .input: .input
    case .output: .output
    case .notification: .notification
    case .used: .used
    }
  }
}

extension Pipeline {
  /// Reads guest memory; `step` happens to `subject` when the data is there.
  @inline(__always)
  mutating func read(_ bytes: UInt64, for client: Client, _ step: Step, _ subject: UInt32, _ kernel: inout Kernel) {
    var transfer = Bus.Transfer(
      code: step.rawValue, subject: subject, bytes: UInt32(bytes), latency: UInt32(profile.readLatency))
    if faults.areAny { spoil(&transfer, of: client, &kernel) }
    buses[0].request(transfer, client: client.rawValue, &kernel)
    count(.reads, UInt64(buses[0].outstanding), &kernel)
  }

  /// Writes guest memory; `step` happens to `subject` when the data is visible.
  @inline(__always)
  mutating func write(_ bytes: UInt64, for client: Client, _ step: Step, _ subject: UInt32, _ kernel: inout Kernel) {
    var transfer = Bus.Transfer(
      code: step.rawValue, subject: subject, bytes: UInt32(bytes), latency: UInt32(profile.writeLatency))
    if faults.areAny { spoil(&transfer, of: client, &kernel) }
    buses[buses.count - 1].request(transfer, client: client.rawValue, &kernel)
    countWrites(&kernel)
  }

  @inline(__always)
  mutating func endRead(_ kernel: inout Kernel) {
    buses[0].complete(&kernel)
    count(.reads, UInt64(buses[0].outstanding), &kernel)
  }

  @inline(__always)
  mutating func endWrite(_ kernel: inout Kernel) {
    buses[buses.count - 1].complete(&kernel)
    countWrites(&kernel)
  }

  @inline(__always)
  private mutating func countWrites(_ kernel: inout Kernel) {
    count(buses.count == 1 ? .reads : .writes, UInt64(buses[buses.count - 1].outstanding), &kernel)
  }
}
