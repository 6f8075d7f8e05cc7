import Glibc
import VhostUser

/// What came of trying to connect.
enum Attempt: ~Copyable {
  /// It was not tried.
  case none
  case failed(String)
  case connected(FileDescriptor)

  /// Milliseconds that a back end may take to accept.
  private static let patience: Int32 = 1000

  /// Connects to a back end that serves nobody else.
  init(connectingTo path: String) {
    do throws(SystemError) {
      let socket = try FileDescriptor.connected(to: path, isAwaited: false)
      let isServed = FrontEnd.isServed(socket, milliseconds: Self.patience)
      self = isServed ? .connected(socket) : .failed("the back end does not answer: it may serve another front end")
    } catch { self = .failed("\(error)") }
  }
}

extension ServedSlot.Rest {
  /// Waits, and connects where that is asked for.
  func take() -> Attempt {
    var waited = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    poll(&waited, nfds_t(descriptors.count), milliseconds)
    guard let path else { return .none }
    return Attempt(connectingTo: path)
  }
}

extension Library {
  /// Looks after a served device, for as long as the process lives.
  func attend(_ number: Int) {
    var attempt = Attempt.none
    while true {
      let rest = turn(of: number, attempt)
      attempt = rest.take()
    }
  }
}
