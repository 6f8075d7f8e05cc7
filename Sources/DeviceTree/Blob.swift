internal import CFDT

extension DeviceTree {
  /// The flattened tree, as a boot loader hands it over; version 17, last compatible version 16.
  ///
  /// - Throws: `DeviceTreeError` for a name that libfdt refuses.
  public func blob() throws(DeviceTreeError) -> [UInt8] {
    var capacity = 4096
    while true {
      var blob = [UInt8](repeating: 0, count: capacity)
      let status = blob.withUnsafeMutableBytes { write(into: $0) }
      if status == 0 {
        let size = blob[4..<8].reduce(0) { $0 << 8 | Int($1) }
        return Array(blob[..<size])
      }
      guard status == -FDT_ERR_NOSPACE else { throw DeviceTreeError("", code: status) }
      capacity *= 2
    }
  }

  /// The tree with an overlay applied (Devicetree Specification 0.4, dtc's overlay format): the overlay's `target`s are
  /// resolved through `__symbols__`.
  ///
  /// - Throws: `DeviceTreeError` with libfdt's reason where the overlay does not fit; the tree is unchanged then.
  public func applying(overlay: [UInt8]) throws(DeviceTreeError) -> DeviceTree {
    try BlobCheck.check(overlay, named: "overlay")
    guard overlay.withUnsafeBytes(Self.hasFragment) else {
      throw DeviceTreeError("overlay", "is none: it has no __overlay__, and would change nothing")
    }
    let base = try blob()
    // Room for all that the overlay can add; libfdt changes both blobs, whatever comes of it.
    var merged = [UInt8](repeating: 0, count: base.count + 2 * overlay.count + 4096)
    var fragment = overlay
    let outcome = merged.withUnsafeMutableBytes { merged in
      fragment.withUnsafeMutableBytes { fragment in
        let opened = base.withUnsafeBytes { fdt_open_into($0.baseAddress, merged.baseAddress, Int32(merged.count)) }
        return opened == 0 ? fdt_overlay_apply(merged.baseAddress, fragment.baseAddress) : opened
      }
    }
    guard outcome == 0 else { throw DeviceTreeError("overlay", code: outcome) }
    return try DeviceTree(blob: merged)
  }

  /// Whether any node below the root is one that `fdt_overlay_apply` looks at.
  private static func hasFragment(_ overlay: UnsafeRawBufferPointer) -> Bool {
    var node = fdt_first_subnode(overlay.baseAddress, 0)
    while node >= 0 {
      if fdt_subnode_offset(overlay.baseAddress, node, "__overlay__") >= 0 { return true }
      node = fdt_next_subnode(overlay.baseAddress, node)
    }
    return false
  }

  private func write(into blob: UnsafeMutableRawBufferPointer) -> Int32 {
    let address = blob.baseAddress
    let steps: [() -> Int32] =
      [{ fdt_create(address, Int32(blob.count)) }]
      + reservations.map { range in { fdt_add_reservemap_entry(address, range.address, range.size) } }
      + [
        { fdt_finish_reservemap(address) },
        { Self.write(root, into: address) },
        { fdt_finish(address) },
      ]
    for step in steps {
      let status = step()
      if status != 0 { return status }
    }
    return 0
  }

  private static func write(_ node: Node, into blob: UnsafeMutableRawPointer?) -> Int32 {
    var status = fdt_begin_node(blob, node.name)
    for property in node.properties where status == 0 {
      status = fdt_property(blob, property.name, property.bytes, Int32(property.bytes.count))
    }
    for child in node.children where status == 0 { status = write(child, into: blob) }
    return status == 0 ? fdt_end_node(blob) : status
  }
}
