import Virtio

/// Packets.
extension IPsecInstance {
  /// The queue that a CPU's packets of a direction go to: with several pairs for each CPU, by the SA.
  private func queue(for sa: IPsecSA, cpu: Int) throws(DriverError) -> Unmanaged<DataQueue> {
    guard state == .live else {
      throw DriverError(state == .gone ? .ENODEV : .EAGAIN, device.label, "device is \(state)")
    }
    guard sa.keeper == ObjectIdentifier(self) else { throw DriverError(.ENOENT, device.label, "no SA \(sa.identity)") }
    guard !sa.isSpent else { throw DriverError(.EKEYREJECTED, device.label, "SA \(sa.identity) is spent") }
    if recent.sa != sa.identity || recent.cpu != cpu {
      let pair = (cpu * pairsPerCPU + Int(sa.identity) % pairsPerCPU) % (data.count / 2)
      recent = (sa.identity, cpu, 2 * pair + (sa.direction == .outbound ? 1 : 0))
    }
    return .passUnretained(data[recent.queue])
  }

  /// Submits a packet that whoever submits it waits for next, which needs no interrupt.
  ///
  /// - Throws: `DriverError` where it was not taken.
  public func submit(_ request: IPsecRequest, cpu: Int = 0) throws(DriverError) {
    try device.runtimeGet()
    defer { device.runtimePut() }
    let queue = try queue(for: request.sa, cpu: cpu)
    let other = try queue.lend { queue throws(DriverError) in
      try queue.add(request)
      return kick(queue, isPolled: true)
    }
    other?.poll()
  }

  /// Shows the device what was added to a queue, which is the one that is polled from now on, if it is.
  ///
  /// - Returns: the queue that was polled before, to be looked into for what nobody interrupts for: not before now, as
  ///   whoever is told of a packet may come with others, or have the queues released.
  @inline(__always)
  private func kick(_ queue: DataQueue, isPolled: Bool) -> DataQueue? {
    guard isPolled, polled !== queue else {
      queue.kick(isPolled: isPolled)
      return nil
    }
    let before = polled
    // Before the device is told, who may end all this.
    polled = queue
    queue.kick(isPolled: true)
    return before
  }

  /// Submits packets of one SA: as few chains as the device lets, and one notification.
  ///
  /// - Parameters:
  ///   - cpu: the vCPU on whose queues they go.
  ///   - isPolled: whoever submits them waits for them next, which needs no interrupt.
  ///   - taken: is told how many were taken, before anybody is told of a packet that came back.
  /// - Returns: how many were taken, from the front; the rest did not fit.
  /// - Throws: `DriverError` where none was taken.
  @discardableResult
  public func submit(_ requests: [IPsecRequest], cpu: Int = 0, isPolled: Bool = false) throws(DriverError) -> Int {
    try submit(requests.span, cpu: cpu, isPolled: isPolled)
  }

  @discardableResult
  public func submit(
    _ requests: Span<IPsecRequest>, cpu: Int = 0, isPolled: Bool = false, taken note: (Int) -> Void = { _ in }
  ) throws(DriverError) -> Int {
    guard !requests.isEmpty else { return 0 }
    for index in requests.indices where requests[index].sa !== requests[0].sa {
      throw DriverError(.EINVAL, device.label, "several SAs at once")
    }
    try device.runtimeGet()
    defer { device.runtimePut() }
    let queue = try queue(for: requests[0].sa, cpu: cpu).takeUnretainedValue()
    var (taken, limit) = (0, queue.chainLimit)
    while taken < requests.count {
      let end = min(taken + limit, requests.count)
      do throws(DriverError) { try queue.add(requests.extracting(taken..<end)) } catch {
        if error.errno == .EMSGSIZE, end - taken > 1 {
          // More pieces than the ring has entries.
          limit = (end - taken) / 2
          continue
        }
        if taken == 0 { throw error }
        break
      }
      taken = end
    }
    note(taken)
    kick(queue, isPolled: isPolled)?.poll()
    return taken
  }

  /// Looks into the ring that the last polled packets went to; what is not there yet is interrupted for.
  func poll() { polled?.poll() }

  /// Waits until a request has come back: of a polled one, the ring says so, before anybody is interrupted.
  ///
  /// - Throws: `DriverError`: ETIMEDOUT.
  public func wait(for request: IPsecRequest) throws(DriverError) -> IPsecRequest.Outcome {
    if request.outcome == nil { poll() }
    if let outcome = request.outcome { return outcome }
    _ = kernel.scheduler.wait(upTo: parameters.commandTimeout) { request.outcome != nil }
    guard let outcome = request.outcome else {
      throw DriverError(.ETIMEDOUT, device.label, "a packet did not come back")
    }
    return outcome
  }

  /// Processes a packet, and waits for it; the bytes are copied to the device's memory and back.
  ///
  /// - Parameter room: bytes that the result may take more than the packet.
  /// - Throws: `DriverError`: as the device says, ENOMEM, ENOSPC, ENODEV, ETIMEDOUT.
  public func process(_ packet: [UInt8], on sa: IPsecSA, cpu: Int = 0, room: Int = 512) throws(DriverError) -> [UInt8] {
    let input = try kernel.allocate(packet.count, for: device.label)
    kernel.store(packet, at: input)
    let capacity = packet.count + room
    let output: UInt64
    do throws(DriverError) { output = try kernel.allocate(capacity, for: device.label) } catch {
      kernel.free(input)
      throw error
    }
    let request = IPsecRequest(
      sa, input: [Buffer(address: input, byteCount: UInt32(packet.count))],
      output: [Buffer(address: output, byteCount: UInt32(capacity))])
    let free = { [kernel] (_: IPsecRequest) in
      kernel.free(input)
      kernel.free(output)
    }
    do throws(DriverError) { try submit([request], cpu: cpu) } catch {
      free(request)
      throw error
    }
    do throws(DriverError) {
      let outcome = try wait(for: request)
      defer { free(request) }
      switch outcome {
      case .done(let count, _): return kernel.load(output, byteCount: count)
      case .refused(let errno, let status): throw DriverError(errno, device.label, "packet refused: \(status)")
      case .cancelled(let errno): throw DriverError(errno, device.label, "packet given back")
      }
    } catch {
      // What did not come back is the device's still.
      if error.errno == .ETIMEDOUT, request.outcome == nil { request.completion = free }
      throw error
    }
  }
}
