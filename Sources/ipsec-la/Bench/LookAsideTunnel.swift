import Driver
import Spec

/// Packets of an application's, on an outbound SA, that it hands to the g-API again and again.
final class LookAsideTunnel: PlatformTunnel {
  let platform: BenchPlatform
  private let application: LookAsideApplication
  private let memory: UnsafeMutableRawBufferPointer
  /// In batches.
  private var packets: [[LookAsidePacket]] = []
  private let batchCount: Int
  /// Packets that have not come back.
  private let pending = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  /// - Parameters:
  ///   - count: packets of a batch.
  ///   - isServed: whether the device has a thread of its own; there are two batches then, one on its way while the
  ///     next is filled.
  init(_ suite: BenchSuite, bytes: Int, packets count: Int, isServed: Bool = false) throws {
    batchCount = count
    platform = try BenchPlatform(isServed: isServed)
    application = try platform.lookAside.open(.exclusive)
    let sa = try application.addSA([suite.configuration], direction: .outbound)
    let packet = BenchPlatform.packet(bytes), stride = (2 * bytes + BenchPlatform.growth + 63) & ~63
    let batches = isServed ? 2 : 1
    memory = .allocate(byteCount: batches * count * stride, alignment: 64)
    pending.initialize(to: 0)
    let all = (0..<batches * count).map { index in
      let place = memory[index * stride..<(index + 1) * stride]
      let input = UnsafeMutableRawBufferPointer(rebasing: place.prefix(bytes))
      input.copyBytes(from: packet)
      let output = UnsafeMutableRawBufferPointer(rebasing: place.dropFirst(bytes))
      // None is under way when the tunnel goes.
      return LookAsidePacket(sa, input: [UnsafeRawBufferPointer(input)], output: [output]) { [pending] result in
        if case .success = result { pending.pointee -= 1 }
      }
    }
    packets = (0..<batches).map { Array(all[$0 * count..<($0 + 1) * count]) }
  }

  deinit {
    memory.deallocate()
    pending.deallocate()
  }

  func oneByOne() throws {
    pending.pointee += batchCount
    for packet in packets[0] { _ = try application.process(packet) }
    try check()
  }

  func batch() throws {
    pending.pointee += batchCount
    try application.submit(packets[0])
    platform.lookAside.run()
    try check()
  }

  /// Submits so many batches, each while the one before is on its way, and waits for them.
  func overlapping(batches: Int) throws {
    for batch in 0..<batches {
      try wait(untilPending: batch == 0 ? 0 : batchCount)
      pending.pointee += batchCount
      try application.submit(packets[batch % packets.count])
    }
    try wait(untilPending: 0)
  }

  private func wait(untilPending count: Int) throws {
    guard pending.pointee > count else { return }
    let deadline = realTime() + 10e9
    while pending.pointee > count {
      platform.run()
      guard realTime() < deadline else { return try check() }
    }
  }

  private func check() throws {
    guard pending.pointee == 0 else { throw CommandError("a packet of the benchmark did not come back") }
  }
}
