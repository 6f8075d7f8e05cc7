@testable import Device
@testable import ESP
import Glibc
import Spec
import Synchronization
import Testbench
import Testing
import Virtio
import Wire

/// Packets that the engine reads and writes where they stand in guest memory.
@Suite struct DirectTests {
  private static let room = 600

  /// Sends a packet whose result goes into buffers of these sizes; the result.
  private func process(_ packet: [UInt8], on sa: TestSA, into sizes: [Int], _ bench: Testbench) throws -> [UInt8] {
    let request = ModernRequest.bytes(packet, on: sa, room: Self.room)
    let queue = sa.direction == .outbound ? 2 : 1
    let answer = try bench.machine.exchange([request], room: [V2_0.Completion.byteCount] + sizes, on: queue)
    let completion = try Reader<V2_0.Completion>(answer.span.bytes)
    #expect(completion.status.known == .ok)
    #expect(answer.count == V2_0.Completion.byteCount + Int(completion.outputLength))
    return Array(answer[V2_0.Completion.byteCount...])
  }

  @Test(arguments: [[600], [300, 300], [1, 599], [599, 1], [36, 400, 164]])
  func `a result is the same in one buffer as in several`(sizes: [Int]) throws {
    let bench = try Testbench()
    let outbound = try bench.addSA(Samples.gcmTunnel)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let packet = Samples.packet(400)
    let expected = try OutboundAssociation(Samples.gcmTunnelParameters).seal(packet)
    let sealed = try process(packet, on: outbound, into: sizes, bench)
    #expect(sealed == expected)
    #expect(try process(sealed, on: inbound, into: sizes, bench) == packet)
  }

  @Test func `what the engine wrote is dirty, and what it only read is not`() throws {
    let bench = try Testbench()
    let outbound = try bench.addSA(Samples.gcmTunnel)
    let inbound = try bench.addSA(Samples.gcmTunnel, direction: .inbound)
    let heap = bench.machine.heap
    let log = try DirtyLog(addressesBelow: 1 << 24)
    var packet = Samples.packet(400)
    for (sa, queue) in [(outbound, 2), (inbound, 1)] {
      let request = ModernRequest.bytes(packet, on: sa, room: Self.room)
      let (input, output): (UInt64, UInt64) = (2 << 20, 3 << 20)
      try heap.memory.write(request, at: input)
      let buffers = [
        Buffer(address: input, byteCount: UInt32(request.count)),
        // The completion ends a page, the result begins the next.
        Buffer(address: output - UInt64(V2_0.Completion.byteCount), byteCount: UInt32(V2_0.Completion.byteCount)),
        Buffer(address: output, byteCount: UInt32(Self.room)),
      ]
      bench.machine.device.memory.dirtyLog = log
      try bench.machine.queues[queue].add(buffers.span, readableCount: 1, token: 0)
      bench.machine.queues[queue].kick()
      bench.machine.device.memory.dirtyLog = nil
      let used = Int(try #require(try bench.machine.queues[queue].reap()).byteCount)
      #expect(!log.isDirty(address: input) && log.isDirty(address: output - 1) && log.isDirty(address: output))
      #expect(!log.isDirty(address: output + 4096))
      _ = log.take()
      packet = try heap.memory.bytes(address: output, byteCount: used - V2_0.Completion.byteCount)
    }
    #expect(packet == Samples.packet(400))
  }

  @Test func `what the engine wrote and erased is dirty, and counts for nothing`() throws {
    let bench = try Testbench()
    let sa = try bench.addSA(Samples.gcmTunnel)
    let members = try #require(bench.accelerator.control.store[sa.handle]).members
    guard case .outbound(let association) = members[0].association else { return }
    association.progress.withLock {
      $0 = .init(transform: HalfwayTransform(), counter: $0.counter, usage: $0.usage, statistics: $0.statistics)
    }
    let log = try DirtyLog(addressesBelow: 1 << 24)
    let (input, output): (UInt64, UInt64) = (2 << 20, 3 << 20)
    let request = ModernRequest.bytes(Samples.packet(400), on: sa, room: Self.room)
    try bench.machine.heap.memory.write(request, at: input)
    let buffers = [
      Buffer(address: input, byteCount: UInt32(request.count)),
      Buffer(address: output - UInt64(V2_0.Completion.byteCount), byteCount: UInt32(V2_0.Completion.byteCount)),
      Buffer(address: output, byteCount: UInt32(Self.room)),
    ]
    bench.machine.device.memory.dirtyLog = log
    try bench.machine.queues[2].add(buffers.span, readableCount: 1, token: 0)
    bench.machine.queues[2].kick()
    #expect(try #require(try bench.machine.queues[2].reap()).byteCount == UInt32(V2_0.Completion.byteCount))
    #expect(log.isDirty(address: output) && !log.isDirty(address: output + 4096))
    #expect(try bench.machine.heap.memory.bytes(address: output, byteCount: Self.room).allSatisfy { $0 == 0 })
  }
}

/// Writes a text, and then its library fails.
private final class HalfwayTransform: Transform {
  var worksApart: Bool { true }

  func seal(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {
    for job in jobs { memset(job.text, 0xff, job.textCount) }
  }

  func open(_ jobs: UnsafeMutableBufferPointer<CryptoJob>) {}
}
