import Spec
import Virtio
import Wire

/// An encap or decap queue: chains of packets, and the headers in front of them.
final class DataQueue {
  let queue: Virtqueue
  /// It keeps its queues, and has none any more when it goes: nothing is to be counted for a packet.
  private let owner: Unmanaged<IPsecInstance>
  private let kernel: Kernel
  private let dma: DMA
  private let device: KernelDevice
  private let format: any WireFormat
  /// Headers and completions of all chains.
  private let memory: MemoryArea
  private let headerByteCount: Int
  private let completionByteCount: Int
  /// Whether a packet may be in pieces.
  private let takesPieces: Bool
  /// Whether headers may stand in front of packets: the device takes buffers however they are cut.
  private let pushes: Bool
  /// Whether completions do not say which sequence number a packet had.
  private let readsSequence: Bool
  // What is filled and read within one call, which nobody comes in between.
  private let buffers: UnsafeMutableBufferPointer<Buffer>
  private let headerBytes: UnsafeMutableRawBufferPointer
  private let completionBytes: UnsafeMutableRawBufferPointer

  // No access to these is under way when a request's owner is told, who may come back to the queue.

  @exclusivity(unchecked) private var chains: ChainSlots
  /// No interrupt is asked for: whoever submitted last looks into the ring himself.
  @exclusivity(unchecked) private var isPolled = false

  init(_ queue: Virtqueue, _ owner: IPsecInstance) throws(DriverError) {
    self.queue = queue
    self.owner = .passUnretained(owner)
    (kernel, dma, device, format) = (owner.kernel, owner.kernel.dma, owner.device, owner.format)
    takesPieces = owner.has(.sgBuffers)
    (pushes, readsSequence) = (owner.version >= .v2_0, owner.version < .v2_0)
    headerByteCount = format.dataHeaderByteCount
    completionByteCount = format.completionByteCount
    // A chain has a header, a completion, and at least two pieces.
    let count = max(1, queue.size / 4), packetLimit = owner.has(.multiPacket) ? format.maximumPackets : 1
    memory = try dma.allocateArea(count * packetLimit * (headerByteCount + completionByteCount), for: device)
    chains = ChainSlots(count: count, packetLimit: packetLimit)
    buffers = .allocate(capacity: queue.size)
    headerBytes = .allocate(byteCount: packetLimit * headerByteCount, alignment: 8)
    completionBytes = .allocate(byteCount: completionByteCount, alignment: 8)
    headerBytes.initializeMemory(as: UInt8.self, repeating: 0)
    completionBytes.initializeMemory(as: UInt8.self, repeating: 0)
  }

  deinit {
    buffers.deallocate()
    headerBytes.deallocate()
    completionBytes.deallocate()
  }

  /// Where the headers of a slot's packets are in `memory`, and their completions.
  private func headers(of slot: Int) -> Int { slot * chains.packetLimit * (headerByteCount + completionByteCount) }
  private func completions(of slot: Int) -> Int { headers(of: slot) + chains.packetLimit * headerByteCount }

  /// Most packets that one chain can take.
  var chainLimit: Int { chains.packetLimit }

  // MARK: Submitting

