import Device
import ESP
import Model
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// Chains that are available together: the device takes eight before it works on the first.
@Suite struct BurstTests {
  /// A bench whose rings are split or packed, either way without IN_ORDER, and an SA to encapsulate on.
  private static func make(
    isPacked: Bool, queueSize: Int = 64
  ) throws -> (bench: Testbench, sa: TestSA) {
    var features = AcceleratorProfile(.v2_0).features.subtracting([.inOrder])
    if !isPacked { features.subtract([.ringPacked]) }
    let bench = try Testbench(features: features, queueSize: queueSize)
    return (bench, try bench.addSA(Samples.gcmTunnel))
  }

  /// Makes a request available; one that is malformed has its room outside memory.
  private func add(_ token: Int, _ bench: Testbench, _ sa: TestSA, isMalformed: Bool = false) throws {
    let packet = Samples.packet(100, seed: UInt8(token)), heap = bench.machine.heap
    let request = ModernRequest.bytes(packet, on: sa, room: 200)
    let buffers = [
      Buffer(address: try heap.place(request), byteCount: UInt32(request.count)),
      Buffer(
        address: isMalformed ? 1 << 40 : heap.allocate(V2_0.Completion.byteCount + 200),
        byteCount: UInt32(V2_0.Completion.byteCount + 200)),
    ]
    try bench.machine.queues[2].add(buffers.span, readableCount: 1, token: UInt64(token))
  }

  private func reap(_ bench: Testbench) throws -> [(token: Int, byteCount: Int)] {
    var reaped: [(Int, Int)] = []
    while let completion = try bench.machine.queues[2].reap() {
      reaped.append((Int(completion.token), Int(completion.byteCount)))
    }
    return reaped
  }

  @Test(arguments: [false, true], [1, 7, 8, 9, 16, 17])
  func `as many as there are come back in their order, numbered in it`(isPacked: Bool, count: Int) throws {
    let (bench, sa) = try Self.make(isPacked: isPacked)
    for token in 0..<count { try add(token, bench, sa) }
    bench.machine.queues[2].kick()
    #expect(try reap(bench).map(\.token) == Array(0..<count))
    let next = try bench.encap(Samples.packet(), on: sa)
    #expect(next[24..<28].reduce(0) { $0 << 8 | Int($1) } == count + 1)
  }

  @Test(arguments: [false, true], [0, 1, 3, 7, 8, 11])
  func `a malformed chain comes back after those before it and before those behind it`(
    isPacked: Bool, bad: Int
  ) throws {
    let (bench, sa) = try Self.make(isPacked: isPacked)
    for token in 0..<12 { try add(token, bench, sa, isMalformed: token == bad) }
    bench.machine.queues[2].kick()
    let reaped = try reap(bench)
    #expect(reaped.map(\.token) == Array(0..<12))
    #expect(reaped.filter { $0.byteCount == 0 }.map(\.token) == [bad])
    #expect(bench.accelerator.counters.badChains == 1)
  }

  /// What the device shows of a split ring's used index, each time it does.
  private final class UsedIndices: MemoryObserver {
    private let memory: GuestMemory
    private let place: UInt64
    private(set) var shown: [Int] = []

    init(_ queue: DeviceQueue, in memory: GuestMemory) {
      (self.memory, place) = (memory, queue.addresses.device + 2)
    }

    func observe(_ event: MemoryEvent) {
      guard event == .write(address: place, byteCount: 2) else { return }
      let bytes = (try? memory.bytes(address: place, byteCount: 2)) ?? []
      shown.append(bytes.reversed().reduce(0) { $0 << 8 | Int($1) })
    }
  }

  @Test func `of many, results are shown while the device works on`() throws {
    let (bench, sa) = try Self.make(isPacked: false, queueSize: 256)
    let queue = try #require(bench.machine.device.queue(2))
    let indices = UsedIndices(queue, in: bench.machine.heap.memory)
    for token in 0..<70 { try add(token, bench, sa) }
    bench.machine.device.memory.observer = indices
    bench.machine.queues[2].kick()
    bench.machine.device.memory.observer = nil
    #expect(indices.shown == [32, 64, 70])
    #expect(try reap(bench).map(\.token) == Array(0..<70))
  }

