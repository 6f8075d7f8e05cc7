import Device
import Driver
import Spec
import Testbench
import VhostUser
import Virtio

/// A way through the guest's software to the device and back.
protocol PlatformTunnel {
  var platform: BenchPlatform { get }
  /// Submits each packet when the one before has come back.
  func oneByOne() throws
  /// Submits all packets at once, and waits for them.
  func batch() throws
}

/// A platform with an accelerator that looks after its speed: nothing is traced, no mapping checked.
final class BenchPlatform {
  /// Bytes that a packet may grow by.
  static let growth = 128

  let platform: Platform
  let lookAside: LookAside
  let instance: IPsecInstance
  /// The device, where it works on the driver's thread.
  private let accelerator: Accelerator?
  /// The same where it has a thread of its own.
  private let served: ServedTransport?
  var kernel: Kernel { platform.kernel }

  /// - Parameter isServed: whether the device has a thread of its own, behind a socket; else it is behind MMIO
  ///   registers, and works within the driver's notification.
  init(isServed: Bool = false) throws {
    let served = isServed ? try ServedTransport() : nil
    var parameters = IPsecDriver.Parameters()
    if isServed { parameters.queueSize = ServedTransport.queueSize }
    platform = try Platform(
      PlatformTree.board(memory: UInt64(ServedTransport.byteCount), mmio: isServed ? [] : [63], hasPCI: false),
      memory: served?.memory, parameters: parameters)
    platform.kernel.log.kinds = []
    platform.kernel.dma.isDebugging = false
    lookAside = LookAside(platform.kernel, platform.driver)
    try platform.boot()
    try served?.plug(into: platform.kernel)
    accelerator = platform.accelerator(at: PlatformTree.Address.virtio)
    guard let instance = platform.instances.first else { throw CommandError("the driver found no device") }
    (self.instance, self.served) = (instance, served)
  }

  /// Goes on with everything that can go on now; where the device has a thread of its own, with what it has done.
  func run() {
    served?.takeEvents()
    lookAside.run()
  }

  /// Ends the device's thread, if it has one.
  func end() { served?.end() }

  /// An IPv4 packet of so many bytes.
  static func packet(_ count: Int) -> [UInt8] {
    var packet = (0..<count).map { UInt8(truncatingIfNeeded: $0 * 7) }
    packet.replaceSubrange(0..<8, with: [0x45, 0, UInt8(count >> 8), UInt8(count & 0xff), 0, 0, 0, 0])
    return packet
  }

  /// Nanoseconds that the device takes of what `body` does; without those that it takes to look at the clock.
  ///
  /// - Precondition: the device works on this thread.
  func deviceTime(_ body: () throws -> Void) rethrows -> Double {
    let accelerator = accelerator!
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
