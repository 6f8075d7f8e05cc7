import Model
import Testing

@testable import Generate

@Suite struct QEMUTreeTests {
  let device: QEMUDevice

  init() throws {
    device = try Self.device(.standard)
  }

  private static func device(_ release: QEMURelease) throws -> QEMUDevice {
    let layout = try #require(layouts.last)
    return try #require(QEMUDevice(layout, for: release))
  }

  /// Files that hold what the changes are to be found by, and other lines around it.
  private func tree() -> [String: String] { tree(device) }

  private func tree(_ device: QEMUDevice) -> [String: String] {
    var tree: [String: String] = [:]
    for change in device.treeChanges where !change.old.contains(where: { $0.contains(device.name) }) {
      let lines = ["", "lines of another device", ""] + change.old
      tree[change.path, default: ""] += lines.joined(separator: "\n") + "\n"
    }
    return tree
  }

  private func applied(to tree: [String: String]) -> (tree: [String: String], plan: TreePlan) {
    applied(device, to: tree)
  }

  private func applied(_ device: QEMUDevice, to tree: [String: String]) -> (tree: [String: String], plan: TreePlan) {
    let plan = TreePlan(device) { tree[$0] }
    var tree = tree
    for file in plan.files { tree[file.path] = file.contents }
    return (tree, plan)
  }

  private func unplaced(_ plan: TreePlan) -> [(path: String, reason: String)] {
    plan.steps.compactMap { step in
      if case .unplaced(let reason, _) = step.outcome { (step.path, reason) } else { nil }
    }
  }

  @Test(arguments: QEMURelease.all)
  func `a tree gets every file and every change, between the lines that are there`(release: QEMURelease) throws {
    let device = try Self.device(release)
    let (tree, plan) = applied(device, to: tree(device))
    #expect(plan.steps.allSatisfy { $0.outcome == .made })
    for change in device.treeChanges {
      let text = try #require(tree[change.path])
      for line in change.added { #expect(text.contains(line), "\(change.path)") }
      for line in change.removed { #expect(!text.split(separator: "\n").contains(line[...]), "\(change.path)") }
    }
    for (_, artefact) in device.files { #expect(tree[artefact.path] == artefact.contents) }
    #expect(tree["hw/virtio/Kconfig"]?.contains("VHOST_USER\n\nconfig VHOST_USER_IPSEC_LA\n    bool\n") == true)
  }

  @Test func `a tree that has the device is left alone`() {
    let first = applied(to: tree())
    let second = applied(to: first.tree)
    #expect(second.plan.files.isEmpty)
    #expect(second.plan.steps.allSatisfy { $0.outcome == .present })
    #expect(second.tree == first.tree)
  }

  @Test(arguments: QEMURelease.all)
  func `only a file that was generated is replaced`(release: QEMURelease) throws {
    let device = try Self.device(release)
    for (_, artefact) in device.files {
      var older = tree(device)
      older[artefact.path] = artefact.contents + "/* of another version */\n"
      #expect(applied(device, to: older).tree[artefact.path] == artefact.contents)
      older[artefact.path] = "int mine;\n"
      let (tree, plan) = applied(device, to: older)
      #expect(unplaced(plan).map(\.path) == [artefact.path])
      #expect(tree[artefact.path] == "int mine;\n")
    }
  }

  @Test func `lines that moved, between neighbours that changed on one side, are found`() {
    var moved = tree()
    moved["hw/virtio/meson.build"] = moved["hw/virtio/meson.build"]?
      .replacing("    # PCI Stubs", with: "    # PCI\n    # stubs")
    let (tree, plan) = applied(to: moved)
    #expect(unplaced(plan).isEmpty)
    #expect(tree["hw/virtio/meson.build"]?.contains("'vhost-user-ipsec-la.c'") == true)
  }

  @Test(arguments: ["hw/virtio/Kconfig", "hw/virtio/virtio.c", "docs/system/device-emulation.rst"])
  func `a place that is gone is named with its file, which stays as it is; the others are found`(path: String) {
    var broken = tree()
    broken[path] = "nothing that is known\n"
    let (tree, plan) = applied(to: broken)
    #expect(Set(unplaced(plan).map(\.path)) == [path])
    #expect(unplaced(plan).allSatisfy { $0.reason.contains("the lines around '") })
    #expect(tree[path] == "nothing that is known\n")
    #expect(plan.steps.contains { $0.path == "hw/virtio/virtio-qmp.c" && $0.outcome == .made })
  }

  @Test func `a file that is gone is named`() {
    var broken = tree()
    broken["MAINTAINERS"] = nil
    let unplaced = unplaced(applied(to: broken).plan)
    #expect(Set(unplaced.map(\.path)) == ["MAINTAINERS"])
    #expect(unplaced.allSatisfy { $0.reason == "there is no such file" })
  }

  @Test func `an older form of a change is named, not doubled`() throws {
    var (older, _) = applied(to: tree())
    let entry = "    FEATURE_ENTRY(VIRTIO_IPSEC_F_AH,"
    older["hw/virtio/virtio-qmp.c"] = older["hw/virtio/virtio-qmp.c"]?.replacing(entry, with: "    \(entry)")
    let (tree, plan) = applied(to: older)
    let reason = try #require(unplaced(plan).first?.reason)
    #expect(unplaced(plan).count == 1 && reason.contains("in another form"))
    #expect(tree == older)
  }

  @Test(arguments: layouts)
  func `what complies with virtio 1_0 has a device in QEMU, and nothing else`(layout: Layout) {
    let isModern = layout.features.contains { $0.name == "VIRTIO_F_VERSION_1" }
    #expect((QEMUDevice(layout, for: .standard) != nil) == isModern)
  }
}
