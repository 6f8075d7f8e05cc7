import Spec
import Virtio
import Wire

/// An encap or decap queue: chains of packets, and the headers in front of them.
final class DataQueue {
  let queue: Virtqueue
  private unowned let owner: IPsecInstance
  private var slots: [Slot]
  private var free: [Int]
  /// Headers and completions of all slots.
  private let memory: UInt64
  private let packetsPerChain: Int
  private var buffers: [Buffer] = []
  private var header: [UInt8]
  private var answer: [UInt8]

  /// A chain on its way.
  private struct Slot {
    var requests: [IPsecRequest] = []
  }

  init(_ queue: Virtqueue, _ owner: IPsecInstance) throws(DriverError) {
    self.queue = queue
    self.owner = owner
    packetsPerChain = owner.has(.multiPacket) ? owner.format.maximumPackets : 1
    // A chain has a header, a completion, and at least two pieces.
    let count = max(1, queue.size / 4)
    slots = Array(repeating: Slot(), count: count)
    free = Array((0..<count).reversed())
    header = Array(repeating: 0, count: owner.format.dataHeaderByteCount)
    answer = Array(repeating: 0, count: owner.format.completionByteCount)
    let byteCount = packetsPerChain * (owner.format.dataHeaderByteCount + owner.format.completionByteCount)
    memory = try owner.kernel.dma.allocateCoherent(count * byteCount, for: owner.device)
  }

  private func headers(_ slot: Int) -> UInt64 {
    memory + UInt64(slot * packetsPerChain * (owner.format.dataHeaderByteCount + owner.format.completionByteCount))
  }
  private func completions(_ slot: Int) -> UInt64 {
    headers(slot) + UInt64(packetsPerChain * owner.format.dataHeaderByteCount)
  }

  /// Most packets that one chain can take.
  var chainLimit: Int { packetsPerChain }

  // MARK: Submitting

  /// Makes one chain of packets; the device sees it with the next kick.
  ///
  /// - Throws: `DriverError`: ENOSPC for a full queue, EOPNOTSUPP for what needs a feature that is not there, EMSGSIZE.
  func add(_ requests: ArraySlice<IPsecRequest>) throws(DriverError) {
    guard requests.count <= packetsPerChain, let slot = free.last else {
      throw DriverError(.ENOSPC, owner.device.label, "queue \(queue.name) is full")
    }
    buffers.removeAll(keepingCapacity: true)
    let format = owner.format
    buffers.append(Buffer(address: headers(slot), byteCount: UInt32(requests.count * format.dataHeaderByteCount)))
    for request in requests {
      guard owner.has(.sgBuffers) || (request.input.count <= 1 && request.output.count <= 1) else {
        throw DriverError(.EOPNOTSUPP, owner.device.label, "pieces without F_SG_BUFFERS")
      }
      buffers += request.input
    }
    let readable = buffers.count
    buffers.append(Buffer(address: completions(slot), byteCount: UInt32(requests.count * format.completionByteCount)))
    for request in requests { buffers += request.output }
    guard buffers.count <= queue.freeCount else {
      throw DriverError(
        buffers.count > queue.size ? .EMSGSIZE : .ENOSPC, owner.device.label,
        "queue \(queue.name): \(buffers.count) pieces")
    }
    let chain = buffers
    var mapped = 0
    do throws(DriverError) {
      for request in requests {
        try request.map(for: owner.device)
        mapped += 1
      }
      for (index, request) in requests.enumerated() { fill(slot, index, request, of: requests.count) }
      try queue.add(chain.span, readableCount: readable, token: UInt64(slot))
    } catch {
      for request in requests.prefix(mapped) { request.unmap(for: owner.device) }
      throw error
    }
    free.removeLast()
    slots[slot].requests.append(contentsOf: requests)
    for request in requests {
      request.outcome = nil
      if request.sa.direction == .outbound { request.sa.sequenceBound += 1 }
    }
    owner.counters.submitted += UInt64(requests.count)
  }

  private func fill(_ slot: Int, _ index: Int, _ request: IPsecRequest, of count: Int) {
    let owner = owner
    let packet = PacketHeader(
      sa: request.sa.handle, group: request.sa.group?.handle, direction: request.sa.direction,
      inputLength: request.inputByteCount, outputCapacity: request.outputByteCount,
      inputBuffers: request.input.count, outputBuffers: request.output.count,
      following: index == 0 ? count - 1 : 0, cookie: request.sa.identity)
    var elements = header.mutableSpan
    var bytes = elements.mutableBytes
    owner.format.fillHeader(packet, &bytes)
    owner.kernel.store(header, at: headers(slot) + UInt64(index * owner.format.dataHeaderByteCount))
  }

  func kick() { queue.kick() }

  // MARK: Completing

  /// Takes what the device has used.
  func reap() {
    let owner = owner
    queue.disableInterrupts()
    repeat {
      while let completion = queue.reap() {
        let slot = Int(completion.token), byteCount = owner.format.completionByteCount
        // Of the room for completions, only what the device says that it wrote means anything.
        let written = Int(completion.byteCount) / byteCount
        for index in slots[slot].requests.indices {
          owner.kernel.load(completions(slot) + UInt64(index * byteCount), into: &answer)
          finish(slots[slot].requests[index], index < written ? owner.format.completion(answer.span.bytes) : .missing)
        }
        giveBack(slot)
      }
    } while queue.enableInterrupts() && !queue.isBroken
  }

  private func giveBack(_ slot: Int) {
    slots[slot].requests.removeAll(keepingCapacity: true)
    free.append(slot)
  }

  private func finish(_ request: IPsecRequest, _ completion: PacketCompletion) {
    let owner = owner
    request.unmap(for: owner.device)
    if let error = completion.error {
      owner.counters.refused += 1
      request.outcome = .refused(error, status: completion.status)
    } else if completion.outputLength > request.outputByteCount {
      owner.counters.refused += 1
      request.outcome = .refused(.EPROTO, status: "more output than room")
    } else {
      owner.counters.completed += 1
      request.sa.note(completion.sequence)
      request.outcome = .done(byteCount: completion.outputLength, sequence: completion.sequence)
    }
    request.completion?(request)
  }

  /// The device was reset: nothing comes back by itself any more.
  func release(_ reason: Errno) {
    for slot in slots.indices where !slots[slot].requests.isEmpty {
      for request in slots[slot].requests {
        request.unmap(for: owner.device)
        owner.counters.cancelled += 1
        request.outcome = .cancelled(reason)
        request.completion?(request)
      }
      giveBack(slot)
    }
    owner.kernel.dma.freeCoherent(memory, of: owner.device)
  }
}
