extension AddressWindow {
  /// The range as the parent's bus addresses it; nil where the window does not cover it.
  func translate(_ range: AddressRange) -> AddressRange? {
    guard range.space.isEmpty == child.space.isEmpty, range.address >= child.address, range.end <= child.end else {
      return nil
    }
    return AddressRange(address: parent + (range.address - child.address), size: range.size)
  }
}

extension DeviceTree {
  /// The ranges of a node's `reg` as the CPU addresses them, through the `ranges` of every bus above (Devicetree
  /// Specification 0.4, section 2.3.8); nil for one that a bus does not pass on.
  ///
  /// - Throws: `DeviceTreeError` for `reg` or `ranges` that cannot be, and for a node that is not there.
  public func registers(of path: String) throws(DeviceTreeError) -> [AddressRange?] {
    let lineage = try ancestry(of: path)
    guard let node = lineage.last, let parent = lineage.dropLast().last else { return [] }
    let ranges = try node.registers(under: parent)
    var translated: [AddressRange?] = []
    for range in ranges { translated.append(try translate(range, up: lineage.dropLast())) }
    return translated
  }

  /// The windows of a bus onto the CPU's addresses (`ranges`): of a PCI host bridge, those behind which BARs stand.
  /// One that a bus above does not pass on is left out.
  ///
  /// - Throws: `DeviceTreeError` for `ranges` that cannot be, and for a node that is not there.
  public func windows(of path: String) throws(DeviceTreeError) -> [AddressWindow] {
    let lineage = try ancestry(of: path)
    guard let node = lineage.last, let parent = lineage.dropLast().last else { return [] }
    var windows: [AddressWindow] = []
    for window in try node.windows(under: parent) ?? [] {
      let above = AddressRange(address: window.parent, size: window.child.size)
      guard let seen = try translate(above, up: lineage.dropLast()) else { continue }
      windows.append(AddressWindow(child: window.child, parent: seen.address))
    }
    return windows
  }

  /// - Parameter lineage: from the root to the bus whose address it is.
  private func translate(
    _ range: AddressRange, up lineage: ArraySlice<Node>
  ) throws(DeviceTreeError) -> AddressRange? {
    var range = range
    for (parent, bus) in zip(lineage, lineage.dropFirst()).reversed() {
      guard let windows = try bus.windows(under: parent) else { return nil }
      if windows.isEmpty { continue }
      guard let above = windows.lazy.compactMap({ $0.translate(range) }).first else { return nil }
      range = above
    }
    return range
  }

  private func ancestry(of path: String) throws(DeviceTreeError) -> [Node] {
    let lineage = lineage(of: path)
    guard !lineage.isEmpty else { throw DeviceTreeError(path, "no such node") }
    return lineage
  }
}
