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
        linux/drivers/crypto/virtio-ipsec/                   a guest's driver, from 2.0 on
        linux/include/uapi/linux/ipsec_la.h                  its character device, for user space
        linux/include/linux/g_ipsec_la.h                     its g-API, for other modules
        qemu/include/standard-headers/linux/virtio_ipsec.h   what QEMU's import makes of the first
        qemu/include/hw/virtio/virtio-ipsec-wire.h           the second, in QEMU's style
        qemu/{hw,include,docs,tests}/…/vhost-user-ipsec-la…  a device whose back end speaks vhost-user
        libvirt/vhost-user-ipsec-la.{xml,md}                 a domain that has it, and what that takes
        namespaced/…                                         names that carry the version
        selftest/…                                           a C program that proves the layout
        layout.json, reference.md                            for tools and for people

      The g-API's go to DIR/g-api/…, as long as no version is named:

        include/g_ipsec_la.h, g_ipsec_la_sim.h               for applications
        lib/pkgconfig/g_ipsec_la.pc.in                       to be filled in when the library is installed
        lib/g_ipsec_la.map                                   the names that the library shows

      and beside DIR, in qemu-patches/, the patches that bring the device of the newest version into QEMU.

      With --qemu-tree nothing of that is written: the device is brought into a source tree of QEMU, by the lines \
      around each place. What is there already is left alone, and what has no place is told.

      With --check nothing is written: the files are made in memory and compared with those in DIR, or with what \
      the tree has. A file of somebody else's that has the name of one in the tree is told, and stays.

      Exit codes: 0 done or equal; 1 --check found a difference, or a change has no place in a tree; 2 bad \
      usage, or a file could not be written or read.

      Examples:
        ipsec-la generate
        ipsec-la generate --spec-version 2.0 --output build/headers
        ipsec-la generate --check
        ipsec-la generate --qemu-tree ~/src/qemu
      """)

  @OptionGroup var selection: VersionSelection

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write. (default: gen)", valueName: "dir"))
  var output: String?

  @Flag(help: "Compare instead of writing; print the difference and exit with 1 if there is one.")
  var check = false

  @Option(
    help: ArgumentHelp(
      "Release of QEMU to write for: \(QEMURelease.names). (default: \(QEMURelease.standard.name), or the tree's)",
      valueName: "version"))
  var qemuVersion: String?

  @Option(help: ArgumentHelp("Bring the device into a source tree of QEMU.", valueName: "dir"))
  var qemuTree: String?

  func run() throws {
    guard output == nil || qemuTree == nil else {
      throw CommandError("--output and --qemu-tree exclude each other")
    }
    let output = output ?? "gen"
    guard !output.isEmpty else { throw CommandError("--output: names no folder") }
    let wanted = try wantedRelease()
    let layouts = try selection.layouts()
    if let qemuTree { return try add(layouts, to: QEMUTree(root: qemuTree), wanted) }
    let release = wanted ?? .standard
    let interfaces = selection.isAll ? [GAPI.interface] : []
    let series = selection.isAll ? layouts.last.flatMap { QEMUDevice($0, for: release) }.map(QEMUSeries.init) : nil
    let files = layouts.concurrentMap { layout in
      Artefact.all(of: layout, qemu: release, driving: GAPI.interface).map {
        (path: "\(layout.version)/\($0.path)", contents: $0.contents)
      }
    }.flatMap(\.self) + interfaces.flatMap { interface in
      Artefact.all(of: interface).map { (path: "g-api/\($0.path)", contents: $0.contents) }
    }
    let patches = (series?.artefacts ?? []).map { (path: "qemu-patches/\($0.path)", contents: $0.contents) }
    let trees = [
      (OutputTree(root: output), files, layouts.map(\.version) + interfaces.map { _ in "g-api" }),
      (OutputTree(root: FilePath.parent(of: output)), patches, series == nil ? [] : ["qemu-patches"]),
    ]
    guard check else { return try OutputTree.write(trees.map { ($0.0, $0.1) }) }
    var repair = selection.repairingCommand(output: output)
    if release.name != QEMURelease.standard.name { repair += " --qemu-version \(release.name)" }
    var isEqual = true
    for (tree, files, folders) in trees where try !tree.check(files, folders: folders, repair: repair) {
      isEqual = false
    }
    guard isEqual else { throw ExitCode(1) }
  }

  /// The release that was asked for, if any was.
  private func wantedRelease() throws -> QEMURelease? {
    guard let qemuVersion else { return nil }
    guard let release = QEMURelease.named(qemuVersion) else {
      throw CommandError("--qemu-version: nothing is written for '\(qemuVersion)'; there is \(QEMURelease.names)")
    }
    return release
  }

  /// - Parameter wanted: the release to write for; nil for the tree's own, or the standard one if that is unknown.
  private func add(_ layouts: [Layout], to tree: QEMUTree, _ wanted: QEMURelease?) throws {
    let version = try tree.version()
    let known = QEMURelease.named(version)
    let release = wanted ?? known ?? .standard
    if known?.name != release.name {
      print("the tree is QEMU \(version); what follows is written for \(release.name)")
    }
    guard let layout = layouts.last, let device = QEMUDevice(layout, for: release) else {
      throw CommandError("--qemu-tree: QEMU can only have a device that complies with virtio 1.0 or later")
    }
    guard try tree.add(device, isTrial: check) else { throw ExitCode(1) }
  }
}
