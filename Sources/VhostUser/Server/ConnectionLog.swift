/// What whoever runs a device hears of its connections: each line of one once, and not without end, whatever front ends
/// or their guests do again and again.
final class ConnectionLog {
  private let write: (String) -> Void
  private let now: () -> ContinuousClock.Instant
  private var told: Set<String> = []
  private var hour: ContinuousClock.Instant
  private var linesThisHour = 0
  /// Most different lines about one connection.
  static let limit = 64
  /// Most lines in an hour.
  static let hourLimit = 1024

  init(now: @escaping () -> ContinuousClock.Instant = { .now }, _ write: @escaping (String) -> Void) {
    (self.write, self.now) = (write, now)
    hour = now()
  }

  /// Another front end has come.
  func begin() { told = [] }

  func tell(_ line: String) {
    guard told.count <= Self.limit, told.insert(line).inserted else { return }
    put(told.count <= Self.limit ? line : "no more is told of this front end")
  }

  private func put(_ line: String) {
    if now() - hour >= .seconds(3600) { (hour, linesThisHour) = (now(), 0) }
    linesThisHour += 1
    if linesThisHour <= Self.hourLimit {
      write(line)
    } else if linesThisHour == Self.hourLimit + 1 {
      write("no more is told within this hour")
    }
  }
}
