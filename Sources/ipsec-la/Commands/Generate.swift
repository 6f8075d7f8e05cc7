import ArgumentParser
import Foundation
import Generate
import Model
import Spec

struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Write the C headers, layout.json and the reference of each version.",
    discussion: """
      Files go to DIR/VERSION/…, below paths that mirror the trees they are dropped into:

        linux/include/uapi/linux/virtio_ipsec.h              for a kernel, and for user space
        linux/include/linux/virtio_ipsec_wire.h              registers, builders and parsers
        qemu/include/standard-headers/linux/virtio_ipsec.h   what QEMU's import makes of the first
        qemu/include/hw/virtio/virtio-ipsec-wire.h           the second, in QEMU's style
        namespaced/…                                         names that carry the version
        selftest/…                                           a C program that proves the layout
        layout.json, reference.md                            for tools and for people

      The g-API's go to DIR/g-api/…, as long as no version is named:

        include/g_ipsec_la.h, g_ipsec_la_sim.h               for applications
        lib/pkgconfig/g_ipsec_la.pc.in                       to be filled in when the library is installed
        lib/g_ipsec_la.map                                   the names that the library shows

      With --check nothing is written: the files are made in memory and compared with those in DIR.

      Exit codes: 0 done or equal; 1 --check found a difference; 2 bad usage, or a file could not be written or read.

      Examples:
        ipsec-la generate
        ipsec-la generate --spec-version 2.0 --output build/headers
        ipsec-la generate --check
      """)

  @OptionGroup var selection: VersionSelection

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write.", valueName: "dir"))
  var output = "gen"

  @Flag(help: "Compare instead of writing; print the difference and exit with 1 if there is one.")
  var check = false

  func run() throws {
    guard !output.isEmpty else { throw CommandError("--output: names no folder") }
    let layouts = try selection.layouts()
    let interfaces = selection.isAll ? [GAPI.interface] : []
    let files = layouts.concurrentMap { layout in
      Artefact.all(of: layout).map { (path: "\(layout.version)/\($0.path)", contents: $0.contents) }
    }.flatMap(\.self) + interfaces.flatMap { interface in
      Artefact.all(of: interface).map { (path: "g-api/\($0.path)", contents: $0.contents) }
    }
    let tree = OutputTree(root: output)
    if check {
      let folders = layouts.map(\.version) + interfaces.map { _ in "g-api" }
      guard try tree.check(files, folders: folders, repair: selection.repairingCommand(output: output)) else {
        throw ExitCode(1)
      }
    } else {
      try tree.write(files)
    }
  }
}
