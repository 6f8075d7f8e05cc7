import DeviceTree
import Driver
import Testbench
import Testing
import Virtio

@Suite struct InterruptTests {
  // Queues are the least common multiple of twice the CPUs and the device's scaling.
  @Test(arguments: zip([1, 16, 3], [1, 2, 3]))
  func `over MSI-X each queue has a vector of its own, which interrupts the CPU that the queue is for`(
    scaling: Int, share: Int
  ) throws {
    var rig = Rig(transport: .msix)
    (rig.cpuCount, rig.pairs, rig.scaling) = (4, 16, scaling)
    let (platform, instance) = try rig.boot()
    defer { withExtendedLifetime(platform) {} }
    #expect(platform.kernel.interrupts.messageCount == instance.virtio.queues.count + 1)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    for cpu in 0..<4 { _ = try instance.process(Samples.packet(seed: UInt8(cpu)), on: sa, cpu: cpu) }
    #expect(instance.dataQueueCount == 2 * 4 * share)
    let table = platform.kernel.interrupts.table
    #expect(table.contains("virtio0-config"))
    for cpu in 0..<4 {
      let pair = cpu * share + Int(sa.identity) % share
      let line = try #require(table.split(separator: "\n").first { $0.hasSuffix("virtio0-encap.\(pair)") })
      let counts = line.split(separator: ":")[1].split(separator: " ").prefix(4).compactMap { Int($0) }
      #expect(counts == (0..<4).map { $0 == cpu ? 1 : 0 }, "\(line)")
    }
  }

  @Test func `a function writes its messages to the controller of the tree, and is known there by its number`() throws {
    let rig = Rig(transport: .msix), platform = try rig.platform()
    let kernel = platform.kernel, doorbell = PlatformTree.Address.messages + 0x1_0040
    kernel.log.kinds = [.register, .message]
    try platform.boot()
    let count = kernel.interrupts.messageCount
    #expect(count == 5)
    #expect(kernel.log.lines(.register).count { $0.hasSuffix("<- 0x\(String(doorbell, radix: 16))") } == count)
    #expect(kernel.log.lines(.message).contains { $0.hasSuffix("ITS [mem 0x08080000-0x0809ffff]") })
    // As Linux counts them: device 00:01.0, and its first event.
    #expect(kernel.interrupts.table.contains("ITS-MSI 16384 Edge  virtio0-config"))
    kernel.log.kinds = [.interrupt]
    for (device, address, event) in [(8, doorbell, 5), (9, doorbell, 0), (8, doorbell + 4, 0), (8, doorbell, 0)] {
      kernel.interrupts.message(from: UInt32(device), address: address, data: UInt32(event))
    }
    kernel.scheduler.run()
    #expect(kernel.log.lines(.interrupt).count == 1)
  }

  /// A board with a second message controller at an address, to which slots from 2 on write; its functions have the
  /// numbers that those of the slots from 0 on have at the first.
  private func twin(at address: UInt32) throws -> Platform {
    var tree = PlatformTree.board(mmio: [nil])
    let host = tree.root.children.firstIndex { $0.name.hasPrefix("pcie") }!
    let controller = tree.root.children.firstIndex { $0.name.hasPrefix("interrupt-controller") }!
    let parent = tree.root.children[controller], name = "msi-controller@\(String(address, radix: 16))"
    var properties = parent.children[0].properties.filter { !["reg", "phandle"].contains($0.name) }
    properties += [Property("reg", cells: [0, address, 0, 0x2_0000]), Property("phandle", cells: [3])]
    tree.root.children[controller].children.append(
      Node(name: name, path: "\(parent.path)/\(name)", properties: properties))
    tree.root.children[host].properties.removeAll { $0.name == "msi-map" }
    tree.root.children[host].properties.append(Property("msi-map", cells: [0, 2, 0, 16, 16, 3, 0, 16]))
    return try Platform(tree)
  }

  @Test func `functions write to the message controller that is theirs, of two`() throws {
    let platform = try twin(at: 0x900_0000)
    for slot in [1, 3] { try platform.insert(into: slot) }
    try platform.boot()
    #expect(platform.instances.count == 2)
    let interrupts = platform.kernel.interrupts!
    #expect(interrupts.messageCount == 10)
    for instance in platform.instances {
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      _ = try instance.process(Samples.packet(), on: sa)
      // Both are device 8 where they write to.
      #expect(interrupts.table.contains("ITS-MSI 16384 Edge  \(instance.virtio.device.name)-config"))
    }
    let count = platform.kernel.log.lines(.interrupt).count
    interrupts.message(from: 8, address: 0x901_0040, data: 0)
    platform.kernel.scheduler.run()
    let lines = platform.kernel.log.lines(.interrupt).dropFirst(count)
    #expect(lines.count == 1 && lines.last!.hasSuffix("name=virtio1-config"))
  }