  /// Makes one chain of packets; the device sees it with the next kick.
  ///
  /// - Throws: `DriverError`: ENOSPC for a full queue, EOPNOTSUPP for what needs a feature that is not there, EMSGSIZE.
  func add(_ requests: Span<IPsecRequest>) throws(DriverError) {
    guard requests.count <= chainLimit, let slot = chains.next else {
      throw DriverError(.ENOSPC, device.label, "queue \(queue.name) is full")
    }
    guard takesPieces || !areInPieces(requests) else {
      throw DriverError(.EOPNOTSUPP, device.label, "pieces without F_SG_BUFFERS")
    }
    let (readableCount, count) = countBuffers(requests)
    guard count <= queue.freeCount else {
      throw DriverError(
        count > queue.size ? .EMSGSIZE : .ENOSPC, device.label, "queue \(queue.name): \(count) pieces")
    }
    var mapped = 0
    do throws(DriverError) {
      while mapped < requests.count {
        try requests.lend(mapped) { request throws(DriverError) in try request.map(dma, for: device) }
        mapped += 1
      }
      gather(requests, slot, readableCount)
      fillHeaders(requests, slot)
      let chain = UnsafeBufferPointer(rebasing: buffers[..<count])
      try queue.add(chain.span, readableCount: readableCount, token: UInt64(slot))
    } catch {
      for index in 0..<mapped { requests[index].unmap(dma, for: device) }
      throw error
    }
    for index in requests.indices {
      requests.lend(index) { request in
        request.leave()
        if readsSequence { request.readSequence(kernel) }
      }
    }
    chains.keep(requests)
    tally { $0.submitted += UInt64(requests.count) }
  }

  /// Makes a chain of one packet; with headroom, it has no more than two buffers.
  ///
  /// - Throws: `DriverError`: as for several.
  func add(_ request: IPsecRequest) throws(DriverError) {
    guard pushes, request.hasHeadroom, let slot = chains.next, queue.freeCount >= 2 else {
      return try add(CollectionOfOne(request).span)
    }
    var header = headerBytes.mutableBytes
    format.fillHeader(request, following: 0, &header)
    request.push(header: headerByteCount, completion: completionByteCount)
    kernel.store(
      UnsafeRawBufferPointer(rebasing: headerBytes[..<headerByteCount]), at: request.inputPieces[0].address)
    do throws(DriverError) { try request.map(dma, for: device) } catch {
      request.pull(header: headerByteCount, completion: completionByteCount)
      throw error
    }
    do throws(DriverError) { try queue.add(request.chain.span, readableCount: 1, token: UInt64(slot)) } catch {
      takeBack(request)
      throw error
    }
    request.leave()
    chains.keep(request)
    tally { $0.submitted += 1 }
  }

  /// Takes a packet's memory back from the device.
  @inline(__always)
  private func takeBack(_ request: IPsecRequest) {
    request.unmap(dma, for: device)
    if request.isPushed { request.pull(header: headerByteCount, completion: completionByteCount) }
  }

  private func areInPieces(_ requests: Span<IPsecRequest>) -> Bool {
    requests.indices.contains { requests[$0].isInPieces }
  }

  /// How many buffers a chain has that the device reads, and how many in all.
  private func countBuffers(_ requests: Span<IPsecRequest>) -> (readable: Int, all: Int) {
    // A header and a completion of all packets.
    var (readable, writable) = (1, 1)
    for index in requests.indices {
      readable += requests[index].inputPieces.count
      writable += requests[index].outputPieces.count
    }
    return (readable, readable + writable)
  }

  /// Gathers the buffers of a chain.
  private func gather(_ requests: Span<IPsecRequest>, _ slot: Int, _ readableCount: Int) {
    func place(_ offset: Int, _ byteCount: Int) -> Buffer {
      Buffer(address: memory.address + UInt64(offset), byteCount: UInt32(requests.count * byteCount))
    }
    buffers[0] = place(headers(of: slot), headerByteCount)
    buffers[readableCount] = place(completions(of: slot), completionByteCount)
    var input = 1, output = readableCount + 1
    for index in requests.indices {
      for piece in requests[index].inputPieces {
        buffers[input] = piece
        input += 1
      }
      for piece in requests[index].outputPieces {
        buffers[output] = piece
        output += 1
      }
    }
  }

  private func fillHeaders(_ requests: Span<IPsecRequest>, _ slot: Int) {
    for index in requests.indices {
      let place = UnsafeMutableRawBufferPointer(
        rebasing: headerBytes[index * headerByteCount..<(index + 1) * headerByteCount])
      requests.lend(index) { request in
        var header = place.mutableBytes
        format.fillHeader(request, following: index == 0 ? requests.count - 1 : 0, &header)
      }
    }
    let filled = UnsafeRawBufferPointer(rebasing: headerBytes[..<(requests.count * headerByteCount)])
    memory.write(at: headers(of: slot), filled)
  }

