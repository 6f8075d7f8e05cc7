import Device
import ESP
import Spec
@testable import Testbench
@testable import VhostUser
import Virtio
import Wire

/// A guest with a driver, whose device is behind a socket.
final class Guest {
  let frontEnd: FrontEnd
  let session: DriverSession
  private(set) var queues: [DriverQueue] = []
  let wire = ModernDriver()
  let memory: SharedMemory
  private var next: UInt64 = 4096
  let pairs: Int
  private let features: FeatureSet
  private let queueSize: Int

  enum Failure: Error { case unanswered }

  /// What guest memory is made of.
  enum Pages { case sealed, cuttable, huge, hugeCuttable }

  /// Two regions with a gap between them, as behind a PC's hole for devices.
  private static func regions(_ byteCount: Int) -> [(address: UInt64, byteCount: Int)] {
    [(0, byteCount), (1 << 32, byteCount)]
  }

  /// Negotiates, sets all queues up and starts the device.
  init(
    _ socket: consuming FileDescriptor, features: FeatureSet = ServedDeviceTests.all,
    protocolFeatures: ProtocolFeatures = .all, queueSize: Int = 64, pairs: Int = 1, pages: Pages = .sealed,
    memory byteCount: Int = 1 << 20, hasSignals: Bool = true
  ) throws {
    self.pairs = pairs
    let isHuge = [.huge, .hugeCuttable].contains(pages)
    memory = try SharedMemory(
      Self.regions(isHuge ? HugePages.byteCount : byteCount), isSealed: [.sealed, .huge].contains(pages),
      isHuge: isHuge)
    self.features = features
    self.queueSize = queueSize
    frontEnd = try FrontEnd(socket, memory: memory, protocolFeatures: protocolFeatures, hasSignals: hasSignals)
    session = DriverSession(frontEnd, memory: memory.guest)
    try start()
  }

  /// From reset to DRIVER_OK; what was added to the device before is gone.
  func start() throws {
    next = 4096
    try session.negotiate(
      DriverProfile(supported: features, requirements: Accelerator().virtioProfile.requirements))
    wire.select(scaling: pairs, frontEnd)
    queues = []
    for index in 0..<2 * pairs + 2 {
      let base = allocate(QueueAddresses.byteCount(RingFormat(session.features), size: queueSize))
      queues.append(try session.makeQueue(index, size: queueSize, at: base))
    }
    session.start()
    if let failure = frontEnd.failure { throw failure }
  }

  func allocate(_ count: Int) -> UInt64 {
    defer { next += UInt64((count + 63) & ~63) }
    // Buffers are in the upper region.
    if next < 1 << 32, next + UInt64(count) > 1 << 19 { next = 1 << 32 }
    return next
  }

  // MARK: Requests

  /// Makes a chain of one readable and one writable buffer available; where the answer will be.
  func offer(_ chain: PreparedChain, on index: Int) throws -> UInt64 {
    let request = allocate(chain.readable.count), answer = allocate(chain.room)
    try chain.readable.withUnsafeBytes { try memory.guest.write(address: request, $0) }
    var buffers = [Buffer(address: answer, byteCount: UInt32(chain.room))]
    if !chain.readable.isEmpty {
      buffers.insert(Buffer(address: request, byteCount: UInt32(chain.readable.count)), at: 0)
    }
    try queues[index].add(buffers.span, readableCount: buffers.count - 1, token: answer)
    queues[index].kick()
    return answer
  }

  /// Waits for the next answer of a queue: where it is.
  func await(on index: Int) throws -> Completion {
    for _ in 0..<500 {
      if let completion = try queues[index].reap() { return completion }
      if queues[index].enableInterrupts() { continue }
      _ = frontEnd.awaitInterrupt(ofQueue: index, milliseconds: 10)
    }
    throw Failure.unanswered
  }

  /// Sends a chain and waits for its answer: the bytes that count as written, or all that there is room for.
  func exchange(_ chain: PreparedChain, on index: Int, whole: Bool = false) throws -> [UInt8] {
    _ = try offer(chain, on: index)
    let completion = try self.await(on: index)
    return try memory.guest.bytes(
      address: completion.token, byteCount: whole ? chain.room : Int(completion.byteCount))
  }

  func addSA(_ description: SADescription, _ direction: Direction = .outbound) throws -> TestSA {
    let command = wire.addition(of: [description], direction, nil)
    let handle = try wire.added(try exchange(command, on: 0), to: command.readable)
    return TestSA(handle: handle, direction: direction, group: nil)
  }

  /// Has a packet processed, on the first queue pair or another.
  func process(_ packet: [UInt8], on sa: TestSA, pair: Int = 0) throws -> [UInt8] {
    let index = (sa.direction == .outbound ? 2 : 1) + 2 * pair
    return try wire.result(try exchange(wire.chain(for: packet, on: sa), on: index, whole: true)).get()
  }

  func chain(for packet: [UInt8], on sa: TestSA) -> PreparedChain { wire.chain(for: packet, on: sa) }
  func result(_ answer: [UInt8]) throws -> [UInt8] { try wire.result(answer).get() }
}

extension Guest {
  /// Posts buffers for notifications.
  func postNotificationBuffers(_ count: Int) throws {
    for _ in 0..<count {
      _ = try offer(PreparedChain(readable: [], room: wire.notificationByteCount), on: 2 * pairs + 1)
    }
  }

  /// Waits for a notification.
  func notification() throws -> Device.Notification? {
    let completion = try self.await(on: 2 * pairs + 1)
    return wire.notification(
      try memory.guest.bytes(address: completion.token, byteCount: Int(completion.byteCount)))
  }
}
