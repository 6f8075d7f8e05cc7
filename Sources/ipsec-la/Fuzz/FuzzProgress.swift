import Foundation

/// How far a fuzzer has come, shown on a terminal only.
final class FuzzProgress {
  private let firstSeed: UInt64
  private let start = ContinuousClock.now
  private let limit: Duration
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastShown: ContinuousClock.Instant

  init(firstSeed: UInt64, seconds: Double) {
    self.firstSeed = firstSeed
    limit = .seconds(seconds)
    lastShown = start
    FuzzSeed.printOnFailure()
  }

  /// Whether the time is up.
  var isOver: Bool { ContinuousClock.now - start >= limit }

  /// Run number `done` starts.
  func begin(_ done: UInt64) {
    FuzzSeed.begin(firstSeed &+ done)
    let now = ContinuousClock.now
    guard isTerminal, now - lastShown >= .milliseconds(500) else { return }
    lastShown = now
    let (passed, left) = ((now - start) / .seconds(1), (limit - (now - start)) / .seconds(1))
    let line = String(format: "\r%d runs, %.0f a second, %.0f s left \u{1b}[K", done, Double(done) / passed, left)
    FileHandle.standardError.write(Data(line.utf8))
  }

  /// Leaves the terminal as it was.
  func end() {
    FuzzSeed.end()
    if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
  }
}
