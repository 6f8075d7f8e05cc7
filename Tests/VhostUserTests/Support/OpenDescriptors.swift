import Foundation
@testable import VhostUser

/// Open descriptors of this process.
func openDescriptors() -> Int {
  (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? -1
}

/// Processor time in milliseconds that this process uses while it does nothing here for so long.
func processorTime(of milliseconds: UInt32) -> Int {
  let start = clock()
  usleep(milliseconds * 1000)
  return (clock() - start) * 1000 / Int(CLOCKS_PER_SEC)
}

extension FileDescriptor {
  /// Whether the other side closes the connection, within five seconds.
  func ends() -> Bool {
    var waited = pollfd(fd: number, events: Int16(POLLIN), revents: 0)
    var byte: UInt8 = 0
    while poll(&waited, 1, 5000) > 0 {
      let count = read(number, &byte, 1)
      if count <= 0 { return true }
    }
    return false
  }

  /// The ends of a pipe that is full, and would keep a writer waiting.
  static func fullPipe() throws -> (reader: Int32, writer: Int32) {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, fcntl(ends[1], F_SETFL, O_NONBLOCK) == 0 else { throw SystemError("pipe") }
    let bytes = [UInt8](repeating: 0, count: 1 << 12)
    while write(ends[1], bytes, bytes.count) > 0 {}
    _ = fcntl(ends[1], F_SETFL, 0)
    return (ends[0], ends[1])
  }
}
