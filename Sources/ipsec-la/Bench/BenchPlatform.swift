import Device
import Driver
import Spec
import Testbench
import Virtio

/// A way through the guest's software to the device and back.
protocol PlatformTunnel {
  var platform: BenchPlatform { get }
  /// Submits each packet when the one before has come back.
  func oneByOne() throws
  /// Submits all packets at once, and waits for them.
  func batch() throws
}

/// A platform with an accelerator over MMIO that looks after its speed: nothing is traced, no mapping checked.
final class BenchPlatform {
  /// Bytes that a packet may grow by.
  static let growth = 128

  let platform: Platform
  let lookAside: LookAside
  let instance: IPsecInstance
  private let accelerator: Accelerator
  var kernel: Kernel { platform.kernel }

  init() throws {
    platform = try Platform(PlatformTree.board(hasPCI: false))
    platform.kernel.log.kinds = []
    platform.kernel.dma.isDebugging = false
    lookAside = LookAside(platform.kernel, platform.driver)
    try platform.boot()
    guard let instance = platform.instances.first,
      let accelerator = platform.accelerator(at: PlatformTree.Address.virtio)
    else { throw CommandError("the driver found no device") }
    (self.instance, self.accelerator) = (instance, accelerator)
  }

  /// An SA of AES-128-GCM in an IPv4 tunnel.
  static var configuration: SAConfiguration {
    var configuration = SAConfiguration(spi: 0x1001)
    configuration.tunnel = .init(source: [192, 0, 2, 1], destination: [192, 0, 2, 2])
    configuration.cipher = .init(.aesGCM16, key: Array(0..<16), salt: [4, 3, 2, 1])
    return configuration
  }

  /// An IPv4 packet of so many bytes.
  static func packet(_ count: Int) -> [UInt8] {
    var packet = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    packet.replaceSubrange(0..<8, with: [0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 0, 0, 0])
    return packet
  }

  /// Nanoseconds that the device takes of what `body` does; without those that it takes to look at the clock.
  func deviceTime(_ body: () throws -> Void) rethrows -> Double {
    let clock = (0..<101).map { _ in -threadTime() + threadTime() }.sorted()[50]
    var time = 0.0
    accelerator.onNotify = { [unowned accelerator] queue, device in
      let start = threadTime()
      accelerator.serve(queue, of: device)
      time += threadTime() - start - clock
    }
    defer { accelerator.onNotify = nil }
    try body()
    return time
  }
}
