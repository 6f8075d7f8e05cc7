import Device
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// Chains that are available together: the device takes eight before it works on the first.
@Suite struct BurstTests {
  /// A bench whose rings are split or packed, either way without IN_ORDER, and an SA to encapsulate on.
  private static func make(isPacked: Bool) throws -> (bench: Testbench, sa: TestSA) {
    var features = AcceleratorProfile(.v2_0).features.subtracting([.inOrder])
    if !isPacked { features.subtract([.ringPacked]) }
    let bench = try Testbench(features: features)
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
  func `a malformed chain comes back after those before it and before those behind it`(isPacked: Bool, bad: Int) throws {
    let (bench, sa) = try Self.make(isPacked: isPacked)
    for token in 0..<12 { try add(token, bench, sa, isMalformed: token == bad) }
    bench.machine.queues[2].kick()
    let reaped = try reap(bench)
    #expect(reaped.map(\.token) == Array(0..<12))
    #expect(reaped.filter { $0.byteCount == 0 }.map(\.token) == [bad])
    #expect(bench.accelerator.counters.badChains == 1)
  }
}