  @Test func `two message controllers at one place are refused by name`() throws {
    let error = #expect(throws: DriverError.self) { _ = try twin(at: 0x807_0000) }
    #expect(error?.errno == .EINVAL)
    let problem = "msi-controller@8070000:reg: overlaps /interrupt-controller@8000000/msi-controller@8080000:reg"
    #expect("\(error!)".contains(problem))
  }

  /// What a tree says of messages; whether a function at 00:01.0 has them.
  enum Messages: CaseIterable { case map, parent, none, elsewhere, nobody }

  @Test(arguments: Messages.allCases)
  func `a function whose messages nobody takes has a line`(_ messages: Messages) throws {
    var tree = PlatformTree.board(mmio: [nil])
    let host = tree.root.children.firstIndex { $0.name.hasPrefix("pcie") }!
    let controller = tree.root.children.firstIndex { $0.name.hasPrefix("interrupt-controller") }!
    func change(_ property: Property?) {
      tree.root.children[host].properties.removeAll { $0.name == "msi-map" }
      if let property { tree.root.children[host].properties.append(property) }
    }
    switch messages {
    case .map: break
    case .parent: change(Property("msi-parent", cells: [2]))
    case .none: change(nil)
    case .elsewhere: change(Property("msi-map", cells: [0, 2, 0, 8]))
    case .nobody:
      tree.root.children[controller].children[0].properties.removeAll { $0.name == "compatible" }
      tree.root.children[controller].children[0].properties.append(Property("compatible", string: "test,its"))
    }
    let platform = try Platform(tree)
    try platform.insert(into: 1)
    try platform.boot()
    let instance = try #require(platform.instances.first)
    #expect((platform.kernel.interrupts.messageCount > 0) == (messages == .map || messages == .parent))
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
    #expect(platform.kernel.interrupts.table.contains(messages == .map || messages == .parent ? "ITS-MSI" : "GICv3"))
  }

  @Test(arguments: [[0, 0, 0, 0], [0xffff_ffff, 0xffff_fff0, 0, 8], [0, 0x808_0000, 0, 0x1000]] as [[UInt32]])
  func `a message controller with too few registers is refused by its name`(_ registers: [UInt32]) throws {
    var tree = PlatformTree.board(mmio: [nil])
    let controller = tree.root.children.firstIndex { $0.name.hasPrefix("interrupt-controller") }!
    tree.root.children[controller].children[0].properties.removeAll { $0.name == "reg" }
    tree.root.children[controller].children[0].properties.append(Property("reg", cells: registers))
    let platform = try Platform(tree)
    try platform.boot()
    #expect(platform.instances.isEmpty)
    #expect(platform.kernel.log.lines(.message).contains { $0.contains("/msi-controller@8080000:reg") })
  }

