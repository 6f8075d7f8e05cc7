import Clockwork
import CycleModel
import Virtio

/// A plan without time: the driver fills its rings and rings, the device serves them at once, and so on.
///
/// Accesses to its variables are not checked at run time for overlap: what is called on the way knows nothing of this
/// object.
final class FunctionalRun {
  let workload: LiveWorkload
  @exclusivity(unchecked) private(set) var isFinished = false
  @exclusivity(unchecked) private(set) var statistics = Statistics()
  /// Chains for which the driver rings once.
  private static let batch: UInt32 = 32

  init(_ workload: LiveWorkload) {
    self.workload = workload
    workload.device.stop()
  }

  func finish() {
    if isFinished { return }
    var open = Array(workload.ends.indices)
    var isHeld = open.map { _ in false }
    while !open.isEmpty {
      open = open.filter { run($0, &isHeld[$0]) }
    }
    isFinished = true
  }

  /// One batch of a queue; false when it has no more. All of it is used when the driver has rung.
  private func run(_ queue: Int, _ isHeld: inout Bool) -> Bool {
    // Taken out once for all packets: each time would count references.
    let (end, traffic) = (workload.ends[queue], workload.traffic)
    var isOpen = true
    var added: UInt32 = 0
    while added < Self.batch {
      if !isHeld, traffic.next(on: queue) == nil {
        isOpen = false
        break
      }
      isHeld = !traffic.submit(added, to: end, isCorrupted: false, at: .start)
      if isHeld { break }
      added += 1
    }
    end.queue.kick()
    var completed: UInt32 = 0
    while let (item, byteCount) = end.reap() {
      traffic.reaped(item, from: end, byteCount: byteCount, hasFailed: false, at: .start)
      end.release(item)
      completed += 1
    }
    precondition(completed == added, "a device without time uses what it is rung for")
    statistics.accepted += UInt64(added)
    statistics.completed += UInt64(completed)
    workload.reapNotifications()
    return isOpen
  }
}
