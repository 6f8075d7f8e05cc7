import Model
import Wire

/// The guest's driver for Linux: what comes from the definitions is in tables and in the headers beside it, the rest
/// is the text of `Source`.
///
/// Its text names messages, so it is for layouts that have these: modern ones, in which no structure is packed.
struct LinuxDriver {
  let layout: Layout
  let interface: Interface

  /// - Parameter interface: what the driver offers to other modules.
  /// - Returns: nil for a layout that the driver's text does not fit.
  init?(_ layout: Layout, _ interface: Interface) {
    let needed = ["ctrl_hdr", "ctrl_status", "sa_entry", "attr_hdr", "data_req", "data_completion", "notification"]
    guard layout.prefix == "virtio_ipsec", !layout.structures.contains(where: \.isPacked),
      needed.allSatisfy({ name in layout.structures.contains { $0.name == name } })
    else { return nil }
    self.layout = layout
    self.interface = interface
  }

  /// Every file of the driver; paths mirror a kernel's tree.
  var artefacts: [Artefact] {
    let made = [
      KernelInterfaceHeader(interface).file,
      DriverFile("tables.h", DriverTables.headerSummary, DriverTables(layout).header),
      DriverFile("tables.c", DriverTables.sourceSummary, DriverTables(layout).source),
    ]
    return (Self.files + made).map { Artefact(path: "linux/\($0.path)", contents: $0.text(layout)) }
  }
}

/// A file of the driver: what stands under its first lines.
struct DriverFile {
  /// Path in a kernel's tree.
  let path: String
  /// What the file is; says also that it is generated.
  let summary: String
  let body: String

  /// - Parameter path: below the driver's folder where it has no folder itself.
  init(_ path: String, _ summary: String, _ body: String) {
    self.path = path.contains("/") ? path : "\(Self.folder)/\(path)"
    self.summary = summary
    self.body = body
  }

  private static let folder = "drivers/crypto/virtio-ipsec"
  private static let license = "GPL-2.0 OR BSD-3-Clause"
  private static let uapiLicense = "((GPL-2.0 WITH Linux-syscall-note) OR BSD-3-Clause)"

  func text(_ layout: Layout) -> String {
    let words = "\(summary)\n\nGenerated; do not edit. Made by: \(Banner.command(layout))"
    var out = Printer()
    if path.hasSuffix(".h") {
      out.line("/* SPDX-License-Identifier: \(path.contains("/uapi/") ? Self.uapiLicense : "(\(Self.license))") */")
      out.comment(words)
    } else if path.hasSuffix(".c") {
      out.line("// SPDX-License-Identifier: \(Self.license)")
      out.comment(words)
    } else {
      // In reStructuredText, a comment is a paragraph that is indented.
      let isDocument = path.hasSuffix(".rst")
      out.line("\(isDocument ? ".." : "#") SPDX-License-Identifier: \(Self.license)")
      out.line(isDocument ? "\n.." : "#")
      for line in words.wrapped(to: 76) { out.line(isDocument ? "   \(line)".trimmed : "# \(line)".trimmed) }
      out.line()
    }
    return out.text + body
  }
}

extension String {
  /// Without white space at the end.
  fileprivate var trimmed: String {
    var text = self[...]
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
