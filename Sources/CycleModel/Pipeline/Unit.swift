/// The units of the pipeline, in the order in which a packet meets them.
public enum Unit: UInt16, CaseIterable, Sendable {
  case ring, fetch, header, parse, cache, fill, input, lanes, control, output, notification, used, interrupt

  /// Its number among the stages.
  @inline(__always) var index: Int { Int(rawValue) }

  /// Name in tables and traces.
  public var name: String {
    switch self {
    case .ring: "ring"
    case .fetch: "descriptor fetch"
    case .header: "header read"
    case .parse: "parse"
    case .cache: "SA cache"
    case .fill: "SA read"
    case .input: "input DMA"
    case .lanes: "lanes"
    case .control: "control unit"
    case .output: "output DMA"
    case .notification: "notification unit"
    case .used: "used write-back"
    case .interrupt: "interrupt"
    }
  }
}

/// What can happen in the pipeline; the comment says to whom.
enum Step: UInt32, CaseIterable {
  /// A queue: the driver has its next request.
  case arrival
  /// A queue.
  case doorbell
  /// A lane of the fetch unit.
  case fetched
  /// A request each.
  case headerRead, parsed, lookedUp, inputRead, processed, controlled, outputWritten
  /// A line of the cache.
  case associationRead, filled
  /// A lane of the lanes.
  case laneFree
  /// A lane of the notification unit.
  case notified
  /// A lane of the used write-back.
  case usedWritten
  /// A queue each.
  case usedTimer, interruptTimer, interrupted
  /// One of the faults, by its number.
  case fault
  /// Nobody: the device is there again, the driver looks again, the backend is there again.
  case restarted, driverBack, backendBack

  /// What a reset calls off.
  static let ofDevice = allCases.filter { $0 != .arrival && $0 != .fault && $0 != .restarted && $0 != .driverBack }
}
