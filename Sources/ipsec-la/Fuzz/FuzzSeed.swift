import Foundation

/// The seed of the run at hand, which is printed when the run ends the program, or takes too long.
enum FuzzSeed {
  /// Longest time for one run, in seconds; what takes longer hangs.
  private static let patience: UInt32 = 30
  /// Plain memory, written by the one thread that fuzzes, so that a signal handler may read it.
  fileprivate nonisolated(unsafe) static let current = UnsafeMutablePointer<UInt64>.allocate(capacity: 1)
  /// What the signals did before, by number.
  fileprivate nonisolated(unsafe) static let before = UnsafeMutablePointer<sigaction>.allocate(capacity: 64)

  static func printOnFailure() {
    for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGALRM] {
      var action = sigaction()
      action.__sigaction_handler.sa_handler = { number in
        printSeed()
        sigaction(number, FuzzSeed.before + Int(number), nil)
        raise(number)
      }
      sigaction(number, &action, before + Int(number))
    }
    // A sanitizer ends the program without a signal.
    guard let address = dlsym(nil, "__sanitizer_set_death_callback") else { return }
    typealias SetCallback = @convention(c) (@convention(c) () -> Void) -> Void
    unsafeBitCast(address, to: SetCallback.self)(printSeed)
  }

  static func begin(_ seed: UInt64) {
    current.pointee = seed
    alarm(patience)
  }

  static func end() { alarm(0) }
}

/// Prints the seed with nothing but `write`, as a signal handler may.
private func printSeed() {
  let label: StaticString = "\nfailed with --seed "
  _ = write(STDERR_FILENO, label.utf8Start, label.utf8CodeUnitCount)
  var text = InlineArray<21, UInt8>(repeating: 0x0a)
  var (start, left) = (20, FuzzSeed.current.pointee)
  repeat {
    start -= 1
    text[start] = UInt8(0x30 + left % 10)
    left /= 10
  } while left > 0
  text.span.withUnsafeBytes { _ = write(STDERR_FILENO, $0.baseAddress! + start, 21 - start) }
}
