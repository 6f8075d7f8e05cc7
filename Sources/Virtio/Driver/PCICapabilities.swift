import Wire

/// A virtio structure that a PCI capability describes.
public struct PCIStructure: Sendable, Hashable {
  /// Offset of the capability in configuration space.
  public let capability: Int
  public let bar: Int
  /// Offset and size in bytes within the BAR.
  public let offset: Int
  public let length: Int
}

/// A virtio device's capabilities, as a driver finds them.
public struct PCICapabilities {
  /// The first of each type.
  public private(set) var structures: [StructureType: PCIStructure] = [:]
  /// Offset of the MSI-X capability; nil where there is none.
  public private(set) var msix: Int?

  /// Walks the capability list.
  ///
  /// What is reserved is skipped, and so is what comes after the first of a type; a list that loops ends.
  public init(of space: any RegisterWindow) {
    var offset = Int(space.read(\PCIHeader.capabilities)) & ~3
    for _ in 0..<48 where offset >= PCIHeader.byteCount {
      let id = space.read(\PCICapability.id, at: offset)
      if id == PCICapability.msix { msix = msix ?? offset }
      if id == PCICapability.vendor { add(offset, space) }
      offset = Int(space.read(\PCICapability.next, at: offset)) & ~3
    }
  }

  private mutating func add(_ offset: Int, _ space: any RegisterWindow) {
    let byteCount = space.read(\VirtioCapability.length, at: offset)
    guard let type = space.read(\VirtioCapability.type, at: offset).known, type != .vendor,
      byteCount >= VirtioCapability.byteCount, structures[type] == nil
    else { return }
    let bar = Int(space.read(\VirtioCapability.bar, at: offset))
    guard bar <= 5 || type == .access else { return }
    structures[type] = PCIStructure(
      capability: offset, bar: bar, offset: Int(space.read(\VirtioCapability.structureOffset, at: offset)),
      length: Int(space.read(\VirtioCapability.structureLength, at: offset)))
  }

  /// A structure that the driver cannot do without.
  ///
  /// - Throws: `VirtioError.badDevice` where it is missing, or shorter than `byteCount`.
  public func require(_ type: StructureType, byteCount: Int) throws(VirtioError) -> PCIStructure {
    guard let structure = structures[type] else { throw .badDevice("no \(type) structure: a legacy device?") }
    guard structure.length >= byteCount else { throw .badDevice("\(type) structure of \(structure.length) bytes") }
    return structure
  }
}
