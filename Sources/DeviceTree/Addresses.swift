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
  /// - Throws: `DeviceTreeError` where the property's length is no multiple of what one range takes.
  public func registers(under parent: Node) throws(DeviceTreeError) -> [AddressRange] {
    guard let property = property("reg") else { return [] }
    var cells = try Cells(property, at: path, stride: parent.addressCells + parent.sizeCells)
    var ranges: [AddressRange] = []
    while !cells.isEmpty {
      let (space, address) = cells.takeAddress(parent.addressCells)
      ranges.append(AddressRange(space: space, address: address, size: cells.takeNumber(parent.sizeCells)))
    }
    return ranges
  }

  /// The windows of `ranges`; nil without the property, when nothing of the children's addresses is visible above;
  /// empty where addresses are the same on both buses.
  ///
  /// - Throws: `DeviceTreeError` where the property's length is no multiple of what one window takes.
  public func windows(under parent: Node) throws(DeviceTreeError) -> [AddressWindow]? {
    guard let property = property("ranges") else { return nil }
    var cells = try Cells(property, at: path, stride: addressCells + parent.addressCells + sizeCells)
    var windows: [AddressWindow] = []
    while !cells.isEmpty {
      let (space, address) = cells.takeAddress(addressCells)
      let above = cells.takeAddress(parent.addressCells).address
      let child = AddressRange(space: space, address: address, size: cells.takeNumber(sizeCells))
      windows.append(AddressWindow(child: child, parent: above))
    }
    return windows
  }
}

/// The cells of a property, taken from the front.
struct Cells {
  private var rest: ArraySlice<UInt32>

  /// - Parameter stride: number of cells of which the property has a multiple; 0 for any.
  init(_ property: Property, at path: String, stride: Int) throws(DeviceTreeError) {
    guard let cells = property.cells, stride == 0 || cells.count.isMultiple(of: stride) else {
      throw DeviceTreeError(
        "\(path):\(property.name)", "has \(property.bytes.count) bytes, no multiple of \(4 * stride)")
    }
    rest = cells[...]
  }

  var isEmpty: Bool { rest.isEmpty }
  var count: Int { rest.count }

  mutating func take(_ count: Int) -> [UInt32] {
    defer { rest = rest.dropFirst(count) }
    return Array(rest.prefix(count))
  }

  /// A number, most significant cell first; of more than two cells, the last two count.
  mutating func takeNumber(_ count: Int) -> UInt64 { take(count).reduce(0) { $0 << 32 | UInt64($1) } }

  /// An address of up to two cells, and the cells in front of it.
  mutating func takeAddress(_ count: Int) -> (space: [UInt32], address: UInt64) {
    let space = take(max(0, count - 2))
    return (space, takeNumber(min(count, 2)))
  }
}
