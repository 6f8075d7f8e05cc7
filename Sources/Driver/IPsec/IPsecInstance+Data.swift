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
    // Until it was kicked, nobody is told of anything who might have the queue released.
    try polledQueue(for: request.sa, cpu: cpu).lend { queue throws(DriverError) in
      try queue.add(request)
      queue.kick(isPolled: true)
    }
  }

  /// The queue that packets of an SA go to, which is the one that is polled from now on.
  private func polledQueue(for sa: IPsecSA, cpu: Int) throws(DriverError) -> Unmanaged<DataQueue> {
    let queue = try queue(for: sa, cpu: cpu)
    if let polled, Unmanaged.passUnretained(polled).toOpaque() == queue.toOpaque() { return queue }
    poll()
    // Whoever was told of a packet may have changed anything.
    let again = try self.queue(for: sa, cpu: cpu)
    polled = again.takeUnretainedValue()
    return again
  }

  /// Submits packets of one SA: as few chains as the device lets, and one notification.
  ///
  /// - Parameters:
  ///   - cpu: the vCPU on whose queues they go.
  ///   - isPolled: whoever submits them waits for them next, which needs no interrupt.
  /// - Returns: how many were taken, from the front; the rest did not fit.
  /// - Throws: `DriverError` where none was taken.
  @discardableResult
  public func submit(_ requests: [IPsecRequest], cpu: Int = 0, isPolled: Bool = false) throws(DriverError) -> Int {
    try submit(requests.span, cpu: cpu, isPolled: isPolled)
  }

  @discardableResult
  public func submit(
    _ requests: Span<IPsecRequest>, cpu: Int = 0, isPolled: Bool = false
  ) throws(DriverError) -> Int {
    guard !requests.isEmpty else { return 0 }
    for index in requests.indices where requests[index].sa !== requests[0].sa {
      throw DriverError(.EINVAL, device.label, "several SAs at once")
    }
    try device.runtimeGet()
    defer { device.runtimePut() }
    let sa = requests[0].sa
    let queue = try (isPolled ? polledQueue(for: sa, cpu: cpu) : self.queue(for: sa, cpu: cpu)).takeUnretainedValue()
    var taken = 0
    while taken < requests.count {
      let end = min(taken + queue.chainLimit, requests.count)
      do throws(DriverError) { try queue.add(requests.extracting(taken..<end)) } catch {
        if taken == 0 { throw error }
        break
      }
      taken = end
    }
    queue.kick(isPolled: isPolled)
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
