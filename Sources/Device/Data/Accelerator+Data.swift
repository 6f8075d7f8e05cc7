import Spec
public import Virtio
import Wire

/// Data queues: at once, or step by step for a model of time. Both take the same steps.
extension Accelerator {
  /// Takes every chain through all steps. What stays the same from chain to chain is looked up once.
  func serveData(_ queue: DeviceQueue, _ direction: Direction, of device: VirtioDevice) {
    let (job, plane) = (idleJob(of: queue, device), dataPlane)
    while take(&job.chain, from: queue) {
      job.begin(life, isAtOnce: true)
      plane.parse(job, direction)
      plane.work(job)
      if !plane.answer(job, job.rejection) { counters.unanswered += 1 }
      queue.complete(job.chain)
    }
    idle.append(job)
  }

  private func idleJob(of queue: DeviceQueue, _ device: VirtioDevice) -> DataJob {
    idle.lastIndex { $0.queue === queue }.map { idle.remove(at: $0) } ?? DataJob(queue, in: device.memory)
  }

  // MARK: Step by step

  /// Takes the next chain of a data queue and reads what it asks for; nil when there is none.
  public func fetch(from queue: DeviceQueue, of device: VirtioDevice) -> DataJob? {
    guard case .data(let direction)? = roles[queue.index] else { return nil }
    let job = idleJob(of: queue, device)
    guard take(&job.chain, from: queue) else {
      idle.append(job)
      return nil
    }
    job.begin(life, isAtOnce: false)
    dataPlane.parse(job, direction)
    return job
  }

  /// Copies the packets in.
  public func load(_ job: DataJob) {
    if job.life == life { dataPlane.load(job) }
  }

  /// Processes one packet, in the order of the requests.
  public func execute(_ job: DataJob, _ index: Int) {
    if job.life == life { dataPlane.execute(job, index) }
  }

  /// Writes results and completions, and uses the chain; `DeviceQueue.publish` shows it to the driver.
  public func store(_ job: DataJob) {
    answer(job, job.rejection)
    job.queue.complete(job.chain)
    idle.append(job)
  }

  /// Writes what became of a chain, or why nothing was done of it.
  func answer(_ job: DataJob, _ rejection: Rejection?) {
    // After a reset, the chain is the driver's again.
    guard job.life == life else { return }
    if !withDataPlane({ $0.answer(job, rejection) }) { counters.unanswered += 1 }
  }
}
