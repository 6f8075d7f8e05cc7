import Glibc

/// What comes from the back end without having been asked for.
extension FrontEnd {
  package enum Event: Hashable, Sendable {
    /// A ring has used buffers.
    case interrupt(ring: Int)
    /// The configuration has changed.
    case configuration
    /// The back end has gone.
    case loss
  }

  /// What to wait for: that something can be read of any of these means that an event has come.
  package var descriptors: [Int32] {
    let calls = kicks.map { $0.call.number }
    return calls + [channelNumber, connectionNumber].filter { $0 >= 0 }
  }

  /// Looks what has come, without waiting.
  package func takeEvents(_ body: (Event) -> Void) {
    guard isConnected else { return }
    let numbers = kicks.count
    watched.removeAll(keepingCapacity: true)
    for ring in kicks { watched.append(pollfd(fd: ring.call.number, events: Int16(POLLIN), revents: 0)) }
    // Neither in an array of its own: whoever looks again and again allocates nothing.
    watched.append(pollfd(fd: channelNumber, events: Int16(POLLIN), revents: 0))
    watched.append(pollfd(fd: connectionNumber, events: Int16(POLLIN), revents: 0))
    let count = nfds_t(watched.count)
    guard poll(&watched, count, 0) > 0 else { return }
    for ring in 0..<numbers where watched[ring].revents != 0 {
      if kicks[ring].call.takeSignals() > 0 { body(.interrupt(ring: ring)) }
    }
    if watched[numbers].revents != 0, takeConfigurationChange() { body(.configuration) }
    // Nobody says anything here without having been asked.
    if watched[numbers + 1].revents != 0 {
      hangUp(.silence("it has gone"))
      body(.loss)
    }
  }

  /// Whether somebody serves a connection: a back end has one front end at a time, and others wait.
  ///
  /// - Parameter milliseconds: how long to wait for an answer.
  package static func isServed(_ socket: borrowing FileDescriptor, milliseconds: Int32) -> Bool {
    guard let copy = try? socket.duplicate() else { return false }
    var connection = Connection(copy)
    guard (try? connection.send(Frame(Request.getFeatures.rawValue))) != nil else { return false }
    var waited = pollfd(fd: socket.number, events: Int16(POLLIN), revents: 0)
    guard poll(&waited, 1, milliseconds) > 0, let answer = try? connection.receive() else { return false }
    return answer.request == Request.getFeatures.rawValue
  }
}
