import Spec
import Virtio
import Wire

/// Data queues, served at once.
extension Accelerator {
  /// Takes every chain through all steps. What stays the same from chain to chain is looked up once.
  func serveData(_ queue: DeviceQueue, _ direction: Direction, of device: VirtioDevice) {
    let (burst, plane) = (idleBurst(of: queue, device), dataPlane)
    var count = 0
    var malformed: ChainError?
    repeat {
      (count, malformed) = (0, nil)
      while count < DataBurst.capacity, burst.withJob(count, { take($0, direction, plane, &malformed) }) { count += 1 }
      for index in 0..<count { burst.withJob(index) { plane.work($0) } }
      for index in 0..<count { burst.withJob(index) { use($0, plane) } }
      // After those that were taken before it: chains are used in the order in which they were taken.
      if let malformed { giveBack(malformed, to: queue) }
    } while count == DataBurst.capacity || malformed != nil && queue.isLive
    idleBursts.append(burst)
  }

  /// Takes the next chain; false when there is none, or a malformed one.
  @inline(__always)
  private func take(
    _ job: DataJob, _ direction: Direction, _ plane: DataPlane, _ malformed: inout ChainError?
  ) -> Bool {
    do throws(ChainError) { guard try job.queue.pop(into: &job.chain) else { return false } } catch {
      malformed = error
      return false
    }
    job.begin(life)
    plane.parse(job, direction)
    return true
  }

  @inline(__always)
  private func use(_ job: DataJob, _ plane: DataPlane) {
    if !plane.answer(job, job.rejection) { counters.unanswered += 1 }
    job.queue.complete(job.chain)
  }

  private func idleBurst(of queue: DeviceQueue, _ device: VirtioDevice) -> DataBurst {
    idleBursts.lastIndex { $0.queue === queue }.map { idleBursts.remove(at: $0) }
      ?? DataBurst(queue, in: device.memory)
  }
}
