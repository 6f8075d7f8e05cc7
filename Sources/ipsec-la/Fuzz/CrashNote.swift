import Foundation

/// What to say when the program is about to crash: the seed that did it.
enum CrashNote {
  // Fixed memory, written by the thread that fuzzes and read by its signal handler, which may not allocate.
  nonisolated(unsafe) private static let text = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64)
  nonisolated(unsafe) private static var count = 0

  private static let signals = [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT]

  static func set(_ note: String) {
    _ = install
    count = 0
    for byte in (note + "\n").utf8.prefix(text.count) {
      text[count] = byte
      count += 1
    }
  }

  /// Writes the note, then lets the signal take its course.
  private static let install: Void = {
    for number in signals {
      signal(number) { number in
        write(STDERR_FILENO, text.baseAddress, count)
        signal(number, SIG_DFL)
      }
    }
  }()
}
