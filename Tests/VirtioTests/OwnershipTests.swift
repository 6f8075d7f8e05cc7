import Testing

@testable import Virtio

/// Whose a chain is: the device's own mistakes trap.
@Suite struct OwnershipTests {
  /// Takes two chains, and uses one of them twice.
  private static func useTwice(_ format: RingFormat) throws {
    let ring = try RingBench(format)
    for _ in 0..<2 { try ring.add(writable: [4]) }
    _ = ring.kick()
    var other = Chain(in: ring.deviceMemory)
    guard try ring.pop(into: &other), try ring.serve() else { return }
    ring.device.complete(ring.chain)
  }

  /// Takes a malformed chain, and gives it back twice.
  private static func giveBackTwice(_ format: RingFormat, _ features: FeatureSet) throws {
    let ring = try ForgedRing(format, features: features)
    try ring.offer([ForgedRing.Entry(address: .max)])
    do throws(ChainError) { _ = try ring.bench.pop() } catch {
      for _ in 0..<2 { ring.bench.device.giveBack(error) }
    }
  }

  @Test func `a chain is used once`() async {
    await #expect(processExitsWith: .failure) { try OwnershipTests.useTwice(.split) }
    await #expect(processExitsWith: .failure) { try OwnershipTests.useTwice(.packed) }
  }

  @Test func `a malformed chain is given back once`() async {
    await #expect(processExitsWith: .failure) { try OwnershipTests.giveBackTwice(.split, []) }
    await #expect(processExitsWith: .failure) { try OwnershipTests.giveBackTwice(.packed, []) }
    await #expect(processExitsWith: .failure) { try OwnershipTests.giveBackTwice(.split, .inOrder) }
    await #expect(processExitsWith: .failure) { try OwnershipTests.giveBackTwice(.packed, .inOrder) }
  }

