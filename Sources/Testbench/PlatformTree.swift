public import DeviceTree

/// The device trees that the simulated platform is built from.
public enum PlatformTree {
  /// Where things are on the board that is built when no tree is given.
  public enum Address {
    public static let memory: UInt64 = 0x4000_0000
    public static let controller: UInt64 = 0x0800_0000
    public static let messages: UInt64 = 0x0808_0000
    public static let virtio: UInt64 = 0x0a00_0000
    public static let ecam: UInt64 = 0x3f00_0000
    public static let pciMemory: UInt64 = 0x1000_0000
    public static let pciMemorySize: UInt64 = 0x2000_0000
  }

  /// A board: memory, an interrupt controller that takes messages, windows for virtio devices, and a PCI host with
  /// four slots.
  ///
  /// - Parameters:
  ///   - memory: bytes of RAM.
  ///   - mmio: the virtio device IDs of the `virtio,mmio` windows; nil for one without a device.
  ///   - controllerFirst: whether the interrupt controller stands before those who need it.
  public static func board(
    memory: UInt64 = 64 << 20, mmio: [UInt32?] = [63], hasPCI: Bool = true, controllerFirst: Bool = false
  ) -> DeviceTree {
    let controller = controllerNode
    let rest = mmio.enumerated().map { window($0, deviceID: $1) } + (hasPCI ? [pciHost] : [])
    let nodes = [
      Node(
        name: "memory@\(hex(Address.memory))", path: "/memory@\(hex(Address.memory))",
        properties: [
          Property("device_type", string: "memory"),
          Property("reg", cells: cells(Address.memory) + cells(memory)),
        ])
    ]
    return DeviceTree(
      root: Node(
        name: "", path: "/",
        properties: [
          Property("compatible", strings: ["virtio-ipsec-la,board"]),
          Property("model", string: "virtio-ipsec-la board"),
          Property("#address-cells", cells: [2]), Property("#size-cells", cells: [2]),
          Property("interrupt-parent", cells: [controllerPhandle]),
        ], children: nodes + (controllerFirst ? [controller] + rest : rest + [controller])))
  }

  private static let controllerPhandle: UInt32 = 1, messagesPhandle: UInt32 = 2

  private static var controllerNode: Node {
    let name = "interrupt-controller@\(hex(Address.controller))"
    let messages = "msi-controller@\(hex(Address.messages))"
    return Node(
      name: name, path: "/" + name,
      properties: [
        Property("compatible", string: "arm,gic-v3"), Property("interrupt-controller"),
        Property("#interrupt-cells", cells: [3]), Property("#address-cells", cells: [2]),
        Property("#size-cells", cells: [2]), Property("ranges"),
        Property(
          "reg",
          cells: cells(Address.controller) + cells(0x1_0000) + cells(Address.controller + 0xa_0000) + cells(0xf6_0000)),
        Property("phandle", cells: [controllerPhandle]),
      ],
      children: [
        Node(
          name: messages, path: "/\(name)/\(messages)",
          properties: [
            Property("compatible", string: "arm,gic-v3-its"), Property("msi-controller"),
            Property("#msi-cells", cells: [1]), Property("reg", cells: cells(Address.messages) + cells(0x2_0000)),
            Property("phandle", cells: [messagesPhandle]),
          ])
      ])
  }

  /// A `virtio,mmio` window of 512 bytes, with a child that says which device is behind it.
  private static func window(_ index: Int, deviceID: UInt32?) -> Node {
    let address = Address.virtio + UInt64(index) * 0x200
    let path = "/virtio@\(hex(address))"
    let child = deviceID.map { id in
      Node(
        name: "ipsec", path: path + "/ipsec",
        properties: [Property("compatible", string: "virtio,device\(hex(id))")])
    }
    return Node(
      name: "virtio@\(hex(address))", path: path,
      properties: [
        Property("compatible", string: "virtio,mmio"), Property("reg", cells: cells(address) + cells(0x200)),
        Property("interrupts", cells: [0, 16 + UInt32(index), 4]), Property("dma-coherent"),
      ], children: [child].compactMap { $0 })
  }

  private static var pciHost: Node {
    let name = "pcie@\(hex(Address.pciMemory))"
    var map: [UInt32] = []
    for slot in 0..<UInt32(4) {
      for pin in 0..<UInt32(4) {
        map += [slot << 11, 0, 0, pin + 1, controllerPhandle, 0, 0, 0, 3 + (slot + pin) % 4, 4]
      }
    }
    return Node(
      name: name, path: "/" + name,
      properties: [
        Property("compatible", string: "pci-host-ecam-generic"), Property("device_type", string: "pci"),
        Property("#address-cells", cells: [3]), Property("#size-cells", cells: [2]),
        Property("#interrupt-cells", cells: [1]), Property("bus-range", cells: [0, 0]),
        Property("reg", cells: cells(Address.ecam) + cells(0x10_0000)),
        Property(
          "ranges",
          cells: [0x0200_0000] + cells(Address.pciMemory) + cells(Address.pciMemory) + cells(Address.pciMemorySize)),
        Property("interrupt-map-mask", cells: [0x1800, 0, 0, 7]),
        Property("interrupt-map", cells: map), Property("msi-map", cells: [0, messagesPhandle, 0, 0x1_0000]),
        Property("dma-coherent"),
      ])
  }

  private static func cells(_ number: UInt64) -> [UInt32] { [UInt32(number >> 32), UInt32(truncatingIfNeeded: number)] }
  private static func hex(_ number: some BinaryInteger) -> String { String(number, radix: 16) }
}
