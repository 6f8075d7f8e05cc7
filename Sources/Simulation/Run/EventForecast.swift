import Device
import ESP
import Spec

/// What SAs would count, refuse and tell of, without a device that does so.
struct EventForecast: Sendable {
  /// Of each SA.
  private let associations: [ScenarioAssociation]
  /// Of each copy of each SA, by its tag.
  private var copies: [Copy] = []
  /// Events that wait to be written, oldest first.
  private var waiting: [Event] = []
  private(set) var coalesced: UInt64 = 0

  private struct Copy {
    var sequence: UInt64
    var usage = Usage()
    var isHardTold = false
  }

  /// One of each copy and kind waits, as in the device.
  private struct Event: Equatable {
    let tag: UInt32
    let kind: NotificationEvent
  }

  init(_ scenario: Scenario) {
    associations = scenario.associations
    if associations.contains(where: \.needsForecast) { reset(behind: SequenceBounds(scenario)) }
  }

  /// The device has new SAs, whose packets go on behind `bounds`.
  mutating func reset(behind bounds: SequenceBounds) {
    waiting = []
    if associations.contains(where: \.needsForecast) { copies = bounds.numbers.map { Copy(sequence: $0) } }
  }

  // MARK: Packets

  /// Whether the SA's time is over; its owner is told once.
  mutating func refuses(_ tag: UInt32, of association: Int, _ events: inout UInt32) -> Bool {
    guard !copies.isEmpty, copies[Int(tag)].usage.isExpired(associations[association].parameters.lifetime) else {
      return false
    }
    if !copies[Int(tag)].isHardTold { post(.hardLifetime, tag, association, &events) }
    copies[Int(tag)].isHardTold = true
    return true
  }

  /// A packet of `length` bytes passes.
  mutating func pass(_ length: Int, _ tag: UInt32, of association: Int, _ events: inout UInt32) {
    if copies.isEmpty { return }
    let (parameters, settings) = (associations[association].parameters, associations[association].notifications)
    var copy = copies[Int(tag)]
    copy.sequence += 1
    if copy.usage.add(bytes: length, parameters.lifetime) {
      let isOfBytes = parameters.lifetime.softBytes.map { copy.usage.bytes >= $0 } ?? false
      post(isOfBytes ? .softLifetime : .softLifetimePackets, tag, association, &events)
    }
    if associations[association].isNearOverflow(copy.sequence), !copy.usage.overflowReported {
      copy.usage.overflowReported = true
      post(.sequenceOverflow, tag, association, &events)
    }
    if settings.interval > 0, copy.sequence.isMultiple(of: settings.interval) {
      post(.sequencePeriodic, tag, association, &events)
    }
    copies[Int(tag)] = copy
  }

  // MARK: Events

  private mutating func post(_ kind: NotificationEvent, _ tag: UInt32, _ association: Int, _ events: inout UInt32) {
    guard associations[association].notifications.events.contains(kind) else { return }
    let event = Event(tag: tag, kind: kind)
    if waiting.contains(event) {
      coalesced += 1
    } else {
      waiting.append(event)
      events += 1
    }
  }

  /// The oldest event is written.
  mutating func wrote() -> NotificationEvent? { waiting.isEmpty ? nil : waiting.removeFirst().kind }
  /// The latest event found no place.
  mutating func drop() { _ = waiting.popLast() }
}

extension ScenarioAssociation {
  /// Whether it tells of anything, or ends.
  fileprivate var needsForecast: Bool { !notifications.events.isEmpty || parameters.lifetime != Lifetime() }

  /// Whether so few sequence numbers are left that its owner is to be told; only who sends numbers packets.
  fileprivate func isNearOverflow(_ sequence: UInt64) -> Bool {
    let last = parameters.extendedSequence ? UInt64.max : UInt64(UInt32.max)
    return direction == .outbound && sequence >= notifications.overflowAt ?? (last - parameters.overflowNotice)
  }
}
