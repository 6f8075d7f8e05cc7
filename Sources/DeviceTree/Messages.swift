/// Where a device's messages go, and what the device is there.
public struct MessageSpecifier: Hashable, Sendable {
  /// Path of the message controller.
  public let controller: String
  /// The device's number there.
  public let device: UInt32
}

extension DeviceTree {
  /// Where the messages of a PCI function go (Linux's binding `pci-msi`): as the host bridge's `msi-map` says, or for
  /// every function to its `msi-parent`.
  ///
  /// - Parameters:
  ///   - requester: bus, device and function number of the function: 8, 5 and 3 bits.
  ///   - bridge: path of the host bridge.
  /// - Returns: nil where the bridge has neither, or a map that leaves the function out.
  /// - Throws: `DeviceTreeError` for a cut map, for one that names no message controller, and for a mask that is none.
  public func messages(from requester: UInt32, behind bridge: String) throws(DeviceTreeError) -> MessageSpecifier? {
    guard let node = node(at: bridge) else { throw DeviceTreeError(bridge, "no such node") }
    guard let map = node.property("msi-map") else {
      guard let parent = node.property("msi-parent") else { return nil }
      return MessageSpecifier(controller: try controller(parent.cells?.first, parent, of: node), device: requester)
    }
    var mask = UInt32.max
    if let property = node.property("msi-map-mask") {
      guard let cell = property.cell else { throw DeviceTreeError("\(node.path):msi-map-mask", "is not one cell") }
      mask = cell
    }
    let wanted = requester & mask
    var cells = try Cells(map, at: node.path, stride: 4)
    while !cells.isEmpty {
      let entry = cells.take(4)
      let controller = try controller(entry[1], map, of: node)
      guard wanted >= entry[0], wanted - entry[0] < entry[3] else { continue }
      return MessageSpecifier(controller: controller, device: entry[2] &+ (wanted - entry[0]))
    }
    return nil
  }

  private func controller(
    _ phandle: UInt32?, _ property: Property, of node: Node
  ) throws(DeviceTreeError) -> String {
    guard let controller = phandle.flatMap({ self.node(phandle: $0) }), controller.property("msi-controller") != nil
    else { throw DeviceTreeError("\(node.path):\(property.name)", "names no message controller") }
    return controller.path
  }
}
