import CSystem
import Glibc

/// What a front end has passed, whatever it says that it is.
extension FileDescriptor {
  /// As `stat` says; 0 for what is no file of any kind, as an eventfd.
  private var kind: mode_t {
    var facts = stat()
    return fstat(number, &facts) == 0 ? facts.st_mode & S_IFMT : S_IFREG
  }

  var isSocket: Bool { kind == S_IFSOCK }

  var isPipe: Bool { kind == S_IFIFO }

  /// Whether it is an eventfd, or a pipe, which a front end has where the system gives it no eventfd. Anything else may
  /// hold on to files that only their owner should keep open.
  var isSignal: Bool { isPipe || kind == 0 && isEvent }

  /// Where /proc is not mounted, nobody knows better.
  private var isEvent: Bool {
    var target = [UInt8](repeating: 0, count: 64)
    let count = target.withUnsafeMutableBytes {
      readlink("/proc/self/fd/\(number)", $0.baseAddress!.assumingMemoryBound(to: CChar.self), $0.count)
    }
    return count < 0 || target.prefix(count).elementsEqual("anon_inode:[eventfd]".utf8)
  }

  /// Lets nothing come through a socket any more; false where it is no stream, or is not connected.
  func closeInput() -> Bool { system_close_input(number) == 0 }
}
