/// What a trace counts: the `unit` of records of the phase `counted`.
public enum Counter: UInt16, CaseIterable, Sendable {
  /// Look-ups of the SA cache since the start of the run.
  case cacheHits, cacheMisses
  /// Transfers outstanding on the data path of reads and on that of writes; a bus for both counts as reads.
  case reads, writes
  /// Chains on all rings, from driver to interrupt.
  case onRings
  /// Events dropped since the start of the run.
  case notificationsDropped

  /// Name in traces.
  public var name: String {
    switch self {
    case .cacheHits: "SA cache hits"
    case .cacheMisses: "SA cache misses"
    case .reads: "reads outstanding"
    case .writes: "writes outstanding"
    case .onRings: "chains on rings"
    case .notificationsDropped: "notifications dropped"
    }
  }
}
