import Device
import ESP
import Spec
import Testbench
import VhostUser
import Virtio
import Wire

/// A device behind a socket, in a thread of its own, with an SA; packets for each queue pair in its guest's memory,
/// and a driver.
final class ServedTunnel {
  static let batch = 32
  private static let queueSize = 256
  private let pairs: Int
  private let packetsPerChain: Int
  /// Whether the driver writes each packet before it hands it over, and reads each result.
  private let isFresh: Bool
  /// Whether the driver sleeps until it is interrupted, instead of looking.
  private let isSleeping: Bool
  private let served: ServedDevice
  private let session: DriverSession
  private var queues: [DriverQueue] = []
  /// Chains of two batches for each pair: one on its way while the next is filled.
  private var chains: [[Request]] = []
  private var next: UInt64 = 4096
  /// What the driver writes for each chain, and has room for to read its answer.
  private var request: [UInt8] = []
  private var answer: [UInt8] = []

  /// What a chain consists of: of several packets, each is a buffer of its own, and so is each result.
  private struct Request {
    var buffers: [Buffer]
    var readableCount: Int
    /// Where the answer is.
    var token: UInt64
  }

  /// - Parameters:
  ///   - packetsPerChain: one, or what divides a batch.
  ///   - isFresh: whether packets come from the driver's processor, and results go there, each time.
  ///   - number: tells the devices of a benchmark from each other.
  ///   - isSleeping: whether the driver sleeps until it is interrupted, also where the device does not.
  init(
    _ mode: Server.Mode, _ suite: BenchSuite, bytes: Int, pairs: Int = 1, packetsPerChain: Int = 1,
    isFresh: Bool = false, number: Int = 0, isSleeping: Bool = false
  ) throws {
    (self.pairs, self.packetsPerChain, self.isFresh) = (pairs, packetsPerChain, isFresh)
    self.isSleeping = isSleeping || mode == .event
    var profile = AcceleratorProfile()
    (profile.queueSize, profile.pairs) = (Self.queueSize, pairs)
    served = try ServedDevice(profile, mode, memory: [(0, 1 << 24)], number: number)
    session = DriverSession(served.frontEnd, memory: served.memory.guest)
    try start(profile, suite, bytes)
  }

  private var memory: GuestMemory { served.memory.guest }
  private var frontEnd: FrontEnd { served.frontEnd }

  private func start(_ profile: AcceleratorProfile, _ suite: BenchSuite, _ bytes: Int) throws {
    let features = profile.features.union([.eventIndex, .indirectDescriptors]).subtracting([.ringPacked, .inOrder])
    try session.negotiate(DriverProfile(supported: features))
    let wire = makeDriver(.v2_0, profile)
    wire.select(scaling: pairs, frontEnd)
    for index in 0..<2 * pairs + 2 {
      let base = allocate(QueueAddresses.byteCount(.split, size: Self.queueSize))
      queues.append(try session.makeQueue(index, size: Self.queueSize, at: base))
    }
    session.start()
    if let failure = frontEnd.failure { throw failure }
    let command = wire.addition(of: [suite.description], .outbound, nil)
    let used = try exchange(place(command), on: 0)
    let answer = try memory.bytes(address: used.token, byteCount: Int(used.byteCount))
    let sa = TestSA(handle: try wire.added(answer, to: command.readable), direction: .outbound, group: nil)
    var packet = (0..<bytes).map { UInt8(truncatingIfNeeded: $0 * 7) }
    packet.replaceSubrange(0..<8, with: [0x45, 0, UInt8(bytes >> 8), UInt8(bytes & 0xff), 0, 0, 0, 0])
    let chain = wire.chain(for: Array(repeating: packet, count: packetsPerChain), on: sa)
    (self.request, self.answer) = (chain.readable, [UInt8](repeating: 0, count: chain.room))
    for _ in 0..<pairs {
      chains.append(try (0..<2 * Self.batch / packetsPerChain).map { _ in split(try place(chain)) })
    }
  }

  func end() { served.end() }

  private func allocate(_ count: Int) -> UInt64 {
    defer { next += UInt64((count + 63) & ~63) }
    return next
  }

  private func place(_ chain: PreparedChain) throws -> Request {
    let request = Buffer(address: allocate(chain.readable.count), byteCount: UInt32(chain.readable.count))
    try chain.readable.withUnsafeBytes { try memory.write(address: request.address, $0) }
    let answer = Buffer(address: allocate(chain.room), byteCount: UInt32(chain.room))
    return Request(buffers: [request, answer], readableCount: 1, token: answer.address)
  }

