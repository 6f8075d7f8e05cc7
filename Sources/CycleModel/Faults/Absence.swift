import Clockwork

/// That something is away for a while, or for ever: of times that overlap, until the last of them ends.
struct Absence: BitwiseCopyable, Sendable {
  private(set) var isOn = false
  private var end = Instant.start

  /// - Parameter duration: in nanoseconds; 0 is for ever.
  /// - Returns: when it ends; nil for never.
  mutating func begin(at instant: Instant, for duration: UInt64) -> Instant? {
    let last = duration == 0 ? Instant.never : instant + duration * 1_000
    end = isOn ? max(end, last) : last
    isOn = true
    return last == .never ? nil : last
  }

  /// An end has come: whether it is the last one.
  mutating func finish(at instant: Instant) -> Bool {
    guard isOn, end <= instant else { return false }
    isOn = false
    return true
  }
}
