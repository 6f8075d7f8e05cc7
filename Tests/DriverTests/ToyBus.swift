import Driver
import Testbench

/// A bus of toy devices, on a board that has none of its own.
struct ToyBus {
  let platform: Platform
  let bus: Bus
  var kernel: Kernel { platform.kernel }

  init() throws {
    platform = try Platform(PlatformTree.board(mmio: [], hasPCI: false))
    bus = Bus("toys", platform.kernel)
  }

  /// Adds a device that drivers for `test,any`, or for its own name, take.
  @discardableResult
  func add(_ name: String, below parent: KernelDevice? = nil) throws -> KernelDevice {
    let ids = ["test,any", "test,\(name)"].map { MatchID.compatible($0) }
    let device = KernelDevice(name, kernel: kernel, bus: bus, ids: ids)
    try device.add(below: parent ?? kernel.root)
    return device
  }
}