  @Test func `enumeration finds vendor, device, class, and places the BARs, the largest first`() throws {
    let (platform, _) = try Rig(transport: .msix).boot()
    let lines = platform.kernel.log.lines(.message).filter { $0.hasPrefix("pci 0000:00:01.0:") }
    #expect(
      lines == [
        "pci 0000:00:01.0: [1af4:107f] type 00 class 0x108000",
        "pci 0000:00:01.0: BAR 4 [mem 0x10000000-0x10003fff 64bit pref]: assigned",
        "pci 0000:00:01.0: BAR 1 [mem 0x10004000-0x10004fff]: assigned",
      ])
  }

  @Test func `with too few vectors the queues share one`() throws {
    let platform = try Rig(transport: .msix).platform()
    var profile = Rig().pciProfile
    profile.vectors = 2
    try platform.insert(into: 2, pci: profile)
    platform.pull(from: Rig.slot)
    try platform.boot()
    let instance = try #require(platform.instances.first)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
    #expect(platform.kernel.interrupts.table.contains("virtio0-virtqueues"))
    try platform.kernel.unload("virtio_ipsec")
    #expect(platform.kernel.interrupts.messageCount == 0)
  }

  /// A board whose functions all have one number at the message controller, with two cards.
  private func crowded(_ change: (inout Node) -> Void = { _ in }) throws -> Platform {
    var tree = PlatformTree.board(mmio: [nil])
    let host = tree.root.children.firstIndex { $0.name.hasPrefix("pcie") }!
    tree.root.children[host].properties.append(Property("msi-map-mask", cells: [0]))
    change(&tree.root.children[host])
    let platform = try Platform(tree)
    for slot in 1...2 { try platform.insert(into: slot) }
    return platform
  }

  @Test func `of functions with one number at the message controller, the second has its line`() throws {
    let platform = try crowded()
    try platform.boot()
    #expect(platform.instances.count == 2)
    for (instance, isLine) in zip(platform.instances, [false, true]) {
      let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
      _ = try instance.process(Samples.packet(), on: sa)
      let name = instance.virtio.device.name
      let lines = platform.kernel.interrupts.table.split(separator: "\n").filter { $0.contains(name) }
      #expect(lines.contains { $0.contains("GICv3") } == isLine && lines.contains { $0.contains("ITS-MSI") } != isLine)
    }
    // What the first gives back, the second has from then on.
    platform.host!.remove(platform.host!.find(1 << 3)!)
    try platform.kernel.unload("virtio_ipsec")
    try platform.kernel.load(platform.modules.last!)
    #expect(platform.instances.count == 1)
    #expect(platform.kernel.interrupts.messageCount == 5)
  }

  /// Has the card in slot 2 say another pin.
  private final class OtherPin: BusTap {
    let pin: UInt32
    init(_ pin: UInt32) { self.pin = pin }
    func read(at address: UInt64, byteCount: Int, _ value: UInt32) -> UInt32 {
      address == PlatformTree.Address.ecam + 2 << 15 + 0x3d ? pin : value
    }
    func write(at address: UInt64, byteCount: Int, _ value: UInt32) -> Bool { true }
  }

  @Test(arguments: [0, 2])
  func `a function without messages whose pin is none, or leads nowhere, is refused as Linux does`(pin: UInt32) throws {
    let platform = try crowded { host in
      let map = host.properties.firstIndex { $0.name == "interrupt-map" }!
      let cells = host.properties[map].cells!
      let first = stride(from: 0, to: cells.count, by: 10).filter { cells[$0 + 3] == 1 }
      host.properties[map] = Property("interrupt-map", cells: first.flatMap { cells[$0..<$0 + 10] })
    }
    let tap = OtherPin(pin)
    platform.tap = tap
    try platform.boot()
    #expect(platform.instances.count == 1)
    let lines = platform.kernel.log.lines(.message)
    #expect(lines.contains { $0.contains("no line: /pcie@10000000:interrupt-map: has no entry") } == (pin == 2))
    #expect(lines.contains { $0.contains("virtio1: probe failed with error -28: messages of device 0") }, "\(lines)")
  }

  /// A level that no acknowledgement reaches, as on a bus that is dead, must not keep the kernel for ever.
  @Test(arguments: [
    (IRQReturn.none, 100, "irq 16: nobody cared"),
    (.handled, 10_000, "irq 16: stays asserted, whatever its handlers do: disabled"),
  ]) func `an interrupt that does not end is switched off`(answer: IRQReturn, times: Int, message: String) throws {
    let platform = try Rig().platform()
    let kernel = platform.kernel
    try kernel.populatePlatform()
    try kernel.load(.interruptController())
    let device = try #require(kernel.bus("platform")?.device("a000000.virtio"))
    var count = 0
    final class Deaf: DeviceDriver {
      let name = "deaf"
      let idTable: [MatchID] = [.compatible("virtio,mmio")]
      let handler: () -> IRQReturn
      init(_ handler: @escaping () -> IRQReturn) { self.handler = handler }
      func probe(_ device: KernelDevice) throws(DriverError) {
        try device.requestInterrupt(try device.interrupt(0), "deaf", handler: handler)
      }
    }
    try kernel.bus("platform")!.register(Deaf { count += 1; return answer })
    kernel.interrupts.setLine(48, true)
    kernel.scheduler.run()
    #expect(count == times)
    #expect(kernel.log.lines(.message).last == message)
    #expect(device.driver != nil)
  }

  @Test func `a handler that wakes its thread is followed by it, once for many interrupts`() throws {
    let platform = try Rig().platform()
    let kernel = platform.kernel
    try kernel.populatePlatform()
    try kernel.load(.interruptController())
    var order: [String] = []
    final class Threaded: DeviceDriver {
      let name = "threaded"
      let idTable: [MatchID] = [.compatible("virtio,mmio")]
      let note: (String) -> Void
      init(_ note: @escaping (String) -> Void) { self.note = note }
      func probe(_ device: KernelDevice) throws(DriverError) {
        let interrupts = device.kernel.interrupts!
        try device.requestInterrupt(try device.interrupt(0), "toy") { [note] in
          note("handler")
          interrupts.setLine(48, false)
          return .wakeThread
        } thread: { [note] in
          note("thread")
        }
      }
    }
    let driver = Threaded { order.append($0) }
    try kernel.bus("platform")!.register(driver)
    for _ in 0..<2 { kernel.interrupts.setLine(48, true) }
    kernel.scheduler.run()
    #expect(order == ["handler", "thread"])
    kernel.bus("platform")!.unregister(driver)
    kernel.interrupts.setLine(48, true)
    kernel.scheduler.run()
    #expect(order == ["handler", "thread"])
    #expect(kernel.interrupts.actionCount == 0)
  }
}
