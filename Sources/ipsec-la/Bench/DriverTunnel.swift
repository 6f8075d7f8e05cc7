import Device
import Driver
import Testbench
import Virtio

/// Requests in the kernel's memory, on an outbound SA, that are submitted to the driver again and again.
final class DriverTunnel: PlatformTunnel {
  let platform: BenchPlatform
  private let requests: [IPsecRequest]

  init(_ suite: BenchSuite, bytes: Int, packets: Int) throws {
    let platform = try BenchPlatform(), kernel = platform.kernel
    let sa = try platform.instance.addSA(suite.configuration, direction: .outbound)
    let packet = BenchPlatform.packet(bytes), room = bytes + BenchPlatform.growth
    let headroom = IPsecRequest.headroom
    requests = try (0..<packets).map { _ in
      let input = try kernel.allocate(headroom + bytes, for: "bench") + UInt64(headroom)
      let output = try kernel.allocate(headroom + room, for: "bench") + UInt64(headroom)
      kernel.store(packet, at: input)
      return IPsecRequest(
        sa, input: [Buffer(address: input, byteCount: UInt32(bytes))],
        output: [Buffer(address: output, byteCount: UInt32(room))], hasHeadroom: true)
    }
    self.platform = platform
  }

  func oneByOne() throws {
    let instance = platform.instance
    for request in requests {
      try instance.submit(request)
      try check(instance.wait(for: request))
    }
  }

  func batch() throws {
    let instance = platform.instance
    guard try instance.submit(requests) == requests.count else { throw CommandError("the queue is too short") }
    _ = try instance.wait(for: requests.last!)
    for request in requests { try check(request.outcome) }
  }

  private func check(_ outcome: IPsecRequest.Outcome?) throws {
    guard case .done? = outcome else { throw CommandError("a packet of the benchmark did not come back") }
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
