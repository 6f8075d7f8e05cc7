import Device
import ESP
import Spec
import Testbench
import Testing
import Virtio
import Wire

/// Version 0.4's requests whose packet stands in the buffer that the device writes.
@Suite struct InPlaceTests {
  private static let room = 600

  /// Sends a packet that stands `start` bytes into the buffer, for its result to go to the buffer's front: how many
  /// bytes the device says it wrote, and the status and the buffer afterwards.
  private func process(
    _ packet: [UInt8], at start: Int, on sa: UInt64, _ bench: Testbench
  ) throws -> (used: Int, bytes: [UInt8]) {
    var parts = Parts()
    parts[\V0_4.InPlaceBuffers.saContextHandle] = .init { $0 == 0 ? UInt32(sa) : 0 }
    parts[\V0_4.InPlaceBuffers.numBuffers] = 1
    parts[\V0_4.InPlaceBuffers.bufferLength] = UInt32(Self.room)
    parts[\V0_4.InPlaceBuffers.inputStartOfData] = UInt32(start)
    parts[\V0_4.InPlaceBuffers.inputDataLength] = UInt32(packet.count)
    parts[\V0_4.InPlaceBuffers.outputBufferLength] = UInt32(Self.room)
    let header = Grammar(Spec.v0_4).request("process_in_place", of: "data", parts)
    let heap = bench.machine.heap, queue = bench.machine.queues[2]
    let size = V0_4.DataResult.byteCount + Self.room
    let buffer = heap.allocate(size)
    try heap.memory.write(packet, at: buffer + UInt64(V0_4.DataResult.byteCount + start))
    let buffers = [
      Buffer(address: try heap.place(header), byteCount: UInt32(header.count)),
      Buffer(address: buffer, byteCount: UInt32(size)),
    ]
    try queue.add(buffers.span, readableCount: 1, token: 0)
    queue.kick()
    let used = Int(try #require(try queue.reap()).byteCount)
    return (used, try heap.memory.bytes(address: buffer, byteCount: size))
  }

  @Test func `a packet is protected where it stands, and what was written is the result alone`() throws {
    let bench = try Testbench(version: .v0_4)
    let sa = try bench.addSA(Samples.gcmTunnel)
    let packet = Samples.packet(300)
    let (used, bytes) = try process(packet, at: 150, on: sa.handle.rawValue, bench)
    let result = try Reader<V0_4.DataResult>(bytes.span.bytes)
    #expect(used == V0_4.DataResult.byteCount + Int(result.outputDataLength))
    let sealed = Array(bytes[V0_4.DataResult.byteCount..<used])
    #expect(try InboundAssociation(Samples.gcmTunnelParameters).open(sealed) == packet)
  }

  @Test func `a packet that was only read does not count as written`() throws {
    let bench = try Testbench(version: .v0_4)
    let sa = try bench.addSA(Samples.gcmTunnel)
    // No IP packet: refused once it is read.
    let packet = [UInt8](repeating: 0xff, count: 300)
    let (used, bytes) = try process(packet, at: 0, on: sa.handle.rawValue, bench)
    #expect(used == V0_4.DataResult.byteCount)
    #expect(Array(bytes[used..<used + packet.count]) == packet)
  }
}
