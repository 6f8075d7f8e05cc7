/// A release of QEMU, in so far as the sources of a device differ from one to the next.
public struct QEMURelease: Sendable {
  /// `major.minor`; by it, the template of the tree's changes says where each is made.
  public let name: String
  /// Last parameter of a class's initialiser.
  let classData: String
  /// Type of what connects a device with its chardev.
  let charFrontEnd: String
  /// Whether a device tells of a back end that did not stop, so that its guest does not migrate.
  let tellsOfStop: Bool
  /// Folder of the pages about devices of this kind.
  let pages: String

  /// The releases that there are templates for, the oldest first.
  public static let all = [
    QEMURelease(
      name: "10.0", classData: "void *data", charFrontEnd: "CharBackend", tellsOfStop: false,
      pages: "docs/system/devices"),
    QEMURelease(
      name: "10.2", classData: "const void *data", charFrontEnd: "CharFrontend", tellsOfStop: true,
      pages: "docs/system/devices/virtio"),
  ]

  /// Their names, for a person.
  public static var names: String { all.map(\.name).joined(separator: ", ") }

  /// The one that is written for unless another is asked for.
  public static var standard: QEMURelease { all[0] }

  /// The release of that name; `10.0.2` is `10.0`.
  public static func named(_ name: String) -> QEMURelease? {
    all.first { name == $0.name || name.hasPrefix("\($0.name).") }
  }

  /// What the templates ask for.
  var facts: [String: String] {
    [
      "class-data": classData,
      "CharFrontEnd": charFrontEnd,
      "pages": pages,
      "status": tellsOfStop ? "int" : "void",
      "status-ok": tellsOfStop ? " 0" : "",
      "status-error": tellsOfStop ? " ret" : "",
      "status-of-stop": tellsOfStop ? "return " : "",
      "status-end": tellsOfStop ? "    return 0;" : "",
      "stopped": tellsOfStop ? "stopped = " : "",
      "stopped-variable": tellsOfStop ? "    int stopped;" : "",
      "stopped-end": tellsOfStop ? "    return stopped;" : "",
    ]
  }
}
