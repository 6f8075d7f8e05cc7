import Spec
import Virtio
import Wire

/// An encap or decap queue: chains of packets, and the headers in front of them.
final class DataQueue {
  let queue: Virtqueue
  /// It keeps its queues, and has none any more when it goes: nothing is to be counted for a packet.
  private unowned(unsafe) let owner: IPsecInstance
  private let kernel: Kernel
  private let dma: DMA
  private let device: KernelDevice
  private let format: any WireFormat
  /// Headers and completions of all slots.
  private let memory: UInt64
  private let packetsPerChain: Int
  private let headerByteCount: Int
  private let completionByteCount: Int
  /// Whether a packet may be in pieces.
  private let takesPieces: Bool
  /// Whether completions do not say which sequence number a packet had.
  private let readsSequence: Bool

  // No access to these is under way when a request's owner is told, who may come back to the queue.

  /// Requests of all slots, each as many as a chain may have, and how many there are in each slot.
  @exclusivity(unchecked) private var taken: [IPsecRequest?]
  @exclusivity(unchecked) private var counts: [Int]
  @exclusivity(unchecked) private var free: [Int]
  @exclusivity(unchecked) private var buffers: [Buffer] = []
  @exclusivity(unchecked) private var headerBytes: [UInt8]
  @exclusivity(unchecked) private var answer: [UInt8]
  /// No interrupt is asked for: whoever submitted last looks into the ring himself.
  @exclusivity(unchecked) private var isPolled = false

  init(_ queue: Virtqueue, _ owner: IPsecInstance) throws(DriverError) {
    self.queue = queue
    self.owner = owner
    (kernel, dma, device, format) = (owner.kernel, owner.kernel.dma, owner.device, owner.format)
    takesPieces = owner.has(.sgBuffers)
    readsSequence = owner.version < .v2_0
    headerByteCount = format.dataHeaderByteCount
    completionByteCount = format.completionByteCount
    packetsPerChain = owner.has(.multiPacket) ? format.maximumPackets : 1
    // A chain has a header, a completion, and at least two pieces.
    let count = max(1, queue.size / 4)
    taken = Array(repeating: nil, count: count * packetsPerChain)
    counts = Array(repeating: 0, count: count)
    free = Array((0..<count).reversed())
    headerBytes = Array(repeating: 0, count: packetsPerChain * headerByteCount)
    answer = Array(repeating: 0, count: completionByteCount)
    let byteCount = packetsPerChain * (headerByteCount + completionByteCount)
    memory = try dma.allocateCoherent(count * byteCount, for: device)
  }

  private func headers(_ slot: Int) -> UInt64 {
    memory + UInt64(slot * packetsPerChain * (headerByteCount + completionByteCount))
  }
  private func completions(_ slot: Int) -> UInt64 { headers(slot) + UInt64(packetsPerChain * headerByteCount) }

  /// Most packets that one chain can take.
  var chainLimit: Int { packetsPerChain }

  // MARK: Submitting

  /// Makes one chain of packets; the device sees it with the next kick.
  ///
  /// - Throws: `DriverError`: ENOSPC for a full queue, EOPNOTSUPP for what needs a feature that is not there, EMSGSIZE.
  func add(_ requests: Span<IPsecRequest>) throws(DriverError) {
    guard requests.count <= packetsPerChain, let slot = free.last else {
      throw DriverError(.ENOSPC, device.label, "queue \(queue.name) is full")
    }
    let readableCount = gather(requests, slot)
    if !takesPieces, (0..<requests.count).contains(where: { requests[$0].isInPieces }) {
      throw DriverError(.EOPNOTSUPP, device.label, "pieces without F_SG_BUFFERS")
    }
    guard buffers.count <= queue.freeCount else {
      throw DriverError(
        buffers.count > queue.size ? .EMSGSIZE : .ENOSPC, device.label,
        "queue \(queue.name): \(buffers.count) pieces")
    }
    var mapped = 0
    do throws(DriverError) {
      while mapped < requests.count {
        try requests[mapped].map(dma, for: device)
        mapped += 1
      }
      fillHeaders(requests)
      kernel.store(headerBytes, prefix: requests.count * headerByteCount, at: headers(slot))
      try queue.add(buffers.span, readableCount: readableCount, token: UInt64(slot))
    } catch {
      for index in 0..<mapped { requests[index].unmap(dma, for: device) }
      throw error
    }
    free.removeLast()
    take(requests, slot)
    owner.counters.submitted += UInt64(requests.count)
  }

