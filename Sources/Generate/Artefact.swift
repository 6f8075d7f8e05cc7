public import Model
public import Wire

/// A file that is made from a layout.
public struct Artefact: Sendable {
  /// Path below the version's folder, which mirrors the tree that the file is dropped into.
  public let path: String
  public let contents: String

  /// Every artefact of a layout: this table is the place to add one.
  ///
  /// - Parameters:
  ///   - release: the release of QEMU that the device's sources are for.
  ///   - interface: what a guest's driver offers to other modules; nil for no driver.
  /// - Returns: the files in the order of the table; a file's path does not depend on its contents.
  public static func all(
    of layout: Layout, qemu release: QEMURelease = QEMURelease.standard, driving interface: Interface? = nil
  ) -> [Artefact] {
    let names = CNames(layout)
    let namespaced = CNames(layout, namespaced: true)
    var artefacts = [
      Artefact(path: "linux/include/uapi/\(UAPIHeader.include(names))", contents: UAPIHeader(layout).text),
      Artefact(path: "linux/include/linux/\(names.prefix)_wire.h", contents: WireHeader(layout).text),
      Artefact(
        path: "qemu/include/standard-headers/\(UAPIHeader.include(names))", contents: StandardHeader(layout).text),
      Artefact(
        path: "qemu/include/hw/virtio/\(names.prefix.dashed)-wire.h", contents: WireHeader(layout, style: .qemu).text),
      Artefact(
        path: "namespaced/\(UAPIHeader.include(namespaced))", contents: UAPIHeader(layout, namespaced: true).text),
      Artefact(
        path: "namespaced/linux/\(namespaced.prefix)_wire.h", contents: WireHeader(layout, namespaced: true).text),
      Artefact(path: "selftest/\(names.prefix)_layout.h", contents: LayoutAsserts(layout).text),
      Artefact(path: "selftest/\(names.prefix)_selftest.c", contents: SelfTest(layout).text),
      Artefact(path: "layout.json", contents: LayoutJSON.text(layout)),
      Artefact(path: "reference.md", contents: Reference(layout).text),
    ]
    if let device = QEMUDevice(layout, for: release) {
      artefacts += device.sources + (LibvirtDomain(device)?.artefacts ?? [])
    }
    if let interface, let driver = LinuxDriver(layout, interface) { artefacts += driver.artefacts }
    return artefacts
  }

  /// Every artefact of a C library's interface; paths mirror where a system has them.
  public static func all(of interface: Interface) -> [Artefact] {
    interface.headers.map {
      Artefact(path: "include/\($0.name).h", contents: InterfaceHeader(interface, $0).text)
    } + [
      Artefact(path: "include/module.modulemap", contents: ModuleMap(interface).text),
      Artefact(path: "lib/\(interface.name).map", contents: VersionScript(interface).text),
      Artefact(path: "lib/pkgconfig/\(interface.name).pc.in", contents: PackageTemplate(interface).text),
    ]
  }
}

extension String {
  /// `virtio_ipsec` as `virtio-ipsec`: QEMU names files so.
  var dashed: String { replacing("_", with: "-") }
}
