import Spec
import Virtio
import Wire

/// Which queue does what, once the guest has selected.
struct QueueRoles: Equatable {
  enum Role: Equatable {
    case control
    case data(Direction)
    case notification

    /// Whether what the guest makes available is used without waiting for an event.
    var isServedAtOnce: Bool { self != .notification }
  }

  private let roles: [Role]

  subscript(index: Int) -> Role? { roles.indices.contains(index) ? roles[index] : nil }
  var notificationQueue: Int? { roles.firstIndex(of: .notification) }
  /// Number of data queues.
  var dataQueues: Int { roles.count { if case .data = $0 { true } else { false } } }

  init(
    _ topology: QueueTopology, _ profile: AcceleratorProfile, selection: Packed<GuestQueueSelection>,
    _ features: FeatureSet
  ) {
    let scaling = Int(selection[\.guestScaling])
    let count =
      scaling == 0
      ? min(topology.defaultDataQueues, 2 * profile.pairs)
      : QueueTopology.dataQueues(guestScaling: scaling, deviceScaling: profile.scaling, maximumPairs: profile.pairs)
    let paired: [Role] = topology.queues.filter(\.isPaired).map {
      "\($0.name)" == "encapq" ? .data(.outbound) : .data(.inbound)
    }
    var roles: [Role] = []
    for queue in topology.queues {
      if queue.isPaired {
        if roles.contains(where: { $0 == paired[0] }) { continue }
        roles += (0..<count).map { paired[$0 % paired.count] }
      } else if queue.features.isEmpty {
        roles.append(.control)
      } else if queue.features.contains(where: { features.contains(FeatureSet(bit: Int(Grammar.number($0)))) }) {
        roles.append(.notification)
      }
    }
    self.roles = roles
  }

  /// Queues of a device with so many pairs: the largest number that a guest can select.
  static func count(pairs: Int) -> Int { 2 * pairs + 2 }
}
