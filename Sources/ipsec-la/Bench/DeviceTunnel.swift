import CBaseline
import Device
import ESP
import Spec
import Testbench
import Virtio
import Wire

/// A device with an SA in each direction, packets in its guest's memory, and a driver that hands them over.
final class DeviceTunnel {
  enum Interface: String, CaseIterable {
    case v0_4 = "0.4", v1_0 = "1.0", v2_0 = "2.0"

    var version: SpecVersion {
      switch self {
      case .v0_4: .v0_4
      case .v1_0: .v1_0
      case .v2_0: .v2_0
      }
    }

    var headerByteCount: Int {
      switch self {
      case .v0_4: V0_4.DataHeader.byteCount + V0_4.SeparateBuffers.byteCount
      case .v1_0: V1_0.DataHeader.byteCount
      case .v2_0: V2_0.DataRequest.byteCount
      }
    }

    var replyByteCount: Int {
      switch self {
      case .v0_4: V0_4.DataResult.byteCount
      case .v1_0: V1_0.DataReply.byteCount
      case .v2_0: V2_0.Completion.byteCount
      }
    }
  }

  /// Descriptors of a queue: enough for all packets, at three descriptors each.
  private static let queueSize = 256
  private static let growth = 128
  private let bench: Testbench
  private let wire: Interface
  private let plain: [Job]
  private var sealed: [Job] = []
  /// Those of the device, while it served.
  private(set) var allocations: UInt64 = 0

  /// Where a packet, its header and its result are.
  private struct Job {
    let header: UInt64
    let input: (address: UInt64, byteCount: Int)
    let output: (address: UInt64, byteCount: Int)
  }

  init(_ wire: Interface, _ suite: BenchSuite, bytes: Int, packets: Int) throws {
    self.wire = wire
    let bench = try Testbench(version: wire.version, memory: 1 << 24, queueSize: Self.queueSize) {
      $0.queueSize = Self.queueSize
    }
    let outbound = try bench.addSA(suite.description)
    let inbound = try bench.addSA(suite.description, direction: .inbound)
    let heap = bench.machine.heap
    bench.accelerator.onNotify = { _, _ in }
    self.bench = bench
    let packet = Self.packet(bytes)
    let grammar = Grammar(Spec.all.first { $0.version == wire.version }!)
    var sealedLength = 0
    plain = try (0..<packets).map { _ -> Job in
      let header = try heap.place(Self.header(wire, grammar, outbound, bytes, bytes + Self.growth))
      return Job(
        header: header, input: (try heap.place(packet), bytes),
        output: (heap.allocate(wire.replyByteCount + bytes + Self.growth), wire.replyByteCount + bytes + Self.growth))
    }
    try serve(plain[..<1], on: 2) { sealedLength = $0 - wire.replyByteCount }
    sealed = try plain.map { job -> Job in
      let header = try heap.place(Self.header(wire, grammar, inbound, sealedLength, sealedLength))
      return Job(
        header: header, input: (job.output.address + UInt64(wire.replyByteCount), sealedLength),
        output: (heap.allocate(wire.replyByteCount + sealedLength), wire.replyByteCount + sealedLength))
    }
    // So that no packet of the rounds is a replay of this one.
    _ = try serve(sealed[..<1], on: 1)
  }

  private static func packet(_ count: Int) -> [UInt8] {
    var packet = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    packet.replaceSubrange(0..<8, with: [0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 0, 0, 0])
    return packet
  }

  private static func header(
    _ wire: Interface, _ grammar: Grammar, _ sa: TestSA, _ input: Int, _ capacity: Int
  ) -> [UInt8] {
    var parts = Parts()
    switch wire {
    case .v0_4:
      parts[\V0_4.SeparateBuffers.saContextHandle] = .init { $0 == 0 ? UInt32(sa.handle.rawValue) : 0 }
      parts[\V0_4.SeparateBuffers.outputBufferLength] = UInt32(capacity)
    case .v1_0:
      parts[\V1_0.DataHeader.groupHandle] = .init { $0 == 0 ? UInt8(sa.group?.rawValue ?? 0) : 0 }
      parts[\V1_0.DataHeader.saContextHandle] = .init { $0 == 0 ? UInt8(sa.handle.rawValue) : 0 }
      parts[\V1_0.DataHeader.outputBufferLength] = UInt32(capacity)
    case .v2_0:
      parts[\V2_0.DataRequest.sa] = sa.handle.rawValue
      parts[\V2_0.DataRequest.outputCapacity] = UInt32(capacity)
      parts[\V2_0.DataRequest.operation] = Code(sa.direction == .outbound ? .encapsulate : .decapsulate)
    }
    parts.setBytes("input", [UInt8](repeating: 0, count: input))
    let request = grammar.request(wire == .v0_4 ? "process_separate" : "process", of: "data", parts)
    return Array(request.prefix(wire.headerByteCount))
  }

  /// Nanoseconds of processor time.
  struct Times {
    /// What the device takes, from rings that are full to rings that are used.
    var device: Double
    /// The same with the driver's work: to fill the rings, to notify the device, to empty the rings.
    var both: Double
  }

  /// What all packets take.
  func encapsulate() throws -> Times { try serve(plain[...], on: 2) }
  func decapsulate() throws -> Times { try serve(sealed[...], on: 1) }

  @discardableResult
  private func serve(_ jobs: ArraySlice<Job>, on index: Int, _ check: (Int) -> Void = { _ in }) throws -> Times {
    let machine = bench.machine
    guard let queue = machine.device.queue(index) else { throw CommandError("no queue \(index)") }
    let start = threadTime()
    for job in jobs { try add(job, to: machine.queues[index]) }
    machine.queues[index].kick()
    let allocations = esp_allocations()
    let ring = threadTime()
    bench.accelerator.serve(queue, of: machine.device)
    let used = threadTime()
    self.allocations += esp_allocations() - allocations
    for _ in jobs {
      guard let completion = try machine.queues[index].reap(), completion.byteCount > wire.replyByteCount else {
        throw CommandError("the device refused a packet of the benchmark")
      }
      check(Int(completion.byteCount))
    }
    return Times(device: used - ring, both: threadTime() - start)
  }

  private func add(_ job: Job, to queue: DriverQueue) throws {
    let buffers: InlineArray<3, Buffer> = [
      Buffer(address: job.header, byteCount: UInt32(wire.headerByteCount)),
      Buffer(address: job.input.address, byteCount: UInt32(job.input.byteCount)),
      Buffer(address: job.output.address, byteCount: UInt32(job.output.byteCount)),
    ]
    try queue.add(buffers.span, readableCount: 2, token: 0)
  }
}
