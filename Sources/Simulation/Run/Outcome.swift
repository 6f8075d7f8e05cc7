import Spec
import Testbench

/// What became of an order.
enum Outcome {
  /// What the device made of a packet; without bytes where nobody asks for them.
  case packet(Result<[UInt8], TestbenchError>)
  /// Whether a packet of which there is only the size would be refused.
  case size(isRefused: Bool)
  /// What became of each packet of a chain of several.
  case several([Outcome])
  /// Whether the device did what a command says.
  case command(Bool)
}

extension Tally {
  /// Counts an event that the driver was told of.
  mutating func count(_ event: NotificationEvent) {
    events += 1
    eventsByKind[event.kind, default: 0] += 1
  }

  /// Counts what the driver was told of an order.
  ///
  /// - Parameter isMalformed: whether it was of what is no IP packet.
  mutating func count(_ order: Order, _ outcome: Outcome, isMalformed: Bool) {
    switch outcome {
    case .several: preconditionFailure("counted one by one")
    case .size(let isRefused):
      if isRefused { refused += 1 } else { pass(order) }
    case .command(let isDone):
      commands += isDone ? 1 : 0
      commandsFailed += isDone ? 0 : 1
    case .packet(let result):
      guard case .packet(_, _, _, _, let condition) = order else { return }
      let isPassed = count(result, of: order)
      switch condition {
      case .sound: goodRefused += isPassed || isMalformed ? 0 : 1
      case .replayed:
        replayed += 1
        replaysAccepted += isPassed ? 1 : 0
      case .corrupted:
        corrupted += 1
        corruptedAccepted += isPassed ? 1 : 0
      case .unprotected: unprotected += 1
      }
    }
  }

  private mutating func pass(_ order: Order) {
    guard case .packet(_, _, let length, _, _) = order else { return }
    passed += 1
    passedBytes += UInt64(length)
  }

  private mutating func count(_ result: Result<[UInt8], TestbenchError>, of order: Order) -> Bool {
    switch result {
    case .success:
      pass(order)
      return true
    case .failure(let error):
      refused += 1
      refusals["\(error)", default: 0] += 1
      return false
    }
  }
}
