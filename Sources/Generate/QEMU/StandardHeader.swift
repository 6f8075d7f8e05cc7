import Model

/// The header as QEMU keeps it: what its import of Linux headers makes of the UAPI header.
///
/// QEMU imports with a list of substitutions on text; these are those that concern what we write.
struct StandardHeader {
  let layout: Layout

  init(_ layout: Layout) { self.layout = layout }

  var text: String { Self.imported(UAPIHeader(layout).text) }

  /// A Linux header as QEMU's import leaves it.
  static func imported(_ header: String) -> String {
    header.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = String(line)
      for (prefix, replacement) in [("__u", "uint"), ("u", "uint"), ("__s", "int"), ("__le", "uint"), ("__be", "uint")]
      {
        line = line.replacingNumbered(prefix, by: replacement)
      }
      return line.replacingIncludes().replacing("__attribute__((packed))", with: "QEMU_PACKED")
    }.joined(separator: "\n")
  }
}

extension String {
  /// `<linux/…>` becomes a header of QEMU's own.
  fileprivate func replacingIncludes() -> String {
    guard let start = firstRange(of: "<linux/"), let end = self[start.upperBound...].firstIndex(of: ">") else {
      return self
    }
    return self[..<start.lowerBound] + "\"standard-headers/linux/" + self[start.upperBound..<end] + "\""
      + self[index(after: end)...]
  }
}
