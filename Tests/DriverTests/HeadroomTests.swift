import Driver
import Spec
import Testbench
import Testing
import Virtio

/// Where a header and a completion stand: with headroom, in front of packet and result.
@Suite struct HeadroomTests {
  /// Why a header stands elsewhere.
  enum Reason: CaseIterable { case version, noHeadroom, input, output }

  @Test(arguments: Rig.all.filter { $0.version >= .v2_0 })
  func `with headroom, a packet has its header in front of it, and its result the completion`(rig: Rig) throws {
    let (platform, instance) = try rig.boot()
    let bench = try Bench(instance)
    let hold = Hold(rig.accelerator(platform))
    try instance.submit(bench.request)
    #expect(bench.input.isMapped(with: V2_0.DataRequest.byteCount, forWriting: false))
    #expect(bench.output.isMapped(with: V2_0.Completion.byteCount, forWriting: true))
    hold.release()
    try bench.check(instance)
    #expect(bench.input.touched == V2_0.DataRequest.byteCount)
    #expect(bench.output.touched == V2_0.Completion.byteCount)
  }

  @Test(arguments: Rig.all, Reason.allCases)
  func `without headroom, or in pieces, or before 2.0, what is in front of packet and result is left alone`(
    rig: Rig, _ reason: Reason
  ) throws {
    guard reason != .version || rig.version < .v2_0 else { return }
    let (platform, instance) = try rig.boot()
    let bench = try Bench(
      instance, hasHeadroom: reason != .noHeadroom, inputPieces: reason == .input ? 2 : 1,
      outputPieces: reason == .output ? 2 : 1)
    let hold = Hold(rig.accelerator(platform))
    try instance.submit(bench.request)
    #expect(!bench.input.isMapped(with: 1, forWriting: false))
    #expect(!bench.output.isMapped(with: 1, forWriting: true))
    hold.release()
    try bench.check(instance)
    #expect(bench.input.touched == 0)
    #expect(bench.output.touched == 0)
  }

  @Test func `a packet with headroom that cannot be mapped is as it was`() throws {
    let (platform, instance) = try Rig().boot()
    let bench = try Bench(instance), kernel = platform.kernel
    let pieces = bench.request.input + bench.request.output
    let count = kernel.dma.count
    for index in 0..<2 {
      kernel.faults.arm(.mapping, at: index)
      #expect(throws: DriverError.self) { try instance.submit(bench.request) }
      #expect(bench.request.input + bench.request.output == pieces)
      #expect(kernel.dma.count == count)
    }
    kernel.faults.arm(nil)
    try instance.submit(bench.request)
    try bench.check(instance)
  }
}

/// Room with a pattern in front of its bytes.
private struct Room {
  let kernel: Kernel
  let address: UInt64
  let buffers: [Buffer]

  private static let pattern: UInt8 = 0xa5

  /// - Parameter pieces: how many the bytes are cut into.
  init(_ kernel: Kernel, _ byteCount: Int, pieces: Int) throws {
    self.kernel = kernel
    let block = try kernel.allocate(IPsecRequest.headroom + byteCount, for: "test")
    let address = block + UInt64(IPsecRequest.headroom)
    self.address = address
    kernel.store([UInt8](repeating: Self.pattern, count: IPsecRequest.headroom), at: block)
    buffers = (0..<pieces).map { index in
      let start = byteCount * index / pieces, end = byteCount * (index + 1) / pieces
      return Buffer(address: address + UInt64(start), byteCount: UInt32(end - start))
    }
  }

  /// Whether a device may touch so many bytes in front, and the first piece with them.
  func isMapped(with byteCount: Int, forWriting isWrite: Bool) -> Bool {
    kernel.dma.allows(
      address - UInt64(byteCount), byteCount: byteCount + Int(buffers[0].byteCount), isWrite: isWrite)
  }

  /// Bytes in front that have been written to, from the first one on.
  var touched: Int {
    let front = kernel.load(address - UInt64(IPsecRequest.headroom), byteCount: IPsecRequest.headroom)
    return front.firstIndex { $0 != Self.pattern }.map { IPsecRequest.headroom - $0 } ?? 0
  }
}

/// A packet, and what becomes of it.
private struct Bench {
  let input, output: Room
  let request: IPsecRequest
  private static let packet = Samples.packet(200)

  init(_ instance: IPsecInstance, hasHeadroom: Bool = true, inputPieces: Int = 1, outputPieces: Int = 1) throws {
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    input = try Room(instance.kernel, Self.packet.count, pieces: inputPieces)
    output = try Room(instance.kernel, Self.packet.count + 100, pieces: outputPieces)
    instance.kernel.store(Self.packet, at: input.address)
    request = IPsecRequest(sa, input: input.buffers, output: output.buffers, hasHeadroom: hasHeadroom)
  }

  /// Waits for it: the other end finds the packet in the result, and the pieces are as they were.
  func check(_ instance: IPsecInstance) throws {
    guard case .done(let byteCount, _) = try instance.wait(for: request) else {
      throw DriverError(.EIO, "test", "\(request.outcome!)")
    }
    let sealed = instance.kernel.load(output.address, byteCount: byteCount)
    let peer = try Samples.peer()
    #expect(try peer.open(sealed) == Self.packet)
    #expect(request.input == input.buffers && request.output == output.buffers)
    #expect(instance.kernel.dma.complaints == [])
  }
}
