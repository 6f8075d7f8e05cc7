import CSystem
import Glibc

/// A Unix socket in the file system that front ends connect to; its name goes away with it.
public struct Listener: ~Copyable {
  let socket: FileDescriptor
  public let path: String
  /// What tells the name from one that somebody else has put in its place.
  private let inode: ino_t

  /// Binds the name. A socket that nobody listens on any more is replaced; one that somebody does is not.
  ///
  /// - Throws: `SystemError`; EADDRINUSE where the name is taken.
  public init(path: String) throws(SystemError) {
    let number = Glibc.socket(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | SOCK_NONBLOCK.rawValue), 0)
    guard number >= 0 else { throw SystemError("socket") }
    let socket = FileDescriptor(owning: number)
    try Self.removeStale(path)
    guard try withAddress(path, { bind(socket.number, $0, $1) }) == 0 else { throw SystemError("bind") }
    var facts = stat()
    guard listen(socket.number, 1) == 0, lstat(path, &facts) == 0 else {
      let error = SystemError("listen")
      unlink(path)
      throw error
    }
    self.socket = socket
    (self.path, inode) = (path, facts.st_ino)
  }

  deinit {
    var facts = stat()
    if lstat(path, &facts) == 0, facts.st_ino == inode { unlink(path) }
  }

  /// Who connects; nil where nobody does any more.
  ///
  /// - Throws: `SystemError` where the process can have no more descriptors.
  func accept() throws(SystemError) -> FileDescriptor? {
    let number = Glibc.accept(socket.number, nil, nil)
    guard number >= 0 else {
      if [EMFILE, ENFILE, ENOBUFS, ENOMEM].contains(errno) { throw SystemError("accept") }
      return nil
    }
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
    return FileDescriptor(owning: number)
  }

  /// Where so many wait for somebody who listens that there is no room, somebody does.
  private static func removeStale(_ path: String) throws(SystemError) {
    var facts = stat()
    guard lstat(path, &facts) == 0, facts.st_mode & S_IFMT == S_IFSOCK else { return }
    do throws(SystemError) { _ = try FileDescriptor.connected(to: path, isAwaited: false) } catch {
      if error.code == ECONNREFUSED { unlink(path) }
    }
  }
}

extension FileDescriptor {
  /// A stream socket, connected to a name in the file system.
  ///
  /// - Parameter isAwaited: whether to wait where so many wait to be accepted that there is no room; else EAGAIN.
  public static func connected(to path: String, isAwaited: Bool = true) throws(SystemError) -> FileDescriptor {
    let type = SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue | (isAwaited ? 0 : SOCK_NONBLOCK.rawValue)
    let number = socket(AF_UNIX, Int32(type), 0)
    guard number >= 0 else { throw SystemError("socket") }
    let socket = FileDescriptor(owning: number)
    guard try withAddress(path, { connect(socket.number, $0, $1) }) == 0 else { throw SystemError("connect") }
    return socket
  }
}

/// Calls `body` with a name as the socket calls take it.
///
/// - Throws: ENAMETOOLONG for one that has no room there, EINVAL for one that is in no file system.
private func withAddress(
  _ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) throws(SystemError) -> Int32 {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  let name = Array(path.utf8)
  // A name in memory alone starts with 0.
  guard let first = name.first, first != 0 else { throw SystemError("bind", EINVAL) }
  guard name.count < MemoryLayout.size(ofValue: address.sun_path) else { throw SystemError("bind", ENAMETOOLONG) }
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: name) }
  return withUnsafePointer(to: &address) {
    $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
  }
}
