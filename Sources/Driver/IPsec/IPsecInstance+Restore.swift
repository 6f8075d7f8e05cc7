import Spec
import Wire

/// SAs after a reset.
extension IPsecInstance {
  /// Makes groups and SAs again, with handles of their own, what is left of their lifetimes, and no sequence number
  /// that was used or received before: all up to the highest are taken as received. An SA that cannot be had again, or
  /// not without risk, is spent, and the others go on.
  ///
  /// - Throws: `DriverError`, where the device does not answer, asks for another reset, or has gone.
  func restoreAssociations() throws(DriverError) {
    for group in groups.values.sorted(by: { $0.identity < $1.identity }) {
      guard case .group(let handle) = try command(.addGroup) else { throw unexpected("add_group") }
      group.handle = handle
    }
    isRestoring = true
    defer { isRestoring = false }
    // Whoever is told of something meanwhile may delete one of them.
    for sa in associations.values.sorted(by: { $0.identity < $1.identity }) where !sa.isSpent && sa.keeper != nil {
      do throws(DriverError) { try restore(sa) } catch {
        guard error.errno != .ETIMEDOUT, !virtio.needsReset, state == .recovering else { throw error }
        sa.isSpent = true
        device.info("SA \(sa.identity) is spent: \(error.problem)")
      }
    }
  }

  private func restore(_ sa: IPsecSA) throws(DriverError) {
    func spent(_ problem: String) -> DriverError { DriverError(.EKEYREJECTED, device.label, problem) }
    guard !sa.isExhausted else { throw spent("no sequence number is left") }
    guard let updates = version < .v2_0 ? sa.continuation : [] else { throw spent("no message carries its state") }
    var configurations = sa.configurations
    for index in configurations.indices {
      configurations[index].sequence = sa.sequenceBound
      guard let left = configurations[index].lifetime.remainder(
        after: sa.usage, isInnermost: index == 0, granule: granule)
      else { throw spent("lifetime has ended") }
      configurations[index].lifetime = left
      if sa.isSoftTold { configurations[index].lifetime.removeSoft() }
    }
    guard case .sa(let handle) = try command(.add(sa.direction, sa.group?.handle, configurations)) else {
      throw unexpected("add")
    }
    do throws(DriverError) {
      for update in updates {
        _ = try command(.update(sa.direction, sa.group?.handle, handle, update, isIPv6: sa.isIPv6))
      }
    } catch {
      _ = try command(.delete(sa.direction, sa.group?.handle, handle))
      throw error
    }
    guard sa.keeper != nil else {
      _ = try? command(.delete(sa.direction, sa.group?.handle, handle))
      return
    }
    (sa.handle, sa.isAway) = (handle, false)
    sa.usageBefore = sa.usage
    // The device cannot tell of less than it counts in.
    if !sa.isSoftTold, sa.configurations[0].lifetime.hasSoft, !configurations[0].lifetime.hasSoft,
      let event = NotificationEvent.soft.first(where: { sa.configurations[0].events.contains($0) })
    {
      tell(sa, IPsecEvent(event: event, sa: sa.identity, value: sa.usage.done.bytes, coalesced: 0))
    }
  }
}
