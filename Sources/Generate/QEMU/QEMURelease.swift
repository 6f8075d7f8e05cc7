/// A release of QEMU, in so far as the sources of a device differ from one to the next.
public struct QEMURelease: Sendable {
  /// `major.minor`.
  public let name: String
  /// Last parameter of a class's initialiser.
  let classData: String
  /// Where the files of the tree are to be changed.
  let treeChanges: [UInt8]

  /// The releases that there are templates for, the oldest first.
  public static let all = [
    QEMURelease(name: "10.0", classData: "void *data", treeChanges: PackageResources.tree_10_0_diff_in)
  ]

  /// Their names, for a person.
  public static var names: String { all.map(\.name).joined(separator: ", ") }

  public static var newest: QEMURelease { all[all.count - 1] }

  /// The release of that name; `10.0.2` is `10.0`.
  public static func named(_ name: String) -> QEMURelease? {
    all.first { name == $0.name || name.hasPrefix("\($0.name).") }
  }
}
