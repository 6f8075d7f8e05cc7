import ESP
import Spec
public import Virtio

/// The device one step at a time, for a model of time that sets `onNotify` and decides when each step is done.
extension Accelerator {
  /// Something to take chains of a queue with; nil for a queue that is not served chain by chain.
  public func makeTicket(for queue: DeviceQueue, of device: VirtioDevice) -> Ticket? {
    switch roles[queue.index] {
    case .control: Ticket(queue, in: device.memory, isCommand: true)
    case .data: Ticket(queue, in: device.memory, isCommand: false)
    case .notification, nil: nil
    }
  }

  /// Takes the queue's next chain and finds out what it needs; false when there is none. A malformed one is taken, too.
  public func take(_ ticket: Ticket) -> Bool {
    ticket.malformation = nil
    ticket.job.begin(life)
    do throws(ChainError) {
      guard try ticket.queue.pop(into: &ticket.job.chain) else { return false }
    } catch {
      counters.badChains += 1
      ticket.malformation = error
      return true
    }
    if ticket.isCommand {
      ticket.wanted = Needs()
      ticket.wanted.isCommand = true
      ticket.wanted.headerByteCount = ticket.job.chain.readableByteCount
    } else {
      parse(ticket)
    }
    return true
  }

  private func parse(_ ticket: Ticket) {
    let job = ticket.job
    guard case .data(let direction)? = roles[ticket.queue.index] else { return }
    withDataPlane { $0.parse(job, direction) }
    ticket.wanted.packets = max(1, job.requests.count)
    ticket.wanted.inputByteCount = job.requests.sum { $0.inputLength }
    let inRequest = job.requests.sum { $0.inputIsWritable ? 0 : $0.inputLength }
    ticket.wanted.headerByteCount = max(0, job.chain.readableByteCount - inRequest)
    setEngines(of: ticket, job.requests.first?.sa)
  }

  /// A handle always means the same SA: a ticket that comes for the same one again needs the same engines.
  private func setEngines(of ticket: Ticket, _ handle: Handle?) {
    ticket.wanted.sa = handle?.rawValue ?? 0
    if handle != nil, ticket.known == handle { return }
    let algorithms = handle.flatMap { control.store[$0]?.algorithms }
    ticket.wanted.algorithms = algorithms ?? AlgorithmSequence(.noCipher, .null)
    ticket.known = algorithms == nil ? nil : handle
  }

  /// Does what the chain asks for. The guest is told nothing of it before `use`, and `DeviceQueue.publish` after that;
  /// results may stand in its buffers by now.
  public func work(_ ticket: Ticket) {
    if ticket.malformation != nil {
      ticket.done = Work()
    } else {
      ticket.done = ticket.isCommand ? perform(ticket) : process(ticket.job)
    }
  }

  private func process(_ job: DataJob) -> Work {
    // After a reset, the chain is the driver's again.
    guard job.life == life else { return Work() }
    var work = Work()
    let held = notifications.held.count
    withDataPlane { plane in
      plane.load(job)
      plane.process()
    }
    for index in job.requests.indices {
      switch job.requests[index].result {
      case .success(let result): work.outputByteCount += result.length
      case .failure: work.refused += 1
      case nil: preconditionFailure("every packet has a result once the engine is done")
      }
    }
    if job.rejection != nil { work.refused = max(1, work.refused) }
    let room = job.requests.sum { $0.outputCapacity }
    work.outputByteCount += max(0, job.chain.writableByteCount - room)
    work.events = notifications.held.count - held
    return work
  }

  private func perform(_ ticket: Ticket) -> Work {
    let exchange = ControlExchange(
      dialect: dialect, features: features, limits: profile.limits, context: { [self] in context($0, $1) })
    if !exchange.run(&ticket.job.chain, perform: { (command) throws(Rejection) in try perform(command) }) {
      counters.unanswered += 1
    }
    return Work(outputByteCount: ticket.job.chain.writtenByteCount)
  }

  /// What carries out data requests, for one step: nothing makes it anew meanwhile, so no packet counts references.
  @inline(__always)
  func withDataPlane<Result>(_ body: (DataPlane) -> Result) -> Result {
    Unmanaged.passUnretained(dataPlane)._withUnsafeGuaranteedRef(body)
  }

  /// Writes results into the chain and uses it; `DeviceQueue.publish` shows it to the driver.
  ///
  /// - Parameter hasFailed: something went wrong on the way: the answer says so, whatever was done.
  public func use(_ ticket: Ticket, hasFailed: Bool = false) {
    let job = ticket.job
    if let malformation = ticket.malformation { return ticket.queue.giveBack(malformation) }
    if !ticket.isCommand { answer(job, hasFailed ? .packet(.cryptographyFailed) : job.rejection) }
    ticket.queue.complete(job.chain)
  }

  /// Writes what became of a chain, or why nothing was done of it.
  private func answer(_ job: DataJob, _ rejection: Rejection?) {
    // After a reset, the chain is the driver's again.
    guard job.life == life else { return }
    if !withDataPlane({ $0.answer(job, rejection) }) { counters.unanswered += 1 }
  }
}
