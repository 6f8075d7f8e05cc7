/// Explicit congestion notification through a tunnel (RFC 6040).
public enum ECN: UInt8, Sendable, Hashable, CaseIterable {
  case notECT = 0
  case ect1 = 1
  case ect0 = 2
  case ce = 3

  @inline(__always)
  public init(trafficClass: UInt8) {
    self = ECN(rawValue: trafficClass & 3).unsafelyUnwrapped
  }

  /// What the inner header carries on after the tunnel (RFC 6040 section 4.2, figure 4), and whether the combination is
  /// one that no well-behaved path makes.
  ///
  /// - Throws: `illegalECN` for congestion marked on a packet that is not ECN-capable: it must be dropped.
  public static func decapsulated(inner: ECN, outer: ECN) throws(Refusal) -> (ecn: ECN, isSuspicious: Bool) {
    switch (inner, outer) {
    case (.notECT, .notECT): (.notECT, false)
    case (.notECT, .ect0), (.notECT, .ect1): (.notECT, true)
    case (.notECT, .ce): throw .illegalECN
    case (.ect0, .notECT), (.ect0, .ect0): (.ect0, false)
    case (.ect0, .ect1): (.ect1, false)
    case (.ect1, .notECT), (.ect1, .ect1): (.ect1, false)
    case (.ect1, .ect0): (.ect1, true)
    case (.ect0, .ce), (.ect1, .ce): (.ce, false)
    case (.ce, .ect1): (.ce, true)
    case (.ce, .notECT), (.ce, .ect0), (.ce, .ce): (.ce, false)
    }
  }
}
