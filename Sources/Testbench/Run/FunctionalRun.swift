import Clockwork
import CycleModel
import Virtio

/// A plan without time: the driver fills its rings and rings, the device serves them at once, and so on.
final class FunctionalRun {
  let workload: LiveWorkload
  private(set) var isFinished = false
  private(set) var statistics = Statistics()
  /// Items that are not under way.
  private var free: [UInt32]
  /// Chains for which the driver rings once.
  private static let batch = 32

  init(_ workload: LiveWorkload) {
    self.workload = workload
    workload.device.stop()
    free = Array(0..<UInt32(Self.batch))
  }

  func finish() {
    if isFinished { return }
    var open = Array(workload.ends.indices)
    var isHeld = workload.ends.map { _ in false }
    while !open.isEmpty {
      open = open.filter { run($0, &isHeld[$0]) }
    }
    isFinished = true
  }

  /// One batch of a queue; false when it has no more.
  private func run(_ queue: Int, _ isHeld: inout Bool) -> Bool {
    var isOpen = true
    while let item = free.last {
      if !isHeld, workload.next(on: queue) == nil {
        isOpen = false
        break
      }
      isHeld = !workload.add(item, on: queue, isCorrupted: false, at: .start)
      if isHeld { break }
      free.removeLast()
      statistics.accepted += 1
    }
    _ = workload.ends[queue].queue.kick()
    while let item = workload.reap(queue, at: .start) {
      free.append(item)
      statistics.completed += 1
    }
    workload.reapNotifications()
    return isOpen
  }
}
