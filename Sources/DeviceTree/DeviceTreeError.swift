internal import CFDT

/// What is wrong with a device tree: where, and what.
public struct DeviceTreeError: Error, Hashable, CustomStringConvertible {
  /// Path of the node, with the property's name behind a colon where it is one; empty for the blob as a whole.
  public let place: String
  public let problem: String

  public init(_ place: String, _ problem: String) {
    self.place = place
    self.problem = problem
  }

  /// An error as libfdt numbers them, in words where a blob from somewhere may have it.
  init(_ place: String, code: Int32) {
    let problem =
      switch -code {
      case FDT_ERR_BADMAGIC: "is no flattened device tree"
      case FDT_ERR_TRUNCATED: "is cut short"
      case FDT_ERR_BADVERSION: "has a version that is not read"
      case FDT_ERR_BADSTRUCTURE, FDT_ERR_BADSTATE, FDT_ERR_BADLAYOUT: "is broken"
      case FDT_ERR_BADOVERLAY: "is no overlay, or a broken one"
      case FDT_ERR_NOTFOUND: "names a node or a label that is not there"
      case FDT_ERR_BADPHANDLE, FDT_ERR_NOPHANDLES: "has a phandle that cannot be"
      default: String(cString: fdt_strerror(code))
      }
    self.init(place, problem)
  }

  public var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}
