/// An interrupt as a controller understands it.
public struct InterruptSpecifier: Hashable, Sendable {
  /// Path of the interrupt controller.
  public let controller: String
  /// As many cells as the controller's `#interrupt-cells` says, at least one.
  public let cells: [UInt32]

  /// The controller's input: the first cell; of three, as arm,gic has them, SPIs stand from 32 on, and PPIs from 16.
  ///
  /// - Throws: `DeviceTreeError` for an input that such a controller does not have.
  public func input() throws(DeviceTreeError) -> UInt32 {
    guard cells.count >= 3 else { return cells[0] }
    switch (cells[0], cells[1]) {
    case (0, 0..<988): return 32 + cells[1]
    case (1, 0..<16): return 16 + cells[1]
    default: throw DeviceTreeError(controller, "has no interrupt <\(cells[0]) \(cells[1])>")
    }
  }

  /// Whether it comes with an edge, and not for as long as a level lasts: the flags of the last of two or three cells.
  public var isEdge: Bool { cells.count > 1 && cells[min(cells.count, 3) - 1] & 3 != 0 }
}

extension DeviceTree {
  /// The interrupts that a node generates, followed to the controller through the interrupt maps on the way
  /// (Devicetree Specification 0.4, section 2.4).
  ///
  /// - Parameter path: the node's path.
  /// - Throws: `DeviceTreeError` for a missing parent, a cut specifier, or a map that leads nowhere or in a circle.
  public func interrupts(of path: String) throws(DeviceTreeError) -> [InterruptSpecifier] {
    let lineage = lineage(of: path)
    guard let node = lineage.last, let property = node.property("interrupts") else { return [] }
    let parent = try interruptParent(of: lineage)
    let width = try interruptCells(of: parent)
    var cells = try Cells(property, at: node.path, stride: width)
    let unit = node.property("reg")?.cells ?? []
    var found: [InterruptSpecifier] = []
    while !cells.isEmpty { found.append(try route(cells.take(width), unit: unit, at: parent, hops: 0)) }
    return found
  }

  /// Where an interrupt of a PCI function ends up: `pin` 1 is INTA.
  ///
  /// - Parameters:
  ///   - bridge: path of the host bridge, which has the interrupt map.
  ///   - function: the function's `phys.hi` cell: bus, device and function number.
  public func interrupt(
    ofPin pin: UInt32, function: UInt32, behind bridge: String
  ) throws(DeviceTreeError) -> InterruptSpecifier {
    guard let node = node(at: bridge) else { throw DeviceTreeError(bridge, "no such node") }
    return try route([pin], unit: [function, 0, 0], at: node, hops: 0)
  }

  /// Follows a specifier until a controller takes it.
  private func route(
    _ specifier: [UInt32], unit: [UInt32], at node: Node, hops: Int
  ) throws(DeviceTreeError) -> InterruptSpecifier {
    if node.property("interrupt-controller") != nil {
      return InterruptSpecifier(controller: node.path, cells: specifier)
    }
    guard hops < 16 else { throw DeviceTreeError("\(node.path):interrupt-map", "goes in a circle") }
    guard let map = node.property("interrupt-map") else {
      throw DeviceTreeError(node.path, "is an interrupt parent and neither controller nor map")
    }
    let units = node.property("#address-cells")?.cell.map(Int.init) ?? 0
    guard units <= 16 else { throw DeviceTreeError("\(node.path):#address-cells", "is out of range") }
    let mask = node.property("interrupt-map-mask")?.cells ?? Array(repeating: .max, count: units + specifier.count)
    let address = Array((unit + Array(repeating: 0, count: units)).prefix(units))
    let wanted = zip(address + specifier, mask).map { $0 & $1 }
    var cells = try Cells(map, at: node.path, stride: nil)
    while !cells.isEmpty {
      let key = zip(cells.take(units + specifier.count), mask).map { $0 & $1 }
      let phandle = cells.take(1).first
      guard let phandle, let parent = self.node(phandle: phandle) else {
        throw DeviceTreeError("\(node.path):interrupt-map", "names a parent that is not there")
      }
      let parentUnits = parent.property("#address-cells")?.cell.map(Int.init) ?? 0
      let width = try interruptCells(of: parent)
      guard cells.count >= parentUnits + width else {
        throw DeviceTreeError("\(node.path):interrupt-map", "is cut off")
      }
      let parentUnit = cells.take(parentUnits)
      let parentSpecifier = cells.take(width)
      if key == wanted { return try route(parentSpecifier, unit: parentUnit, at: parent, hops: hops + 1) }
    }
    throw DeviceTreeError("\(node.path):interrupt-map", "has no entry for \(specifier)")
  }

  /// The nearest `interrupt-parent` upwards; without one, the nearest node above that takes interrupts.
  private func interruptParent(of lineage: [Node]) throws(DeviceTreeError) -> Node {
    for node in lineage.reversed() {
      if let phandle = node.property("interrupt-parent")?.cell {
        guard let parent = self.node(phandle: phandle) else {
          throw DeviceTreeError("\(node.path):interrupt-parent", "names a node that is not there")
        }
        return parent
      }
      if node != lineage.last, node.property("#interrupt-cells") != nil { return node }
    }
    throw DeviceTreeError(lineage.last?.path ?? "/", "has interrupts and no interrupt parent")
  }

  private func interruptCells(of node: Node) throws(DeviceTreeError) -> Int {
    guard let count = node.property("#interrupt-cells")?.cell, (1...16).contains(count) else {
      throw DeviceTreeError("\(node.path):#interrupt-cells", "is missing or out of range")
    }
    return Int(count)
  }

  /// The nodes from the root to the one at a path; empty where there is none.
  func lineage(of path: String) -> [Node] {
    var lineage = [root]
    for part in path.split(separator: "/") {
      guard let child = lineage[lineage.count - 1].child(String(part)) else { return [] }
      lineage.append(child)
    }
    return lineage
  }
}
