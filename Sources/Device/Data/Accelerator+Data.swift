import Spec
import Virtio
import Wire

/// Data queues, served at once.
extension Accelerator {
  /// Packets after which the driver is shown what became of them: it takes results while the device works on.
  private static let portion = 32

  /// Takes a portion of chains through all steps; whether there may be more. What stays the same from chain to chain is
  /// looked up once.
  func serveData(_ queue: DeviceQueue, _ direction: Direction, of device: VirtioDevice) -> Bool {
    let (burst, plane) = (takeBurst(of: queue, device), dataPlane)
    let mayHaveMore = serve(queue, direction, burst, plane)
    idleBursts[queue.index] = consume burst
    return mayHaveMore
  }

  @inline(__always)
  private func serve(_ queue: DeviceQueue, _ direction: Direction, _ burst: DataBurst, _ plane: DataPlane) -> Bool {
    var (count, packets, done) = (0, 0, 0)
    var malformed: ChainError?
    repeat {
      if done >= Self.portion { return true }
      (count, packets, malformed) = (0, 0, nil)
      while packets < DataBurst.capacity, burst.withJob(count, { take($0, direction, plane, &malformed) }) {
        packets += burst.withJob(count) { max(1, $0.requests.count) }
        count += 1
      }
      for index in 0..<count { burst.withJob(index) { plane.load($0) } }
      plane.process()
      for index in 0..<count { burst.withJob(index) { use($0, plane) } }
      // After those that were taken before it: chains are used in the order in which they were taken.
      if let malformed { giveBack(malformed, to: queue) }
      done += packets
    } while packets >= DataBurst.capacity || malformed != nil && queue.isLive
    return false
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

  @inline(__always)
  private func takeBurst(of queue: DeviceQueue, _ device: VirtioDevice) -> DataBurst {
    if let burst = idleBursts[queue.index].take(), burst.queue === queue { return burst }
    return DataBurst(queue, in: device.memory)
  }
}
