internal import CFDT

/// A node of a device tree, with its properties and children in the order of the blob.
public struct Node: Hashable, Sendable {
  /// Name with the unit address: `virtio@a000000`; empty for the root.
  public let name: String
  /// Path from the root: `/soc/virtio@a000000`.
  public let path: String
  public var properties: [Property]
  public var children: [Node]

  public init(name: String, path: String, properties: [Property] = [], children: [Node] = []) {
    self.name = name
    self.path = path
    self.properties = properties
    self.children = children
  }

  /// The part of the name behind the `@`.
  public var unitAddress: String? { name.split(separator: "@", maxSplits: 1).dropFirst().first.map(String.init) }

  public func property(_ name: String) -> Property? { properties.first { $0.name == name } }

  /// The child of that name; the unit address may be left out where no other child has the name.
  public func child(_ name: String) -> Node? {
    if let child = children.first(where: { $0.name == name }) { return child }
    let candidates = children.filter { $0.name.hasPrefix(name + "@") }
    return candidates.count == 1 ? candidates[0] : nil
  }

  /// The node and all below it, depth first.
  public var withDescendants: [Node] { [self] + children.flatMap(\.withDescendants) }

  func firstDescendant(where matches: (Node) -> Bool) -> Node? {
    if matches(self) { return self }
    for child in children {
      if let found = child.firstDescendant(where: matches) { return found }
    }
    return nil
  }
}

extension Node {
  /// Nodes within nodes, at most: no real tree comes near, and a made-up one must not exhaust the stack.
  private static let maximumDepth = 64

  /// Decodes the node at `offset` of a blob that `fdt_check_full` has found sound.
  ///
  /// - Throws: `DeviceTreeError` for nodes that are nested too deeply.
  init(
    blob: UnsafeRawBufferPointer, offset: Int32, path: String, depth: Int = 0
  ) throws(DeviceTreeError) {
    guard depth <= Self.maximumDepth else {
      throw DeviceTreeError(path, "is nested more than \(Self.maximumDepth) nodes deep")
    }
    let name = try Self.name(blob, offset, under: path)
    var children: [Node] = []
    var child = fdt_first_subnode(blob.baseAddress, offset)
    while child >= 0 {
      let childPath = (path == "/" ? "" : path) + "/" + (try Self.name(blob, child, under: path))
      children.append(try Node(blob: blob, offset: child, path: childPath, depth: depth + 1))
      child = fdt_next_subnode(blob.baseAddress, child)
    }
    let properties = sequence(first: fdt_first_property_offset(blob.baseAddress, offset)) {
      fdt_next_property_offset(blob.baseAddress, $0)
    }.prefix { $0 >= 0 }
    self.init(
      name: name, path: path, properties: properties.map { Property(blob: blob, offset: $0) }, children: children)
  }

  /// The name of the node at `offset`.
  private static func name(
    _ blob: UnsafeRawBufferPointer, _ offset: Int32, under path: String
  ) throws(DeviceTreeError) -> String {
    var length: Int32 = 0
    guard let name = fdt_get_name(blob.baseAddress, offset, &length) else { throw DeviceTreeError(path, code: length) }
    return String(cString: name)
  }
}
