import Spec

/// How much an SA was used, as the driver saw it: after a reset, no device knows.
struct SAUsage {
  /// What came back processed.
  var done = Amount()
  /// What was under way when the device was reset: it may have been processed.
  var lost = Amount()

  struct Amount {
    var packets: UInt64 = 0
    /// Of plain packets, which is what an SA counts, and of a bundle the innermost.
    var bytes: UInt64 = 0
    /// Of protected packets: no SA of a bundle counts more.
    var sealedBytes: UInt64 = 0

    mutating func add(_ input: Int, _ output: Int, _ direction: SADirection) {
      packets += 1
      bytes += UInt64(direction == .outbound ? input : output)
      sealedBytes += UInt64(max(input, output))
    }
  }
}

extension SAConfiguration.Lifetime {
  /// What is left of it; nil if that is nothing. Of a soft limit that was reached, nothing is left.
  ///
  /// - Parameter granule: bytes that the device counts in; what is left is rounded to the safe side.
  func remainder(after usage: SAUsage, isInnermost: Bool, granule: UInt64) -> Self? {
    func used(_ part: KeyPath<SAUsage.Amount, UInt64>) -> UInt64 {
      usage.done[keyPath: part] + usage.lost[keyPath: part]
    }
    let packets = used(\.packets), bytes = used(isInnermost ? \.bytes : \.sealedBytes)
    var left = Self()
    if hardBytes > 0 {
      guard bytes + granule <= hardBytes else { return nil }
      left.hardBytes = hardBytes - bytes
    }
    if hardPackets > 0 {
      guard packets < hardPackets else { return nil }
      left.hardPackets = hardPackets - packets
    }
    if softBytes >= bytes + granule { left.softBytes = softBytes - bytes }
    if softPackets > packets { left.softPackets = softPackets - packets }
    return left
  }

  var hasSoft: Bool { softBytes > 0 || softPackets > 0 }
  mutating func removeSoft() { (softBytes, softPackets) = (0, 0) }
}

extension NotificationEvent {
  /// A soft lifetime is over.
  static let soft = [softLifetime, softLifetimePackets]
}