  /// Gathers the buffers of a chain; how many of them the device reads.
  private func gather(_ requests: Span<IPsecRequest>, _ slot: Int) -> Int {
    buffers.removeAll(keepingCapacity: true)
    buffers.append(Buffer(address: headers(slot), byteCount: UInt32(requests.count * headerByteCount)))
    for index in requests.indices { buffers.append(contentsOf: requests[index].inputPieces) }
    let readableCount = buffers.count
    buffers.append(Buffer(address: completions(slot), byteCount: UInt32(requests.count * completionByteCount)))
    for index in requests.indices { buffers.append(contentsOf: requests[index].outputPieces) }
    return readableCount
  }

  private func fillHeaders(_ requests: Span<IPsecRequest>) {
    var elements = headerBytes.mutableSpan
    var bytes = elements.mutableBytes
    for index in requests.indices {
      var header = bytes._mutatingExtracting(index * headerByteCount..<(index + 1) * headerByteCount)
      format.fillHeader(PacketHeader(requests[index], following: index == 0 ? requests.count - 1 : 0), &header)
    }
  }

  private func take(_ requests: Span<IPsecRequest>, _ slot: Int) {
    for index in requests.indices {
      let request = requests[index]
      request.leave()
      if readsSequence { request.readSequence(kernel) }
      taken[slot * packetsPerChain + index] = request
    }
    counts[slot] = requests.count
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
    while let completion = queue.reap() {
      let slot = Int(completion.token), first = slot * packetsPerChain
      // Of the room for completions, only what the device says that it wrote means anything.
      let written = Int(completion.byteCount) / completionByteCount
      for index in 0..<counts[slot] {
        guard let request = taken[first + index].take() else { continue }
        kernel.load(completions(slot) + UInt64(index * completionByteCount), into: &answer)
        request.unmap(dma, for: device)
        finish(request, index < written ? format.completion(answer.span.bytes) : .missing)
      }
      giveBack(slot)
    }
  }

  private func giveBack(_ slot: Int) {
    counts[slot] = 0
    free.append(slot)
  }

  private func finish(_ request: IPsecRequest, _ completion: PacketCompletion) {
    if let error = completion.error {
      owner.counters.refused += 1
      request.end(.refused(error, status: completion.status))
    } else if completion.outputLength > request.outputByteCount {
      owner.counters.refused += 1
      request.end(.refused(.EPROTO, status: "more output than room"))
    } else {
      owner.counters.completed += 1
      request.sa.note(completion.sequence, received: request.received)
      request.sa.usage.done.add(request.inputByteCount, completion.outputLength, request.sa.direction)
      request.end(.done(byteCount: completion.outputLength, sequence: completion.sequence))
    }
  }

  /// The device was reset: nothing comes back by itself any more.
  func release(_ reason: Errno) {
    for slot in counts.indices where counts[slot] > 0 {
      for index in 0..<counts[slot] {
        guard let request = taken[slot * packetsPerChain + index].take() else { continue }
        request.unmap(dma, for: device)
        owner.counters.cancelled += 1
        request.sa.usage.lost.add(request.inputByteCount, request.inputByteCount, request.sa.direction)
        request.end(.cancelled(reason))
      }
      giveBack(slot)
    }
    dma.freeCoherent(memory, of: device)
  }
}
