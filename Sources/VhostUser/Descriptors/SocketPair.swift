import CSystem
import Glibc

/// Two stream sockets that are connected.
package struct SocketPair: ~Copyable {
  package private(set) var near: FileDescriptor?
  package var far: FileDescriptor?

  package init() throws(SystemError) {
    var ends: [Int32] = [-1, -1]
    guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends) == 0 else {
      throw SystemError("socketpair")
    }
    near = FileDescriptor(owning: ends[0])
    far = FileDescriptor(owning: ends[1])
  }

  /// - Precondition: each end is taken once.
  package mutating func takeNear() -> FileDescriptor { near.take()! }
  package mutating func takeFar() -> FileDescriptor { far.take()! }
}

extension FileDescriptor {
  /// Sends bytes and descriptors over a socket, without waiting; the descriptors stay the sender's.
  ///
  /// - Returns: how many bytes were sent.
  @discardableResult
  package borrowing func send(
    _ bytes: [UInt8], _ descriptors: borrowing PassedDescriptors = PassedDescriptors()
  ) throws(SystemError) -> Int {
    if bytes.isEmpty { return 0 }
    let done = descriptors.withNumbers { system_send(number, bytes, bytes.count, $0, $0.count) }
    guard done >= 0 else { throw SystemError("sendmsg") }
    return done
  }
}
