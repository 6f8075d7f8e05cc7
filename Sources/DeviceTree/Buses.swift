extension Node {
  /// Numbers of the buses behind a PCI host bridge (`bus-range`), the root bus's first; all that there can be without
  /// the property.
  ///
  /// - Throws: `DeviceTreeError` for a range that ends before it begins, or beyond bus 255.
  public func busRange() throws(DeviceTreeError) -> ClosedRange<UInt32> {
    guard let property = property("bus-range") else { return 0...255 }
    let place = "\(path):bus-range"
    guard let cells = property.cells, cells.count == 2 else { throw DeviceTreeError(place, "is not two cells") }
    guard cells[0] <= cells[1] else { throw DeviceTreeError(place, "ends at \(cells[1]), before \(cells[0])") }
    guard cells[1] <= 255 else { throw DeviceTreeError(place, "ends at \(cells[1]), beyond bus 255") }
    return cells[0]...cells[1]
  }
}
