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

  /// An error as libfdt numbers them.
  init(_ place: String, code: Int32) {
    self.init(place, String(cString: fdt_strerror(code)))
  }

  public var description: String { place.isEmpty ? problem : "\(place): \(problem)" }
}