  // MARK: What goes together in the engine

  /// Two SAs alone, one that works in place, and a bundle.
  private static func addSAs(_ bench: Testbench) throws -> [TestSA] {
    var (second, transport) = (Samples.gcmTunnelParameters, Samples.gcmTunnelParameters)
    second.spi = 0x1002
    (transport.spi, transport.mode) = (0x1003, .transport)
    var ah = SADescription(
      Parameters(spi: 0x2002, protocol: .ah, mode: .transport, protection: .separate(.null, .none)))
    ah.authentication = .init(.sha256, key: Key([UInt8](1...32)))
    return [
      try bench.addSA(Samples.gcmTunnel),
      try bench.addSA(Samples.describe(second, .aesGCM16, Samples.key, Samples.salt)),
      try bench.addSA(Samples.describe(transport, .aesGCM16, Samples.key, Samples.salt)),
      try bench.addSA(Samples.gcmTunnel, ah),
    ]
  }

  /// Random requests: most on the SA before, some with too little room, dummies, some on no SA.
  private static func makeRequests(
    _ count: Int, on sas: [TestSA], _ random: inout SplitMix
  ) -> [(bytes: [UInt8], room: Int)] {
    var sa = sas[0]
    return (0..<count).map { index in
      if Int.random(in: 0..<3, using: &random) == 0 { sa = sas.randomElement(using: &random)! }
      let (room, dice) = (600, Int.random(in: 0..<12, using: &random))
      let target = dice == 0 ? TestSA(handle: Handle(0xdead)!, direction: .outbound, group: nil) : sa
      let packet = Samples.packet(.random(in: 20...400, using: &random), seed: UInt8(index))
      let capacity = dice == 1 ? 100 : room
      return (ModernRequest.bytes(packet, on: target, room: capacity, flags: dice == 2 ? 2 : 0), capacity)
    }
  }

  @Test(arguments: 1...40)
  func `chains that are available together become what they become one by one`(seed: UInt64) throws {
    var random = SplitMix(seed: seed)
    let (together, alone) = (try Testbench(), try Testbench())
    let sas = try Self.addSAs(together)
    _ = try Self.addSAs(alone)
    let (heap, queue) = (together.machine.heap, together.machine.queues[2])
    let requests = Self.makeRequests(30, on: sas, &random)
    var rooms: [Buffer] = []
    for (token, request) in requests.enumerated() {
      let count = V2_0.Completion.byteCount + request.room
      rooms.append(Buffer(address: heap.allocate(count), byteCount: UInt32(count)))
      let readable = Buffer(address: try heap.place(request.bytes), byteCount: UInt32(request.bytes.count))
      try queue.add([readable, rooms[token]].span, readableCount: 1, token: UInt64(token))
    }
    queue.kick()
    for (token, request) in requests.enumerated() {
      let completion = try #require(try queue.reap())
      #expect(Int(completion.token) == token)
      let answer = try heap.memory.bytes(address: rooms[token].address, byteCount: Int(completion.byteCount))
      let expected = try alone.machine.exchange(
        request.bytes, room: V2_0.Completion.byteCount + request.room, on: 2)
      #expect(answer == expected, "request \(token)")
    }
    for sa in sas { #expect(try together.encap(Samples.packet(), on: sa) == alone.encap(Samples.packet(), on: sa)) }
  }

  @Test(arguments: [Direction.outbound, .inbound])
  func `a limit reached amid others is told of with what had been used by then`(direction: Direction) throws {
    let bench = try Testbench()
    var description = Samples.gcmTunnel
    description.parameters.lifetime.softPackets = 3
    description.notifications.events = [.softLifetimePackets]
    let outbound = try bench.addSA(Samples.gcmTunnel)
    let sa = try bench.addSA(description, direction: direction)
    var packets = (0..<8).map { Samples.packet(100, seed: $0) }
    if direction == .inbound { packets = try packets.map { try bench.encap($0, on: outbound) } }
    _ = try bench.process(packets, on: sa).map { try $0.get() }
    #expect(bench.notifications.map(\.value) == [3])
  }
}
