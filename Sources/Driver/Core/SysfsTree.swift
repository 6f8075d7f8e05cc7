extension Kernel {
  /// The tree of devices with their drivers and attributes, as one would find it below `/sys/devices`.
  public var sysfs: String { Self.text(root, "", isLast: true, isRoot: true) }

  private static func text(_ device: KernelDevice, _ indent: String, isLast: Bool, isRoot: Bool = false) -> String {
    let branch = isRoot ? "" : indent + (isLast ? "└── " : "├── ")
    let inner = isRoot ? "" : indent + (isLast ? "    " : "│   ")
    var text = branch + (isRoot ? "/sys/devices" : device.name) + (device.driver.map { "  [\($0.name)]" } ?? "") + "\n"
    let attributes = device.attributes + device.driverAttributes
    for (index, attribute) in attributes.enumerated() {
      let isLastEntry = index == attributes.count - 1 && device.children.isEmpty
      text += inner + (isLastEntry ? "└╴" : "├╴") + attribute.name + " = " + attribute.show() + "\n"
    }
    for (index, child) in device.children.enumerated() {
      text += Self.text(child, inner, isLast: index == device.children.count - 1)
    }
    return text
  }

  /// Reads the attribute at a path below `/sys/devices`; nil where there is none.
  public func readAttribute(_ path: String) -> String? { attribute(path)?.show() }

  /// Writes to an attribute.
  ///
  /// - Throws: `DriverError`: ENOENT, EOPNOTSUPP for one that is read-only, or what it says.
  public func writeAttribute(_ path: String, _ value: String) throws(DriverError) {
    guard let attribute = attribute(path) else { throw DriverError(.ENOENT, path, "no such attribute") }
    guard let store = attribute.store else { throw DriverError(.EOPNOTSUPP, path, "is read-only") }
    if let errno = store(value) { throw DriverError(errno, path, "refused") }
  }

  private func attribute(_ path: String) -> Attribute? {
    let parts = path.split(separator: "/").map(String.init)
    guard let name = parts.last else { return nil }
    let device = parts.dropLast().reduce(root as KernelDevice?) { device, part in
      device?.children.first { $0.name == part }
    }
    return device.flatMap { device in (device.attributes + device.driverAttributes).first { $0.name == name } }
  }
}
