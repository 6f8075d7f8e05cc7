import Driver
import Testbench
import Testing
import Virtio

@Suite struct DMATests {
  /// A device to map for, on a kernel with nothing else.
  private func device() throws -> (Platform, KernelDevice) {
    let platform = try Platform(PlatformTree.board(mmio: [], hasPCI: false))
    let bus = Bus("test", platform.kernel)
    let device = KernelDevice("toy", kernel: platform.kernel, bus: bus)
    try device.add(below: platform.kernel.root)
    return (platform, device)
  }

  @Test func `what is not mapped, mapped twice, or unmapped wrongly is told of`() throws {
    let (platform, device) = try device()
    let dma = platform.kernel.dma!
    let memory = try platform.kernel.allocate(256, for: "test")
    dma.unmap(memory, byteCount: 256, .toDevice, for: device)
    #expect(dma.complaints.last?.contains("tries to free DMA memory it has not allocated") == true)
    _ = try dma.map(memory, byteCount: 256, .toDevice, for: device)
    #expect(throws: DriverError.self) { try dma.map(memory, byteCount: 256, .toDevice, for: device) }
    #expect(dma.complaints.last?.contains("overlapping mappings") == true)
    dma.unmap(memory, byteCount: 128, .toDevice, for: device)
    #expect(dma.complaints.last?.contains("different size") == true)
    _ = try dma.map(memory, byteCount: 256, .toDevice, for: device)
    dma.unmap(memory, byteCount: 256, .fromDevice, for: device)
    #expect(dma.complaints.last?.contains("different direction") == true)
    dma.unmap(memory, byteCount: 256, .toDevice, for: device)
    #expect(dma.complaints.count == 5)
    #expect(dma.count == 0)
  }

  @Test func `without debugging, mappings are counted, and what is no memory is refused all the same`() throws {
    let (platform, device) = try device()
    let dma = platform.kernel.dma!
    dma.isDebugging = false
    let memory = try platform.kernel.allocate(256, for: "test")
    for _ in 0..<2 { _ = try dma.map(memory, byteCount: 256, .toDevice, for: device) }
    #expect(throws: DriverError.self) { try dma.map(0, byteCount: 256, .toDevice, for: device) }
    #expect(dma.count == 2)
    for _ in 0..<2 { dma.unmap(memory, byteCount: 128, .fromDevice, for: device) }
    #expect(dma.count == 0)
    #expect(dma.complaints == [])
  }

  @Test func `mappings that a driver leaves behind are told of`() throws {
    final class Leaky: DeviceDriver {
      let name = "leaky"
      let idTable: [MatchID] = [.compatible("arm,gic-v3")]
      func probe(_ device: KernelDevice) throws(DriverError) {
        _ = try device.kernel.dma.map(
          try device.allocate(64, "buffer"), byteCount: 64, .bidirectional, for: device)
      }
    }
    let platform = try Platform(PlatformTree.board(mmio: [], hasPCI: false))
    let bus = try platform.kernel.populatePlatform()
    let leaky = Leaky()
    try bus.register(leaky)
    #expect(platform.kernel.dma.complaints == [])
    bus.unregister(leaky)
    #expect(platform.kernel.dma.complaints.count == 1)
    #expect(platform.kernel.dma.complaints[0].contains("pending DMA allocations while released from device [count=1]"))
    #expect(platform.kernel.pages.liveCount == 0)
  }

  /// Sees every access of a device.
  final class Watch: MemoryObserver {
    private let dma: DMA
    private(set) var strays: [MemoryEvent] = []
    private(set) var count = 0
    init(_ dma: DMA) { self.dma = dma }

    func observe(_ event: MemoryEvent) {
      count += 1
      switch event {
      case .read(let address, let count) where !dma.allows(address, byteCount: count, isWrite: false):
        strays.append(event)
      case .write(let address, let count) where !dma.allows(address, byteCount: count, isWrite: true):
        strays.append(event)
      default: break
      }
    }
  }

  @Test(arguments: Rig.all)
  func `the device touches nothing but what is mapped for it, in its direction`(rig: Rig) throws {
    let platform = try rig.platform()
    let watch = Watch(platform.kernel.dma)
    for memory in platform.deviceMemories { memory.observer = watch }
    try platform.boot()
    let instance = try #require(platform.instances.first)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    for seed in UInt8(0)..<10 { _ = try instance.process(Samples.packet(500, seed: seed), on: sa) }
    try platform.kernel.unload("virtio_ipsec")
    #expect(watch.count > 100)
    #expect(watch.strays == [])
    #expect(platform.kernel.dma.complaints == [])
  }
}
