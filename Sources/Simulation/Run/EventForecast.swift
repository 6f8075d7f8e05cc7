import Device
import ESP
import Spec

/// What SAs would count, refuse and tell of, without a device that does so.
struct EventForecast: Sendable {
  /// Of each SA.
  private let associations: [ScenarioAssociation]
  /// Whether any of them ends, or tells of anything.
  private let isNeeded: Bool
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
    isNeeded = associations.contains { $0.needsForecast(of: scenario.packetCount) }
    reset(behind: SequenceBounds(scenario))
  }

  /// The device has new SAs, whose packets go on behind `bounds`.
  mutating func reset(behind bounds: SequenceBounds) {
    waiting = []
    if isNeeded { copies = bounds.numbers.map { Copy(sequence: $0) } }
  }

  // MARK: Packets

  /// Whether the SA's time is over, of which its owner is told once, or its sequence numbers are used up.
  mutating func refuses(_ tag: UInt32, of association: Int, _ events: inout UInt32) -> Bool {
    if copies.isEmpty { return false }
    guard copies[Int(tag)].usage.isExpired(associations[association].parameters.lifetime) else {
      return associations[association].isUsedUp(after: copies[Int(tag)].sequence - associations[association].sequence)
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
  /// Whether it tells of anything, or ends within so many packets.
  fileprivate func needsForecast(of packets: UInt64) -> Bool {
    !notifications.events.isEmpty || parameters.lifetime != Lifetime() || isUsedUp(after: packets)
  }

  /// Whether it, or an SA inside of it, has no number for another packet. A peer without one sends it as it is, and the
  /// device refuses it.
  fileprivate func isUsedUp(after packets: UInt64) -> Bool {
    sequence(after: packets) == lastSequence || inner.contains { $0.isUsedUp(after: packets) }
  }

  /// Whether so few sequence numbers are left that its owner is to be told.
  fileprivate func isNearOverflow(_ sequence: UInt64) -> Bool {
    direction == .outbound && sequence >= notifications.overflowAt ?? (lastSequence - parameters.overflowNotice)
  }
}
