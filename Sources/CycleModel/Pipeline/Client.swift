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
}

extension Pipeline {
  /// Reads guest memory; `step` happens to `subject` when the data is there.
  mutating func read(_ bytes: UInt64, for client: Client, _ step: Step, _ subject: UInt32, _ kernel: inout Kernel) {
    let transfer = Bus.Transfer(
      code: step.rawValue, subject: subject, bytes: UInt32(bytes), latency: UInt32(profile.readLatency))
    buses[0].request(transfer, client: client.rawValue, &kernel)
  }

  /// Writes guest memory; `step` happens to `subject` when the data is visible.
  mutating func write(_ bytes: UInt64, for client: Client, _ step: Step, _ subject: UInt32, _ kernel: inout Kernel) {
    let transfer = Bus.Transfer(
      code: step.rawValue, subject: subject, bytes: UInt32(bytes), latency: UInt32(profile.writeLatency))
    buses[buses.count - 1].request(transfer, client: client.rawValue, &kernel)
  }

  mutating func endRead(_ kernel: inout Kernel) { buses[0].complete(&kernel) }
  mutating func endWrite(_ kernel: inout Kernel) { buses[buses.count - 1].complete(&kernel) }
}