  /// Shows the device what was added.
  ///
  /// - Parameter isPolled: whether `poll` is called next, so that nobody needs to be interrupted.
  func kick(isPolled: Bool) {
    if isPolled, !self.isPolled {
      queue.disableInterrupts()
    } else if !isPolled, self.isPolled, queue.enableInterrupts() {
      reapUsed()
    }
    self.isPolled = isPolled
    queue.kick()
  }

  // MARK: Completing

  @inline(__always)
  private func tally(_ change: (inout IPsecInstance.Counters) -> Void) {
    owner._withUnsafeGuaranteedRef { change(&$0.counters) }
  }

  /// Takes what the device has used.
  func reap() {
    guard !isPolled else { return }
    queue.disableInterrupts()
    repeat { reapUsed() } while queue.enableInterrupts() && !queue.isBroken
  }

  /// Takes what the device has used of polled packets; asks for interrupts where that was not all.
  func poll() {
    guard isPolled else { return }
    reapUsed()
    guard queue.inFlight > 0 else { return }
    isPolled = false
    reap()
  }

  private func reapUsed() {
    while let used = queue.reap() {
      let slot = Int(used.token)
      for index in 0..<chains.count(in: slot) {
        chains.take(index, from: slot) { request in
          let place = request.isPushed ? request.outputPieces[0].address : nil
          takeBack(request)
          // Of the room for completions, only what the device says that it wrote means anything.
          guard (index + 1) * completionByteCount <= Int(used.byteCount) else {
            return refuse(request, .refused(.EPROTO, status: "no completion"))
          }
          finish(request, completion(index, in: slot, at: place))
        }
      }
      chains.giveBack(slot)
    }
  }

  /// What the device says of a packet; its words are read once.
  ///
  /// - Parameter place: where it says so, if that is in front of the result.
  private func completion(_ index: Int, in slot: Int, at place: UInt64?) -> IPsecRequest.Outcome {
    let room = completionBytes
    if let place {
      kernel.load(place, into: room)
    } else {
      memory.read(at: completions(of: slot) + index * completionByteCount, into: room)
    }
    return format.completion(room.bytes)
  }

  private func finish(_ request: IPsecRequest, _ outcome: IPsecRequest.Outcome) {
    guard case .done(let byteCount, let sequence) = outcome else { return refuse(request, outcome) }
    guard byteCount <= request.outputByteCount else {
      return refuse(request, .refused(.EPROTO, status: "more output than room"))
    }
    tally { $0.completed += 1 }
    request.sa.note(sequence, received: request.received)
    request.sa.usage.done.add(request.inputByteCount, byteCount, request.sa.direction)
    request.end(outcome)
  }

  /// The completion that was read last says why, if it is not what is wrong.
  private func refuse(_ request: IPsecRequest, _ outcome: IPsecRequest.Outcome) {
    tally { $0.refused += 1 }
    if case .refused(.EPROTO, _) = outcome {
      request.sa.countDoubt(request.inputByteCount)
    } else {
      request.sa.countRefusal(request.inputByteCount, format.status(completionBytes.bytes))
    }
    request.end(outcome)
  }

  /// The device was reset: nothing comes back by itself any more.
  func release(_ reason: Errno) {
    for slot in chains.indices {
      for index in 0..<chains.count(in: slot) {
        chains.take(index, from: slot) { request in
          takeBack(request)
          tally { $0.cancelled += 1 }
          request.sa.countDoubt(request.inputByteCount)
          request.end(.cancelled(reason))
        }
      }
      chains.giveBack(slot)
    }
    dma.freeCoherent(memory.address, of: device)
  }
}
