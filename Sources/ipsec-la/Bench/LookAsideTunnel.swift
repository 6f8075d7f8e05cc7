import Driver
import Spec

/// Packets of an application's, on an outbound SA, that it hands to the g-API again and again.
final class LookAsideTunnel: PlatformTunnel {
  let platform: BenchPlatform
  private let application: LookAsideApplication
  private let memory: UnsafeMutableRawBufferPointer
  private var packets: [LookAsidePacket] = []
  /// Packets that have not come back.
  private let pending = UnsafeMutablePointer<Int>.allocate(capacity: 1)

  init(bytes: Int, packets count: Int) throws {
    platform = try BenchPlatform()
    application = try platform.lookAside.open(.exclusive)
    let sa = try application.addSA([BenchPlatform.configuration], direction: .outbound)
    let packet = BenchPlatform.packet(bytes), stride = (2 * bytes + BenchPlatform.growth + 63) & ~63
    memory = .allocate(byteCount: count * stride, alignment: 64)
    pending.initialize(to: 0)
    for index in 0..<count {
      let place = memory[index * stride..<(index + 1) * stride]
      let input = UnsafeMutableRawBufferPointer(rebasing: place.prefix(bytes))
      input.copyBytes(from: packet)
      let output = UnsafeMutableRawBufferPointer(rebasing: place.dropFirst(bytes))
      packets.append(
        // None is under way when the tunnel goes.
        LookAsidePacket(sa, input: [UnsafeRawBufferPointer(input)], output: [output]) { [pending] result in
          if case .success = result { pending.pointee -= 1 }
        })
    }
  }

  deinit {
    memory.deallocate()
    pending.deallocate()
  }

  func oneByOne() throws {
    pending.pointee += packets.count
    for packet in packets { _ = try application.process(packet) }
    try check()
  }

  func batch() throws {
    pending.pointee += packets.count
    try application.submit(packets)
    platform.lookAside.run()
    try check()
  }

  private func check() throws {
    guard pending.pointee == 0 else { throw CommandError("a packet of the benchmark did not come back") }
  }
}
