import Spec

/// How much an SA was used, as the driver saw it: after a reset, no device knows.
struct SAUsage {
  /// What came back processed.
  var done = Amount()
  /// What may have been processed: it was under way when the device was reset, or was refused after it was counted.
  var unsure = Amount()

  struct Amount {
    var packets: UInt64 = 0
    /// Of plain packets, which is what an SA counts, and of a bundle the innermost.
    var bytes: UInt64 = 0
    /// Of protected packets: no SA of a bundle counts more.
    var sealedBytes: UInt64 = 0

    mutating func add(_ input: Int, _ output: Int, _ direction: SADirection) {
      add(bytes: direction == .outbound ? input : output, sealed: max(input, output))
    }

    mutating func add(bytes: Int, sealed: Int) {
      packets += 1
      self.bytes += UInt64(bytes)
      sealedBytes += UInt64(sealed)
    }
  }
}

extension IPsecSA {
  /// Nobody knows whether a packet was processed: it counts with as much as the device can have counted it.
  func countDoubt(_ byteCount: Int) {
    let growth = direction == .outbound ? configurations.reduce(0) { $0 + $1.growth } : 0
    usage.unsure.add(bytes: byteCount, sealed: byteCount + growth)
  }

  /// A packet was refused.
  ///
  /// A device counts most of what it refuses as an error only. But a dummy has been processed, though it has no bytes,
  /// and what does not fit, or turns out to be of an IP version that was not negotiated, may have been, with bytes that
  /// the device does not tell. Nor does it tell which SA of a bundle refused: outbound, others may have counted the
  /// packet before. Inbound that is not looked at, since anybody can send what is refused, and would use up lifetimes.
  ///
  /// - Parameter status: why; nil where the device does not tell.
  func countRefusal(_ byteCount: Int, _ status: V2_0.Status?) {
    switch status {
    case .dummy where configurations.count == 1: usage.done.add(byteCount, 0, direction)
    case .dummy, .noTailRoom, .unsupportedFeature, .cryptoFailed, .internalError: countDoubt(byteCount)
    case nil where direction == .outbound: countDoubt(byteCount)
    default: if direction == .outbound, configurations.count > 1 { countDoubt(byteCount) }
    }
  }
}

extension SAConfiguration {
  /// Bytes that it adds to a packet, at most: headers of IPv6, UDP, WESP and ESP, IV, padding, ICV, and TFC padding.
  fileprivate var growth: Int { 40 + 8 + 4 + 8 + 16 + 255 + 2 + 64 + tfcLength }
}

extension SAConfiguration.Lifetime {
  /// What is left of it; nil if that is nothing. Of a soft limit that was reached, nothing is left.
  ///
  /// - Parameter granule: bytes that the device counts in; what is left is rounded to the safe side.
  func remainder(after usage: SAUsage, isInnermost: Bool, granule: UInt64) -> Self? {
    func used(_ part: KeyPath<SAUsage.Amount, UInt64>) -> UInt64 {
      usage.done[keyPath: part] + usage.unsure[keyPath: part]
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
