public import Foundation

/// A program in a process of its own.
///
/// It inherits no descriptor that was open before, and no blocked signal. With Foundation's `Process`, a program that
/// one thread starts may inherit the socket by whose end another thread learns that its own has ended; that thread then
/// waits for both.
public final class ChildProcess {
  public enum Ending: Equatable, Sendable {
    case exited(Int32)
    case killed(by: Int32)

    /// As `$?` has it in a shell, but for the 128 that it adds for a signal.
    public var status: Int32 {
      switch self {
      case .exited(let status), .killed(let status): status
      }
    }
  }

  public enum Output {
    case discarded
    /// The file with a path, emptied if it is there; more than one output may go to it.
    case file(String)
    case descriptor(Int32)
  }

  public let identifier: pid_t
  private var ending: Ending?

  /// Starts a program, which is looked for as a shell does.
  ///
  /// - Parameters:
  ///   - input: the file that is its standard input.
  /// - Throws: `POSIXError` if it cannot be started.
  public init(
    _ command: [String], in folder: String? = nil, input: String = "/dev/null", output: Output = .discarded,
    errors: Output = .discarded
  ) throws {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0)
    for (number, output) in [(STDOUT_FILENO, output), (STDERR_FILENO, errors)] {
      switch output {
      case .discarded: posix_spawn_file_actions_addopen(&actions, number, "/dev/null", O_WRONLY, 0)
      case .file(let path):
        posix_spawn_file_actions_addopen(&actions, number, path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0o644)
      case .descriptor(let descriptor): posix_spawn_file_actions_adddup2(&actions, descriptor, number)
      }
    }
    for name in try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd") {
      if let descriptor = Int32(name), descriptor > 2 { posix_spawn_file_actions_addclose(&actions, descriptor) }
    }

    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    var (none, all) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    sigfillset(&all)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setsigdefault(&attributes, &all)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF))

    // Swift is not shown the file action that changes the folder.
    let command = folder.map { ["/usr/bin/env", "--chdir=\($0)"] + command } ?? command
    let arguments = command.map { strdup($0) } + [nil]
    defer { arguments.forEach { free($0) } }
    var identifier: pid_t = 0
    let error = posix_spawnp(&identifier, command[0], &actions, &attributes, arguments, environ)
    guard error == 0 else { throw POSIXError(POSIXErrorCode(rawValue: error) ?? .EIO) }
    self.identifier = identifier
  }

  public var isRunning: Bool { reap(WNOHANG) == nil }

  public func signal(_ number: Int32) { if isRunning { kill(identifier, number) } }

  /// Waits until it has ended.
  @discardableResult
  public func wait() -> Ending { reap(0)! }

  private func reap(_ options: Int32) -> Ending? {
    if let ending { return ending }
    var status: Int32 = 0
    while true {
      switch waitpid(identifier, &status, options) {
      case identifier:
        let signal = status & 0x7f
        ending = signal == 0 ? .exited(status >> 8 & 0xff) : .killed(by: signal)
        return ending
      case 0: return nil
      case _ where errno == EINTR: continue
      default: preconditionFailure("waitpid \(identifier): \(String(cString: strerror(errno)))")
      }
    }
  }
}
