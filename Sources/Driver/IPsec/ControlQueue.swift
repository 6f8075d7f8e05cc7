import Virtio

/// The control queue: commands, each with its buffers and its clock.
final class ControlQueue {
  private let queue: Virtqueue
  private unowned let owner: IPsecInstance
  private var exchanges: [UInt64: Exchange] = [:]
  private var nextToken: UInt64 = 1

  /// A command on its way.
  private struct Exchange {
    let command: IPsecCommand
    let request: UInt64
    let requestByteCount: Int
    let reply: UInt64
    let replyByteCount: Int
    let timer: Work
    /// Nil when nobody waits any more: the buffers are the device's until it uses them or is reset.
    var completion: ((Result<IPsecAnswer, DriverError>) -> Void)?
  }

  init(_ queue: Virtqueue, _ owner: IPsecInstance) {
    self.queue = queue
    self.owner = owner
  }

  private var kernel: Kernel { owner.kernel }
  private var device: KernelDevice { owner.device }

  /// Nobody waits for an answer.
  var isIdle: Bool { !exchanges.values.contains { $0.completion != nil } }

  /// Sends a command, and waits for its answer.
  ///
  /// - Throws: `DriverError`: ETIMEDOUT, EIO where the device asks for another reset, what the device says, or what
  ///   `submit` throws.
  func execute(_ command: IPsecCommand) throws(DriverError) -> IPsecAnswer {
    var outcome: Result<IPsecAnswer, DriverError>?
    try submit(command) { outcome = $0 }
    _ = kernel.scheduler.wait(upTo: 2 * owner.parameters.commandTimeout) { outcome != nil || owner.virtio.failsAtStart }
    guard let outcome else {
      let errno: Errno = owner.virtio.failsAtStart ? .EIO : .ETIMEDOUT
      throw DriverError(errno, device.label, "\(command.name): no answer")
    }
    return try outcome.get()
  }

  /// Sends a command; `completion` is called once, with the answer or the reason why there is none.
  ///
  /// - Throws: `DriverError` where the command cannot be sent; `completion` is not called then.
  func submit(
    _ command: IPsecCommand, completion: @escaping (Result<IPsecAnswer, DriverError>) -> Void
  ) throws(DriverError) {
    let message = try owner.format.request(command)
    let byteCount = message.count, room = owner.format.room(for: command)
    let request = try kernel.allocate(byteCount, for: device.label)
    message.withBytes { kernel.store($0, at: request) }
    var undo: [() -> Void] = [{ [self] in scrub(request, byteCount) }]
    do throws(DriverError) {
      let reply = try kernel.allocate(room, for: device.label)
      undo.append { [kernel] in kernel.free(reply) }
      _ = try kernel.dma.map(request, byteCount: byteCount, .toDevice, for: device)
      undo.append { [kernel, device] in kernel.dma.unmap(request, byteCount: byteCount, .toDevice, for: device) }
      _ = try kernel.dma.map(reply, byteCount: room, .fromDevice, for: device)
      undo.append { [kernel, device] in kernel.dma.unmap(reply, byteCount: room, .fromDevice, for: device) }
      let token = nextToken
      nextToken += 1
      if !kernel.faults.strikes(.command) {
        let buffers: [2 of Buffer] = [
          Buffer(address: request, byteCount: UInt32(byteCount)), Buffer(address: reply, byteCount: UInt32(room)),
        ]
        try queue.add(buffers.span, readableCount: 1, token: token)
      }
      let timer = owner.work.makeWork("timeout \(command.name)") { [unowned self] in expire(token) }
      exchanges[token] = Exchange(
        command: command, request: request, requestByteCount: byteCount, reply: reply, replyByteCount: room,
        timer: timer, completion: completion)
      owner.work.queue(timer, after: owner.parameters.commandTimeout)
    } catch {
      for step in undo.reversed() { step() }
      throw error
    }
    kernel.trace(.virtio, device.name, "control \(command.name)")
    queue.kick()
  }

  /// Keys do not stay in memory that is given back.
  private func scrub(_ address: UInt64, _ byteCount: Int) {
    kernel.store(Array(repeating: 0, count: byteCount), at: address)
    kernel.free(address)
  }

  /// Takes answers.
  func reap() {
    repeat {
      while let completion = queue.reap() {
        guard let exchange = exchanges.removeValue(forKey: completion.token) else { continue }
        owner.work.cancel(exchange.timer)
        // Of the room for an answer, only what the device says that it wrote means anything.
        let bytes = kernel.load(exchange.reply, byteCount: min(Int(completion.byteCount), exchange.replyByteCount))
        giveBack(exchange)
        guard let completion = exchange.completion else { continue }
        completion(Result { () throws(DriverError) in try owner.format.answer(bytes, to: exchange.command) })
      }
    } while queue.enableInterrupts() && !queue.isBroken
  }

  private func giveBack(_ exchange: Exchange) {
    kernel.dma.unmap(exchange.reply, byteCount: exchange.replyByteCount, .fromDevice, for: device)
    kernel.dma.unmap(exchange.request, byteCount: exchange.requestByteCount, .toDevice, for: device)
    kernel.free(exchange.reply)
    scrub(exchange.request, exchange.requestByteCount)
  }

  /// Nobody waits any longer.
  private func expire(_ token: UInt64) {
    guard let completion = exchanges[token]?.completion, let name = exchanges[token]?.command.name else { return }
    exchanges[token]!.completion = nil
    owner.counters.timeouts += 1
    device.info("\(name): timed out")
    completion(.failure(DriverError(.ETIMEDOUT, device.label, "\(name): no answer")))
  }

  /// The device was reset: no answer will come.
  func release(_ reason: Errno) {
    for token in exchanges.keys.sorted() {
      guard let exchange = exchanges.removeValue(forKey: token) else { continue }
      owner.work.cancel(exchange.timer)
      giveBack(exchange)
      exchange.completion?(.failure(DriverError(reason, device.label, "\(exchange.command.name): device was reset")))
    }
  }
}