  @Test func `a chain goes back to its own queue`() async {
    await #expect(processExitsWith: .failure) {
      let bench = try Bench(.mmio)
      bench.function.isDeaf = true
      let (session, first) = try bench.bringUp()
      let second = try session.makeQueue(1, size: 8, at: 0x4000)
      try first.send()
      try second.send()
      var chain = Chain(in: bench.deviceMemory)
      var other = Chain(in: bench.deviceMemory)
      guard try bench.device.queues[0].pop(into: &chain), try bench.device.queues[1].pop(into: &other) else { return }
      bench.device.queues[1].complete(chain)
    }
  }

  @Test(arguments: RingFormat.allCases)
  func `a queue with nothing to take leaves another queue's chain alone`(format: RingFormat) throws {
    let bench = try Bench(.mmio)
    bench.function.isDeaf = true
    let (session, first) = try bench.bringUp(format == .packed ? .ringPacked : [])
    _ = try session.makeQueue(1, size: 8, at: 0x4000)
    try first.send()
    var chain = Chain(in: bench.deviceMemory)
    #expect(try bench.device.queues[0].pop(into: &chain))
    #expect(try !bench.device.queues[1].pop(into: &chain))
    chain.write(at: 0, bytes: [1, 2, 3])
    bench.device.queues[0].complete(chain)
    bench.device.queues[0].publish()
    #expect(try first.reap()?.byteCount == 3)
  }

  /// Takes a chain, uses it, and touches it once more.
  private static func touchUsed(_ touch: (inout Chain) -> Void) throws {
    let ring = try RingBench(.split)
    try ring.add(readable: [4], writable: [4])
    _ = ring.kick()
    guard try ring.serve() else { return }
    touch(&ring.chain)
  }

  @Test func `what was written into a chain can be read, until a reset`() throws {
    let bench = try Bench(.mmio)
    bench.function.isDeaf = true
    let (_, queue) = try bench.bringUp()
    try queue.send(readable: 1, writable: 2)
    let device = bench.device.queues[0]
    var chain = Chain(in: bench.deviceMemory)
    #expect(try device.pop(into: &chain))
    let answer = [UInt8](1...20)
    chain.write(at: 0, bytes: answer)
    for isUsed in [false, true] {
      if isUsed { device.complete(chain) }
      var bytes: [UInt8] = []
      chain.forEachWritten { piece in piece.withUnsafeBytes { bytes += Array($0) } }
      #expect(bytes == answer)
    }
    bench.device.writeStatus(0)
    chain.forEachWritten { _ in Issue.record("the bytes are the driver's") }
  }

  @Test func `a chain is not touched once it is used`() async {
    await #expect(processExitsWith: .failure) { try OwnershipTests.touchUsed { $0.write(UInt8(1), at: 0) } }
    await #expect(processExitsWith: .failure) { try OwnershipTests.touchUsed { $0.write(at: 0, bytes: [1]) } }
    await #expect(processExitsWith: .failure) { try OwnershipTests.touchUsed { _ = $0.read(UInt8.self, at: 0) } }
    await #expect(processExitsWith: .failure) { try OwnershipTests.touchUsed { _ = $0.readableBytes } }
  }

  /// A queue's malformed chain, of a buffer outside memory.
  private static func takeMalformed(_ bench: Bench, _ queue: DriverQueue) throws -> ChainError? {
    try queue.add([Buffer(address: 1 << 40, byteCount: 4)].span, readableCount: 1, token: 1)
    queue.kick()
    var chain = Chain(in: bench.deviceMemory)
    do throws(ChainError) { _ = try bench.device.queues[queue.index].pop(into: &chain) } catch { return error }
    return nil
  }

  @Test(arguments: RingFormat.allCases)
  func `a malformed chain from before a queue reset is not given back after it`(format: RingFormat) throws {
    let bench = try Bench(.mmio)
    bench.function.isDeaf = true
    let (session, queue) = try bench.bringUp(format == .packed ? .ringPacked : [])
    let old = try #require(try Self.takeMalformed(bench, queue))
    try session.resetQueue(queue)
    let next = try session.makeQueue(0, size: 8, at: Bench.ring)
    let device = bench.device.queues[0]
    device.giveBack(old)
    let new = try #require(try Self.takeMalformed(bench, next))
    device.giveBack(old)
    device.publish()
    #expect(try next.reap() == nil)
    #expect(device.inFlight == 1)
    device.giveBack(new)
    device.publish()
    #expect(try next.reap() == Completion(token: 1, byteCount: 0))
  }

  @Test func `a malformed chain goes back to its own queue`() async {
    await #expect(processExitsWith: .failure) {
      let bench = try Bench(.mmio)
      bench.function.isDeaf = true
      let (session, first) = try bench.bringUp()
      let second = try session.makeQueue(1, size: 8, at: 0x4000)
      guard let error = try OwnershipTests.takeMalformed(bench, first),
        try OwnershipTests.takeMalformed(bench, second) != nil
      else { return }
      bench.device.queues[1].giveBack(error)
    }
  }

  @Test(arguments: TransportKind.allCases)
  func `after a reset a chain's bytes are the driver's`(kind: TransportKind) throws {
    for reset in [{ $0.writeStatus(0) }, { $0.reset($0.queues[0]) }] as [(VirtioDevice) -> Void] {
      let bench = try Bench(kind)
      bench.function.isDeaf = true
      let (_, queue) = try bench.bringUp()
      try queue.send()
      var chain = Chain(in: bench.deviceMemory)
      #expect(try bench.device.queues[0].pop(into: &chain))
      #expect(chain.write(UInt8(1), at: 0) && chain.read(UInt8.self, at: 0) == 0)
      reset(bench.device)
      let log = MemoryLog()
      bench.deviceMemory.observer = log
      #expect(!chain.write(UInt8(2), at: 0) && chain.read(UInt8.self, at: 0) == nil)
      chain.write(at: 1, bytes: [2])
      var bytes: [UInt8] = [7]
      #expect(bytes.withUnsafeMutableBytes { chain.read(at: 0, into: $0) } == 0)
      #expect(chain.writtenByteCount == 1)
      bench.device.queues[0].complete(chain)
      #expect(log.events.isEmpty)
    }
  }
}