  /// A chain as a driver has it: headers, packets, completions and results each where they are. One packet alone has
  /// its header in front.
  private func split(_ chain: Request) -> Request {
    guard packetsPerChain > 1 else { return chain }
    let request = split(chain.buffers[0], V2_0.DataRequest.byteCount)
    return Request(
      buffers: request + split(chain.buffers[1], V2_0.Completion.byteCount), readableCount: request.count,
      token: chain.token)
  }

  /// - Parameter byteCount: of each header, all of which stand first.
  private func split(_ buffer: Buffer, _ byteCount: Int) -> [Buffer] {
    let headers = Buffer(address: buffer.address, byteCount: UInt32(packetsPerChain * byteCount))
    let count = (buffer.byteCount - headers.byteCount) / UInt32(packetsPerChain)
    return [headers] + (0..<UInt32(packetsPerChain)).map { index in
      Buffer(address: buffer.address + UInt64(headers.byteCount + index * count), byteCount: count)
    }
  }

  // MARK: Requests

  private func add(_ chain: Request, on index: Int) throws {
    try queues[index].add(chain.buffers.span, readableCount: chain.readableCount, token: chain.token)
  }

  private func exchange(_ chain: Request, on index: Int) throws -> Completion {
    try add(chain, on: index)
    queues[index].kick()
    return try reap(index)
  }

  /// Waits for an answer: looking, or sleeping until the interrupt.
  private func reap(_ index: Int) throws -> Completion {
    let queue = queues[index]
    while true {
      if let completion = try queue.reap() { return completion }
      guard isSleeping, !queue.enableInterrupts() else { continue }
      guard frontEnd.awaitInterrupt(ofQueue: index, milliseconds: 10_000) else {
        throw CommandError("bench vhost-user: the device does not answer")
      }
    }
  }

  /// The queue of a pair that takes packets to encapsulate.
  private func queue(ofPair pair: Int) -> Int { 2 + 2 * pair }

  /// Makes a batch available on every pair.
  func offer(_ batch: Int) throws {
    for (pair, chains) in chains.enumerated() {
      let index = queue(ofPair: pair)
      queues[index].disableInterrupts()
      let count = chains.count / 2
      for chain in chains[batch % 2 * count..<(batch % 2 + 1) * count] {
        if isFresh { try request.withUnsafeBytes { try memory.write(address: chain.buffers[0].address, $0) } }
        try add(chain, on: index)
      }
      queues[index].kick()
    }
  }

  /// Waits for a batch of every pair.
  func collect() throws {
    for pair in 0..<pairs {
      for _ in 0..<Self.batch / packetsPerChain {
        let used = try reap(queue(ofPair: pair))
        guard used.byteCount >= UInt32(packetsPerChain * V2_0.Completion.byteCount) else {
          throw CommandError("bench vhost-user: the device refused a chain")
        }
        if isFresh { try answer.withUnsafeMutableBytes { try memory.read(address: used.token, into: $0) } }
      }
    }
  }

  /// Looks at what became of every packet of the last two batches, or of the only one.
  func verify(batches: Int) throws {
    for chain in chains.flatMap({ $0.prefix($0.count / 2 * min(batches, 2)) }) {
      for packet in 0..<packetsPerChain {
        let place = chain.token + UInt64(packet * V2_0.Completion.byteCount)
        let completion = try memory.bytes(address: place, byteCount: V2_0.Completion.byteCount)
        let reader = try Reader<V2_0.Completion>(completion.span.bytes)
        guard reader.status.known == .ok, reader.outputLength > 0 else {
          throw CommandError("bench vhost-user: the device refused a packet")
        }
      }
    }
  }

  /// How long a single packet takes, in nanoseconds.
  func encapsulateOne() throws -> Double {
    let start = realTime()
    _ = try exchange(chains[0][0], on: queue(ofPair: 0))
    return realTime() - start
  }
}

extension [ServedTunnel] {
  /// Has so many batches encapsulated on every pair of every device.
  func encapsulate(batches: Int) throws {
    for batch in 0...batches {
      if batch < batches { for device in self { try device.offer(batch) } }
      if batch > 0 { for device in self { try device.collect() } }
    }
  }
}
