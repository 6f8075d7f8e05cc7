import ESP
import Spec

/// Holds notifications until the guest has a buffer for them: one for each SA and event, and no more than a limit.
///
/// A class, so that the data plane can hold on to it from packet to packet.
final class NotificationUnit {
  // Looked at with every packet; each access is one of its own.
  @exclusivity(unchecked) private(set) var held: [Notification] = []
  private let limit: Int
  /// Notifications that found no place, ones that were folded into an earlier one, and ones that were delivered.
  private(set) var lost: UInt64 = 0
  private(set) var coalesced: UInt64 = 0
  private(set) var delivered: UInt64 = 0

  init(limit: Int, held: [Notification] = []) {
    self.limit = limit
    self.held = held
  }

  // MARK: What happens

  /// Posts what came with a packet, as far as the SA's owner wants to hear of it.
  func post(_ outcome: Outcome, _ sa: StoredSA, _ position: Int) {
    let events = outcome.events
    if events.contains(.softLifetime) { postSoftLifetime(sa, position) }
    if events.contains(.sequenceOverflowNear) { post(.sequenceOverflow, sa, position, outcome.sequence) }
    if events.contains(.sequencePeriodic) { post(.sequencePeriodic, sa, position, outcome.sequence) }
  }

  private func postSoftLifetime(_ sa: StoredSA, _ position: Int) {
    guard let usage = sa.members[position].association.softUsage else { return }
    if let limit = sa.members[position].description.parameters.lifetime.softBytes, usage.bytes >= limit {
      post(.softLifetime, sa, position, usage.bytes)
    } else {
      post(.softLifetimePackets, sa, position, usage.packets)
    }
  }

  /// A packet was refused because the hard lifetime is used up; told of once.
  func postHardLifetime(_ sa: StoredSA, _ position: Int) {
    guard !sa.reportedHardLifetime else { return }
    sa.reportedHardLifetime = true
    post(.hardLifetime, sa, position, sa.members[position].association.state.usage.bytes)
  }

  private func post(_ event: NotificationEvent, _ sa: StoredSA, _ position: Int, _ value: UInt64) {
    guard sa.members[position].description.notifications.events.contains(event) else { return }
    post(Notification(event: event, group: sa.group, sa: sa.handle, value: value))
  }

  func post(_ notification: Notification) {
    if let index = held.firstIndex(where: { $0.sa == notification.sa && $0.event == notification.event }) {
      held[index].value = notification.value
      held[index].coalesced += 1
      coalesced += 1
    } else if held.count < limit {
      held.append(notification)
    } else {
      lost += 1
    }
  }

  // MARK: Delivery

  var next: Notification? { held.first }

  func didDeliver() {
    held.removeFirst()
    delivered += 1
  }

  /// The last one to come finds no place after all.
  func discard() {
    if held.popLast() != nil { lost += 1 }
  }
}

extension Accelerator {
  /// What became of notifications since DRIVER_OK.
  public struct NotificationCounters: Sendable, Hashable {
    /// Waiting for a buffer.
    public var held: Int
    /// Folded into one that was waiting.
    public var coalesced: UInt64
    public var delivered: UInt64
    /// Found no place.
    public var lost: UInt64

    public init(held: Int, coalesced: UInt64, delivered: UInt64, lost: UInt64) {
      (self.held, self.coalesced, self.delivered, self.lost) = (held, coalesced, delivered, lost)
    }
  }

  public var notificationCounters: NotificationCounters {
    NotificationCounters(
      held: notifications.held.count, coalesced: notifications.coalesced, delivered: notifications.delivered,
      lost: notifications.lost)
  }
}
