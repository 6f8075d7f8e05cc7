import Device
import Driver
import Spec
import Testbench
import Virtio

/// A platform with an outbound SA, and requests in the kernel's memory that are submitted again and again.
final class DriverTunnel {
  private static let growth = 128
  private let platform: Platform
  private let instance: IPsecInstance
  private let requests: [IPsecRequest]
  private let accelerator: Accelerator
  private var pending = 0

  init(bytes: Int, packets: Int) throws {
    let platform = try Platform(PlatformTree.board(hasPCI: false))
    let kernel = platform.kernel
    kernel.log.kinds = []
    kernel.dma.isDebugging = false
    try platform.boot()
    guard let instance = platform.instances.first,
      let accelerator = platform.accelerator(at: PlatformTree.Address.virtio)
    else { throw CommandError("the driver found no device") }
    var configuration = SAConfiguration(spi: 0x1001)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    configuration.cipher = .init(.aesGCM16, key: Array(0..<16), salt: [4, 3, 2, 1])
    let sa = try instance.addSA(configuration, direction: .outbound)
    let packet = Self.packet(bytes)
    requests = try (0..<packets).map { _ in
      let input = try kernel.allocate(bytes, for: "bench")
      let output = try kernel.allocate(bytes + Self.growth, for: "bench")
      kernel.store(packet, at: input)
      return IPsecRequest(
        sa, input: [Buffer(address: input, byteCount: UInt32(bytes))],
        output: [Buffer(address: output, byteCount: UInt32(bytes + Self.growth))])
    }
    self.platform = platform
    self.instance = instance
    self.accelerator = accelerator
    for request in requests { request.completion = { [unowned self] in count($0) } }
  }

  /// Nanoseconds that the device takes of what `body` does.
  func deviceTime(_ body: () throws -> Void) rethrows -> Double {
    var time = 0.0
    accelerator.onNotify = { [unowned accelerator] queue, device in
      let start = threadTime()
      accelerator.serve(queue, of: device)
      time += threadTime() - start
    }
    defer { accelerator.onNotify = nil }
    try body()
    return time
  }

  private static func packet(_ count: Int) -> [UInt8] {
    var packet = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    packet.replaceSubrange(0..<8, with: [0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 0, 0, 0])
    return packet
  }

  private func count(_ request: IPsecRequest) {
    if case .done? = request.outcome { pending -= 1 }
  }

  /// Submits each packet when the one before has come back.
  func oneByOne() throws { for index in requests.indices { try submit(index..<index + 1) } }

  /// Submits so many packets at once, and waits for all of them.
  func batches(of size: Int) throws {
    for start in stride(from: 0, to: requests.count, by: size) {
      try submit(start..<min(start + size, requests.count))
    }
  }

  private func submit(_ range: Range<Int>) throws {
    pending += range.count
    guard try instance.submit(requests[range].span, isPolled: range.count == 1) == range.count else {
      throw CommandError("the queue is too short")
    }
    _ = try instance.wait(for: requests[range.upperBound - 1])
    guard pending == 0 else { throw CommandError("a packet of the benchmark did not come back") }
  }

  /// Nanoseconds that it takes to load the driver where a device with so many queue pairs, and as many CPUs, waits.
  static func probeTime(pairs: Int) throws -> Double {
    var profile = AcceleratorProfile()
    profile.pairs = pairs
    let platform = try Platform(PlatformTree.board(hasPCI: false), profile: profile, cpuCount: pairs)
    platform.kernel.log.kinds = []
    try platform.kernel.populatePlatform()
    for module in platform.modules.dropLast() { try platform.kernel.load(module) }
    let start = threadTime()
    try platform.kernel.load(platform.modules.last!)
    platform.kernel.scheduler.run()
    let time = threadTime() - start
    guard platform.instances.first?.dataQueueCount == 2 * pairs else { throw CommandError("the probe failed") }
    return time
  }
}
