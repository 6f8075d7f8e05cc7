/// Properties that every binding shares (Devicetree Specification 0.4, section 2.3).
extension Node {
  /// What the node is, the most specific first.
  public var compatible: [String] { property("compatible")?.strings ?? [] }

  /// The number by which others refer to the node.
  public var phandle: UInt32? { property("phandle")?.cell }

  /// Whether the device can be used: no `status`, or `okay`.
  public var isEnabled: Bool { property("status")?.string.map { $0 == "okay" || $0 == "ok" } ?? true }
}
