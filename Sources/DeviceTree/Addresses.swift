/// A range of a bus's addresses.
public struct AddressRange: Hashable, Sendable {
  /// Cells in front of the address: what PCI calls `phys.hi`; empty on other buses.
  public let space: [UInt32]
  public let address: UInt64
  /// Size in bytes.
  public let size: UInt64

  public init(space: [UInt32] = [], address: UInt64, size: UInt64) {
    self.space = space
    self.address = address
    self.size = size
  }

  /// The address behind the last.
  ///
  /// Does not overflow for a range out of a tree: those are checked.
  public var end: UInt64 { address + size }

  /// - Throws: `DeviceTreeError` for a range that ends at 2⁶⁴ or beyond, or is larger than any memory.
  init(_ space: [UInt32], _ address: UInt64, _ size: UInt64, at place: String) throws(DeviceTreeError) {
    guard size <= Int.max, !address.addingReportingOverflow(size).overflow else {
      throw DeviceTreeError(
        place, "0x\(String(address, radix: 16)) with a size of 0x\(String(size, radix: 16)) goes beyond all addresses")
    }
    self.init(space: space, address: address, size: size)
  }
}

/// One window through which a bus sees its parent's addresses (`ranges`).
public struct AddressWindow: Hashable, Sendable {
  public let child: AddressRange
  /// Where the window begins on the parent's bus.
  public let parent: UInt64
}

extension Node {
  /// Number of cells in an address of this node's children; 2 by default (Devicetree Specification 0.4, 2.3.5).
  public var addressCells: Int { property("#address-cells")?.cell.map(Int.init) ?? 2 }

  /// Number of cells in a size of this node's children; 1 by default.
  public var sizeCells: Int { property("#size-cells")?.cell.map(Int.init) ?? 1 }

  /// The ranges of `reg`, by the parent's numbers of cells.
  ///
  /// - Throws: `DeviceTreeError` where the property's length is no multiple of what one range takes, or a range cannot
  ///   be.
  public func registers(under parent: Node) throws(DeviceTreeError) -> [AddressRange] {
    guard let property = property("reg") else { return [] }
    var cells = try Cells(property, at: path, stride: parent.addressCells + parent.sizeCells)
    var ranges: [AddressRange] = []
    while !cells.isEmpty {
      let (space, address) = cells.takeAddress(parent.addressCells)
      ranges.append(try AddressRange(space, address, cells.takeNumber(parent.sizeCells), at: "\(path):reg"))
    }
    return ranges
  }

  /// The windows of `ranges`; nil without the property, when nothing of the children's addresses is visible above;
  /// empty where addresses are the same on both buses.
  ///
  /// - Throws: `DeviceTreeError` where the property's length is no multiple of what one window takes, or a window
  ///   cannot be.
  public func windows(under parent: Node) throws(DeviceTreeError) -> [AddressWindow]? {
    guard let property = property("ranges") else { return nil }
    var cells = try Cells(property, at: path, stride: addressCells + parent.addressCells + sizeCells)
    var windows: [AddressWindow] = []
    while !cells.isEmpty {
      let (space, address) = cells.takeAddress(addressCells)
      let above = cells.takeAddress(parent.addressCells).address
      let child = try AddressRange(space, address, cells.takeNumber(sizeCells), at: "\(path):ranges")
      _ = try AddressRange([], above, child.size, at: "\(path):ranges")
      windows.append(AddressWindow(child: child, parent: above))
    }
    return windows
  }
}
