import Spec
import Virtio
import Wire

/// An encap or decap queue: chains of packets, and the headers in front of them.
final class DataQueue {
  let queue: Virtqueue
  private unowned let owner: IPsecInstance
  private let format: any WireFormat
  /// Requests of all slots, each as many as a chain may have, and how many there are in each slot.
  private var taken: [IPsecRequest?]
  private var counts: [Int]
  private var free: [Int]
  /// Headers and completions of all slots.
  private let memory: UInt64
  private let packetsPerChain: Int
  private let headerByteCount: Int
  private let completionByteCount: Int
  /// Whether a packet may be in pieces.
  private let takesPieces: Bool
  private var buffers: [Buffer] = []
  private var headerBytes: [UInt8]
  private var answer: [UInt8]
  /// No interrupt is asked for: whoever submitted last looks into the ring himself.
  private var isPolled = false

  init(_ queue: Virtqueue, _ owner: IPsecInstance) throws(DriverError) {
    self.queue = queue
    self.owner = owner
    format = owner.format
    takesPieces = owner.has(.sgBuffers)
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
    memory = try owner.kernel.dma.allocateCoherent(count * byteCount, for: owner.device)
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
  func add(_ requests: ArraySlice<IPsecRequest>) throws(DriverError) {
    let owner = owner, device: KernelDevice = owner.device
    guard requests.count <= packetsPerChain, let slot = free.last else {
      throw DriverError(.ENOSPC, device.label, "queue \(queue.name) is full")
    }
    guard let readableCount = collect(requests, slot) else {
      throw DriverError(.EOPNOTSUPP, device.label, "pieces without F_SG_BUFFERS")
    }
    guard buffers.count <= queue.freeCount else {
      throw DriverError(
        buffers.count > queue.size ? .EMSGSIZE : .ENOSPC, device.label,
        "queue \(queue.name): \(buffers.count) pieces")
    }
    let dma: DMA = owner.kernel.dma
    let chain = buffers
    var mapped = 0
    do throws(DriverError) {
      for request in requests {
        try request.map(dma, for: device)
        mapped += 1
      }
      fillHeaders(requests)
      owner.kernel.store(headerBytes, prefix: requests.count * headerByteCount, at: headers(slot))
      try queue.add(chain.span, readableCount: readableCount, token: UInt64(slot))
    } catch {
      for request in requests.prefix(mapped) { request.unmap(dma, for: device) }
      throw error
    }
    free.removeLast()
    take(requests, slot)
    owner.counters.submitted += UInt64(requests.count)
  }

  /// Gathers the buffers of a chain; how many the device reads, nil for pieces that it does not take.
  private func collect(_ requests: ArraySlice<IPsecRequest>, _ slot: Int) -> Int? {
    buffers.removeAll(keepingCapacity: true)
    buffers.append(Buffer(address: headers(slot), byteCount: UInt32(requests.count * headerByteCount)))
    for request in requests {
      guard takesPieces || (request.input.count <= 1 && request.output.count <= 1) else { return nil }
      for piece in request.input { buffers.append(piece) }
    }
    let readableCount = buffers.count
    buffers.append(Buffer(address: completions(slot), byteCount: UInt32(requests.count * completionByteCount)))
    for request in requests { for piece in request.output { buffers.append(piece) } }
    return readableCount
  }

  private func fillHeaders(_ requests: ArraySlice<IPsecRequest>) {
    var elements = headerBytes.mutableSpan
    var bytes = elements.mutableBytes
    var offset = 0
    for request in requests {
      let sa = request.sa
      let packet = PacketHeader(
        sa: sa.handle, group: sa.group?.handle, direction: sa.direction, inputLength: request.inputByteCount,
        outputCapacity: request.outputByteCount, inputBuffers: request.input.count,
        outputBuffers: request.output.count, following: offset == 0 ? requests.count - 1 : 0, cookie: sa.identity)
      var header = bytes._mutatingExtracting(offset..<offset + headerByteCount)
      format.fillHeader(packet, &header)
      offset += headerByteCount
    }
  }

  private func take(_ requests: ArraySlice<IPsecRequest>, _ slot: Int) {
    var place = slot * packetsPerChain
    for request in requests {
      taken[place] = request
      place += 1
      request.outcome = nil
      request.queue = self
      if request.sa.direction == .outbound { request.sa.sequenceBound += 1 }
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
    let owner = owner, device: KernelDevice = owner.device, dma: DMA = owner.kernel.dma
    while let completion = queue.reap() {
      let slot = Int(completion.token), first = slot * packetsPerChain
      // Of the room for completions, only what the device says that it wrote means anything.
      let written = Int(completion.byteCount) / completionByteCount
      for index in 0..<counts[slot] {
        guard let request = taken[first + index].take() else { continue }
        owner.kernel.load(completions(slot) + UInt64(index * completionByteCount), into: &answer)
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
    let owner = owner
    if let error = completion.error {
      owner.counters.refused += 1
      end(request, .refused(error, status: completion.status))
    } else if completion.outputLength > request.outputByteCount {
      owner.counters.refused += 1
      end(request, .refused(.EPROTO, status: "more output than room"))
    } else {
      owner.counters.completed += 1
      request.sa.note(completion.sequence)
      end(request, .done(byteCount: completion.outputLength, sequence: completion.sequence))
    }
  }

  private func end(_ request: IPsecRequest, _ outcome: IPsecRequest.Outcome) {
    request.queue = nil
    request.outcome = outcome
    request.completion?(request)
  }

  /// The device was reset: nothing comes back by itself any more.
  func release(_ reason: Errno) {
    for slot in counts.indices where counts[slot] > 0 {
      for index in 0..<counts[slot] {
        guard let request = taken[slot * packetsPerChain + index].take() else { continue }
        request.unmap(owner.kernel.dma, for: owner.device)
        owner.counters.cancelled += 1
        end(request, .cancelled(reason))
      }
      giveBack(slot)
    }
    owner.kernel.dma.freeCoherent(memory, of: owner.device)
  }
}
