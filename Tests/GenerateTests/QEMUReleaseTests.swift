import Model
import Testing

@testable import Generate

@Suite struct QEMUReleaseTests {
  private func device(_ name: String) throws -> QEMUDevice {
    let layout = try #require(layouts.last)
    let release = try #require(QEMURelease.named(name))
    return try #require(QEMUDevice(layout, for: release))
  }

  @Test func `releases are known by their numbers, whatever the patch level`() {
    #expect(QEMURelease.named("10.0")?.name == "10.0")
    #expect(QEMURelease.named("10.0.2")?.name == "10.0")
    #expect(QEMURelease.named("10.2.2")?.name == "10.2")
    for unknown in ["10", "10.01", "10.1", "10.20", "7.2", ""] { #expect(QEMURelease.named(unknown) == nil) }
  }

  @Test func `releases differ in a few lines of a few files, and in no file's name but the page's`() throws {
    let (older, newer) = (try device("10.0").files, try device("10.2").files)
    var differing: [String: Int] = [:]
    for (before, after) in zip(older, newer) {
      let (old, new) = (before.artefact.contents.split(separator: "\n"), after.artefact.contents.split(separator: "\n"))
      let changes = new.difference(from: old).count
      if changes > 0 { differing[before.artefact.path] = changes }
    }
    #expect(older.count == newer.count)
    #expect(zip(older, newer).count { $0.artefact.path != $1.artefact.path } == 1)
    #expect(
      differing == [
        "include/hw/virtio/vhost-user-ipsec-la.h": 2, "hw/virtio/vhost-user-ipsec-la-pci.c": 2,
        "hw/virtio/vhost-user-ipsec-la.c": 19,
      ])
  }

  @Test func `each release has the same steps, with changes of files that are its own`() throws {
    for step in QEMUDevice.Step.allCases where step != .header {
      let steps = try QEMURelease.all.map { try device($0.name).treeChanges.count { $0.step == step } }
      #expect(Set(steps).count == 1, "\(step)")
    }
    let toctrees = try QEMURelease.all.map { release in
      try device(release.name).treeChanges.map(\.path).filter { $0.hasSuffix(".rst") }
    }
    #expect(toctrees == [["docs/system/device-emulation.rst"], ["docs/system/devices/virtio/index.rst"]])
  }

  @Test(arguments: zip(["10.0", "10.2"], ["CONVERT_FEATURES(strList, ", "CONVERT_FEATURES_EX(strList, "]))
  func `a release gets its own form of a change, once`(release: String, form: String) throws {
    let added = try device(release).treeChanges.flatMap { $0.added }.joined(separator: "\n")
    #expect(added.split(separator: "(strList, ").count == 2)
    #expect(added.contains(form))
  }
}
