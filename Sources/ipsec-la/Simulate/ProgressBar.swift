import Foundation

/// How far a long run has come, with rate and remaining time; on a terminal only.
final class ProgressBar {
  private let start = ContinuousClock.now
  private let isTerminal = isatty(STDERR_FILENO) == 1
  private var lastShown = ContinuousClock.now

  func show(_ done: UInt64, of total: UInt64) {
    let now = ContinuousClock.now
    guard isTerminal, now - lastShown >= .milliseconds(200) else { return }
    lastShown = now
    let rate = Double(done) / ((now - start) / .seconds(1))
    let share = Double(done) / Double(max(1, total))
    let bar = String(repeating: "█", count: Int(share * 30)).padding(toLength: 30, withPad: "░", startingAt: 0)
    let left = rate > 0 ? Double(total - min(total, done)) / rate : 0
    let text = String(format: "\r%@ %3.0f %%, %.0f packets a second, %.0f s left\u{1b}[K", bar, share * 100, rate, left)
    FileHandle.standardError.write(Data(text.utf8))
  }

  /// Leaves the terminal as it was.
  func end() {
    if isTerminal { FileHandle.standardError.write(Data("\r\u{1b}[K".utf8)) }
  }
}
