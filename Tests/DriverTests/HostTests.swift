import DeviceTree
import Driver
import Testbench
import Testing

/// What the tree says of PCI hosts: windows, buses, domains.
@Suite struct HostTests {
  /// The board with its PCI host changed, and others like it, each at an address of its own.
  private func board(others: Int = 0, _ properties: Property...) -> DeviceTree {
    var tree = PlatformTree.board(mmio: [nil])
    let index = tree.root.children.firstIndex { $0.name.hasPrefix("pcie") }!
    let host = tree.root.children[index]
    for property in properties {
      tree.root.children[index].properties.removeAll { $0.name == property.name }
      tree.root.children[index].properties.append(property)
    }
    for number in 0..<UInt32(others) {
      let name = "pcie@\(number + 1)"
      var properties = host.properties.filter { $0.name != "reg" && $0.name != "ranges" }
      properties += [
        Property("reg", cells: [0, 0x3e00_0000 - number << 20, 0, 0x10_0000]),
        Property(
          "ranges",
          cells: [0x200_0000, 0, 0x9000_0000, 0, 0x9000_0000 + number << 24, 0, 0x100_0000]
            + [0x100_0000, 0, 0, 0, 0x3d00_0000 + number << 16, 0, 0x1_0000]),
      ]
      tree.root.children.append(Node(name: name, path: "/" + name, properties: properties))
    }
    return tree
  }

  /// Boots, with a card in slot 1, and what the kernel says of PCI.
  private func messages(_ tree: DeviceTree) throws -> (platform: Platform, lines: [String]) {
    let platform = try Platform(tree)
    try platform.insert(into: 1)
    try platform.boot()
    return (platform, platform.kernel.log.lines(.message))
  }

  @Test func `addresses are printed as the CPU sees them, and as the bus does where that differs`() throws {
    let (platform, lines) = try messages(
      board(
        Property(
          "ranges",
          cells: [0x200_0000, 0, 0x8000_0000, 0, 0x1000_0000, 0, 0x1000_0000]
            + [0x4300_0000, 1, 0, 2, 0, 0, 0x4000_0000] + [0x100_0000, 0, 0, 0, 0x3e00_0000, 0, 0x1_0000])))
    #expect(
      lines.filter { $0.hasPrefix("pci_bus") } == [
        "pci_bus 0000:00: root bus resource [bus 00]",
        "pci_bus 0000:00: root bus resource [mem 0x10000000-0x1fffffff] (bus address [0x80000000-0x8fffffff])",
        "pci_bus 0000:00: root bus resource [mem 0x200000000-0x23fffffff pref] "
          + "(bus address [0x100000000-0x13fffffff])",
        "pci_bus 0000:00: root bus resource [io  0x0000-0xffff]",
      ])
    #expect(
      lines.filter { $0.contains(": BAR ") } == [
        "pci 0000:00:01.0: BAR 4 [mem 0x200000000-0x200003fff 64bit pref]: assigned",
        "pci 0000:00:01.0: BAR 1 [mem 0x10000000-0x10000fff]: assigned",
      ])
    #expect(platform.host?.find(8)?.attributes.first { $0.name == "resource" }?.show().contains("0x10000000") == true)
    let instance = try #require(platform.instances.first)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
  }

  @Test func `a host whose first bus is another has its functions, lines and messages there`() throws {
    let (platform, lines) = try messages(
      board(Property("bus-range", cells: [1, 3]), Property("msi-map", cells: [0x100, 2, 0, 0x100])))
    #expect(lines.contains("pci_bus 0000:01: root bus resource [bus 01-03]"))
    #expect(lines.contains { $0.hasPrefix("pci 0000:01:01.0: BAR 4") })
    let instance = try #require(platform.instances.first)
    let sa = try instance.addSA(Samples.gcmTunnel(), direction: .outbound)
    _ = try instance.process(Samples.packet(), on: sa)
    #expect(platform.kernel.interrupts.table.contains("ITS-MSI"))
    #expect(platform.kernel.interrupts.table.contains("virtio0-config"))
  }

  @Test(arguments: [([3, 1], "ends at 1, before 3"), ([0, 256], "beyond bus 255"), ([0], "two cells")])
  func `buses that cannot be are refused by node and property`(_ range: [UInt32], _ message: String) {
    let error = #expect(throws: DriverError.self) { try Platform(board(Property("bus-range", cells: range))) }
    #expect(error?.errno == .EINVAL && error?.place == "/pcie@10000000:bus-range")
    #expect(error?.problem.contains(message) == true)
  }

  @Test func `a second host has a domain of its own`() throws {
    let (platform, lines) = try messages(board(others: 2))
    let hosts = lines.filter { $0.contains("PCI host bridge to bus") }.compactMap { $0.split(separator: " ").last }
    #expect(hosts == ["0000:00", "0001:00", "0002:00"])
    #expect(lines.contains("pci_bus 0002:00: root bus resource [io  0x10000-0x1ffff] (bus address [0x0000-0xffff])"))
    #expect(platform.kernel.sysfs.contains("pci0001:00") && platform.instances.count == 1)
    // A host that comes again is what it was.
    for name in ["virtio_ipsec", "virtio_pci", "pci_host_generic"] { try platform.kernel.unload(name) }
    platform.kernel.log.clear()
    try platform.kernel.load(.pci())
    #expect(platform.kernel.sysfs.contains("pci0002:00"))
  }

  @Test func `a domain that the tree gives is the host's, and no other's`() throws {
    let (platform, lines) = try messages(board(others: 2, Property("linux,pci-domain", cells: [1])))
    let hosts = lines.filter { $0.contains("PCI host bridge to bus") }.compactMap { $0.split(separator: " ").last }
    #expect(hosts == ["0001:00", "0000:00", "0002:00"])
    #expect(platform.kernel.readAttribute("platform/3f000000.pcie/pci0001:00/0001:00:01.0/vendor") == "0x1af4")
  }
}
