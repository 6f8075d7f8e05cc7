import Foundation
import Synchronization

/// Lines for whoever runs the devices, written by a thread of their own: a reader that is slow, has stopped or is gone
/// keeps no device waiting, and ends none.
final class LogWriter: Sendable {
  private struct Waiting {
    var lines: [String] = []
    var dropped = 0
  }

  private let descriptor: Int32
  private let waiting = Mutex(Waiting())
  private let worker = DispatchQueue(label: "log")
  private let batches = DispatchGroup()
  /// Most lines that wait; those that come then are only counted.
  private static let limit = 4096

  init(_ descriptor: Int32) { self.descriptor = descriptor }

  func say(_ line: String) {
    let isFirst = waiting.withLock {
      guard $0.lines.count < Self.limit else {
        $0.dropped += 1
        return false
      }
      $0.lines.append(line)
      return $0.lines.count == 1
    }
    if isFirst { worker.async(group: batches) { self.writeBatch() } }
  }

  /// Waits until all is written, for a second at most.
  func end() { _ = batches.wait(timeout: .now() + 1) }

  private func writeBatch() {
    let batch = waiting.withLock { waiting in
      defer { waiting = Waiting() }
      return waiting
    }
    var text = batch.lines.map { $0 + "\n" }.joined()
    if batch.dropped > 0 { text += "\(batch.dropped) lines are lost: they are not read as fast as they come\n" }
    var left = Array(text.utf8)[...]
    while !left.isEmpty {
      let count = left.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
      if count > 0 {
        left.removeFirst(count)
      } else if errno == EAGAIN {
        var room = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        poll(&room, 1, -1)
      } else if errno != EINTR {
        return
      }
    }
  }
}
