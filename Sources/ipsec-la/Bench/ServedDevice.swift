import Device
import Foundation
import VhostUser

/// A device behind a socket, in a thread of its own, and the memory that it shares with its driver.
final class ServedDevice {
  let memory: SharedMemory
  let frontEnd: FrontEnd
  private let served: ServedSocket
  private let stop: StopSignal

  /// - Parameters:
  ///   - memory: guest-physical address and size in bytes of each region.
  ///   - number: tells the devices of a benchmark from each other.
  init(
    _ profile: AcceleratorProfile, _ mode: Server.Mode, memory regions: [(UInt64, Int)], number: Int = 0,
    options: FrontEnd.Options = FrontEnd.Options()
  ) throws {
    stop = try StopSignal()
    let path = NSTemporaryDirectory() + "ipsec-la-bench-\(getpid())-\(number)"
    served = ServedSocket(path, stop: stop)
    guard served.start(profile, mode, isTraced: false) else {
      throw CommandError("the device cannot be served: \(served.join() ?? "")")
    }
    do {
      memory = try SharedMemory(regions)
      frontEnd = try FrontEnd(try .connected(to: path), memory: memory, options: options)
    } catch {
      Self.end(served, stop)
      throw error
    }
  }

  /// Ends the thread.
  func end() { Self.end(served, stop) }

  private static func end(_ served: ServedSocket, _ stop: StopSignal) {
    stop.event.signal()
    _ = served.join()
  }
}
