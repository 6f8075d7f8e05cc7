internal import CFDT

/// A device tree, decoded from a flattened blob (Devicetree Specification 0.4, chapter 5).
///
/// The blob is checked as a whole when it comes in; what is handed out afterwards are values.
public struct DeviceTree: Hashable, Sendable {
  public var root: Node
  /// Memory that nobody may use: the blob's reservation block, `/memreserve/` in source (5.3).
  public var reservations: [AddressRange]

  public init(root: Node, reservations: [AddressRange] = []) {
    self.root = root
    self.reservations = reservations
  }

  /// - Parameter blob: a flattened device tree; bytes behind its end are ignored.
  /// - Throws: `DeviceTreeError` with libfdt's reason for a blob that is truncated, of an unknown version, or broken.
  public init(blob: [UInt8]) throws(DeviceTreeError) {
    try BlobCheck.check(blob)
    root = try blob.withUnsafeBytes { bytes in
      Result { () throws(DeviceTreeError) in try Node(blob: bytes, offset: 0, path: "/") }
    }.get()
    reservations = blob.withUnsafeBytes { bytes in
      (0..<max(0, fdt_num_mem_rsv(bytes.baseAddress))).map { index in
        var (address, size) = (UInt64(), UInt64())
        fdt_get_mem_rsv(bytes.baseAddress, index, &address, &size)
        return AddressRange(address: address, size: size)
      }
    }
    try PhandleIndex.check(root)
  }

  /// The node at a path: `/soc/pcie@30000000`; an alias of `/aliases` may take the place of the first part.
  public func node(at path: String) -> Node? {
    var parts = path.split(separator: "/").map(String.init)
    if !path.hasPrefix("/"), let alias = parts.first {
      guard let target = root.child("aliases")?.property(alias)?.string else { return nil }
      parts = target.split(separator: "/").map(String.init) + parts.dropFirst()
    }
    return parts.reduce(root as Node?) { node, part in node?.child(part) }
  }

  /// The node with the phandle, by which interrupts and clocks are referred to.
  public func node(phandle: UInt32) -> Node? { root.firstDescendant { $0.phandle == phandle } }

  /// Every node whose `compatible` has the string, in the order of the tree.
  public func nodes(compatible: String) -> [Node] {
    root.withDescendants.filter { $0.compatible.contains(compatible) }
  }
}

/// What stands between a blob from somewhere and libfdt's readers.
enum BlobCheck {
  /// The version whose blobs dtc has written since 2007 (Devicetree Specification 0.4, section 5.2). Before it, libfdt
  /// takes nodes and strings to be sound that are not.
  private static let oldestVersion = 17

  /// - Throws: `DeviceTreeError` for a blob that is cut off, of an old version, or broken.
  static func check(_ blob: [UInt8], named name: String = "") throws(DeviceTreeError) {
    let status = blob.withUnsafeBytes { $0.count < 40 ? -FDT_ERR_TRUNCATED : fdt_check_header($0.baseAddress) }
    guard status == 0 else { throw DeviceTreeError(name, code: status) }
    let version = blob[20..<24].reduce(0) { $0 << 8 | Int($1) }
    guard version >= oldestVersion else {
      throw DeviceTreeError(name, "has version \(version), and \(oldestVersion) is the oldest that is read")
    }
    let soundness = blob.withUnsafeBytes { fdt_check_full($0.baseAddress, $0.count) }
    guard soundness == 0 else { throw DeviceTreeError(name, code: soundness) }
  }
}

/// Phandles are unique (Devicetree Specification 0.4, section 2.3.3).
private enum PhandleIndex {
  static func check(_ root: Node) throws(DeviceTreeError) {
    var owners: [UInt32: String] = [:]
    for node in root.withDescendants {
      guard let phandle = node.phandle else { continue }
      if let owner = owners.updateValue(node.path, forKey: phandle) {
        throw DeviceTreeError("\(node.path):phandle", "\(phandle) is also that of \(owner)")
      }
    }
  }
}
