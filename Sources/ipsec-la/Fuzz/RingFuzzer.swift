#if !LIBFUZZER
  import Virtio
#endif

/// A driver that writes what it likes into a virtqueue, and changes memory while the device reads it.
///
/// What must hold: the device neither crashes nor hangs, and no used element that it writes has a length above what it
/// wrote into the chain.
struct RingFuzzer {
  let format: RingFormat
  private var input: FuzzInput
  private let size: Int
  private var driver: HostileDriver
  private let memory: GuestMemory
  private let addresses: QueueAddresses
  private let watch: FuzzWatch
  private var idle: [FuzzRequest] = []
  private var inFlight: [FuzzRequest] = []
  /// Chains that the device got to see, of which so many were malformed.
  private(set) var chains = 0
  private(set) var faults = 0
  /// How often the device came past the end of the ring.
  private(set) var laps = 0
  /// Used elements that the device wrote.
  var elementsChecked: Int { watch.elementsChecked }

  init(_ input: FuzzInput) throws {
    var input = input
    format = input.pick([.split, .packed])
    size = format == .split ? input.pick([1, 2, 8, 64]) : input.pick([1, 3, 8, 50])
    addresses = QueueAddresses(format, size: size, at: HostileDriver.queues)
    driver = try HostileDriver(format, size: size, addresses)
    memory = GuestMemory(sharing: driver.memory)
    watch = FuzzWatch(driver.memory, format, size, addresses)
    memory.observer = watch
    self.input = input
  }

  /// Plays up to `steps` moves.
  mutating func run(steps: Int) throws {
    var features: FeatureSet = []
    for feature in [FeatureSet.indirectDescriptors, .eventIndex, .inOrder] where input.oneIn(2) {
      features.insert(feature)
    }
    watch.isInOrder = features.contains(.inOrder)
    // How many chains the device keeps before it uses one.
    let patience = input.pick([1, 4, size])
    var ring = try AnyDeviceRing(format, in: memory, size: size, at: addresses, options: RingOptions(features))
    for _ in 0..<steps where !input.isExhausted {
      try driver.offer(ring.state, &input)
      if input.oneIn(8) { watch.plan(after: input.below(24), address: driver.place(&input), value: input.word()) }
      let before = ring.state
      guard try serve(&ring, patience) else { return }
      if ring.state.nextAvailable < before.nextAvailable { laps += 1 }
      if input.oneIn(8) { _ = ring.enableNotifications() }
      if input.oneIn(8) { ring.disableNotifications() }
    }
  }

  /// Serves what there is, with some chains kept for later; false when only a reset helps.
  private mutating func serve(_ ring: inout AnyDeviceRing, _ patience: Int) throws -> Bool {
    // A driver that rewrites the ring while it is served can keep a device busy; it cannot keep it in one call.
    for _ in 0..<2 * size {
      let request = idle.popLast() ?? FuzzRequest(in: memory)
      do throws(ChainError) {
        guard try ring.pop(into: &request.chain) else {
          idle.append(request)
          break
        }
        chains += 1
        work(on: request)
        inFlight.append(request)
      } catch {
        faults += 1
        idle.append(request)
        guard error.isReturnable else { return false }
        watch.expect(error.id, byteCount: 0)
        watch.using { ring.giveBack(error) }
      }
      if inFlight.count >= patience || input.oneIn(4) { complete(&ring) }
      precondition(ring.inFlight <= size, "more in flight than the ring holds")
    }
    if input.oneIn(2) { while !inFlight.isEmpty { complete(&ring) } }
    if input.oneIn(2) { _ = watch.using { ring.publish() } }
    return true
  }

  /// Uses any of the chains in flight.
  private mutating func complete(_ ring: inout AnyDeviceRing) {
    guard !inFlight.isEmpty else { return }
    let request = inFlight.remove(at: input.below(inFlight.count))
    watch.expect(request.chain.id, byteCount: request.written)
    watch.using { ring.complete(request.chain) }
    idle.append(request)
  }

  /// Reads everything, and writes part of it, at a chosen place.
  private mutating func work(on request: FuzzRequest) {
    var sum: UInt8 = 0
    request.chain.forEachReadable(0..<request.chain.readableByteCount) { piece in
      for index in 0..<min(piece.byteCount, 64) { sum &+= piece.unsafeLoad(fromByteOffset: index, as: UInt8.self) }
    }
    let start = input.oneIn(2) ? 0 : input.below(64)
    let end = start + input.below(64)
    request.chain.forEachWritable(start..<end) { piece in
      for index in 0..<piece.byteCount { piece.storeBytes(of: sum, toByteOffset: index, as: UInt8.self) }
    }
    request.written = start == 0 ? min(end, request.chain.writableByteCount) : 0
    precondition(request.chain.writtenByteCount == request.written, "used length is not what was written")
  }
}

/// A chain that the device has taken, and how many bytes it wrote from the start.
private final class FuzzRequest {
  var chain: Chain
  var written = 0

  init(in memory: GuestMemory) { chain = Chain(in: memory) }
}
