import CSystem
import Glibc

/// Waits for any of many descriptors: epoll, with an event for each.
final class Poller: DescriptorWatcher {
  enum Event: Hashable {
    /// Somebody connects.
    case listener
    /// The front end has sent something, or is gone.
    case connection
    /// It is time to end.
    case stop
    case watched(WatchedEvent)
  }

  private let epoll: FileDescriptor
  private var events: [Int32: Event] = [:]
  private var ready = [epoll_event](repeating: epoll_event(), count: 64)

  /// - Throws: `SystemError`.
  init() throws(SystemError) {
    let number = epoll_create1(Int32(EPOLL_CLOEXEC))
    guard number >= 0 else { throw SystemError("epoll_create1") }
    epoll = FileDescriptor(owning: number)
  }

  func add(_ descriptor: borrowing FileDescriptor, _ event: Event) throws(SystemError) {
    var wanted = epoll_event()
    wanted.events = event.condition
    wanted.data.fd = descriptor.number
    guard epoll_ctl(epoll.number, EPOLL_CTL_ADD, descriptor.number, &wanted) == 0 else {
      throw SystemError("epoll_ctl")
    }
    events[descriptor.number] = event
  }

  func remove(_ descriptor: borrowing FileDescriptor) {
    guard events.removeValue(forKey: descriptor.number) != nil else { return }
    epoll_ctl(epoll.number, EPOLL_CTL_DEL, descriptor.number, nil)
  }

  func watch(_ descriptor: borrowing FileDescriptor, for event: WatchedEvent) throws(SystemError) {
    try add(descriptor, .watched(event))
  }

  func forget(_ descriptor: borrowing FileDescriptor) { remove(descriptor) }

  /// Calls `body` with what has happened; waits until something has, so long at most; without end for a negative time.
  func wait(milliseconds: Int32, _ body: (Event) -> Void) throws(SystemError) {
    let count = epoll_wait(epoll.number, &ready, Int32(ready.count), milliseconds)
    guard count >= 0 || errno == EINTR else { throw SystemError("epoll_wait") }
    for index in 0..<max(0, Int(count)) {
      // What an earlier event closed has none any more.
      if let event = events[ready[index].data.fd] { body(event) }
    }
  }
}

extension Poller.Event {
  /// A kick is told of once, and its eventfd never read, so that nobody who empties it meanwhile can keep us waiting.
  fileprivate var condition: UInt32 {
    switch self {
    case .listener, .connection, .stop, .watched(.canLoad): EPOLLIN.rawValue
    case .watched(.kick): EPOLLIN.rawValue | EPOLLET.rawValue
    case .watched(.canSave): EPOLLOUT.rawValue
    }
  }
}
