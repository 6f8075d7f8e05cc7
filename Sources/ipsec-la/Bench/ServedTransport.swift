import Device
import Driver
import Foundation
import Spec
import Testbench
import VhostUser
import Virtio
import Wire

/// A device in a thread of its own, as a kernel's driver reaches it. It looks at the rings, the driver's
/// thread for its interrupts, and neither sleeps.
final class ServedTransport: World {
  /// Size of guest memory in bytes.
  static let byteCount = 64 << 20
  /// Size of a queue in entries: there is room for two batches in it.
  static let queueSize = 512
  private let device: ServedDevice
  private var parent: TransportDevice?

  init() throws {
    var options = FrontEnd.Options()
    options.deviceID = UInt16(Spec.v2_0.identity.deviceID)
    var profile = AcceleratorProfile()
    profile.queueSize = Self.queueSize
    device = try ServedDevice(
      profile, .busyPoll, memory: [(PlatformTree.Address.memory, Self.byteCount)], options: options)
  }

  /// The driver's view of guest memory.
  var memory: GuestMemory { device.memory.guest }

  func plug(into kernel: Kernel) throws {
    kernel.scheduler.world = self
    let parent = try TransportDevice("vhost-user", kernel)
    self.parent = parent
    try parent.plug(device.frontEnd)
  }

  /// Passes on what has come from the device.
  func takeEvents() {
    device.frontEnd.takeEvents { event in
      switch event {
      case .interrupt(let ring): parent?.interrupt(queue: ring)
      case .configuration: parent?.changeConfiguration()
      case .loss: break
      }
    }
  }

  func end() {
    parent?.pull()
    device.end()
  }

  // MARK: World

  var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
  func sleep(until time: UInt64) { takeEvents() }
}
