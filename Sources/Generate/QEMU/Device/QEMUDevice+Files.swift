extension QEMUDevice {
  /// The files that QEMU has not yet: this table is the place to add one.
  var files: [(step: Step, artefact: Artefact)] {
    let facts = facts
    func made(_ path: String, _ parts: [UInt8]...) -> Artefact {
      let texts = parts.map { Template($0).filled(with: facts) }
      return Artefact(path: path, contents: texts.joined(separator: "\n"))
    }
    typealias Resources = PackageResources
    return [
      (.documentation, made("\(release.pages)/\(name).rst", Resources.page_rst_in)),
      (.header, Artefact(path: standardHeader, contents: StandardHeader(layout).text)),
      (.device, made("include/hw/virtio/\(name).h", Resources.device_h_in)),
      (
        .device,
        made(
          "hw/virtio/\(name).c", Resources.device_head_c_in, Resources.device_config_c_in, Resources.device_run_c_in,
          Resources.device_connect_c_in, Resources.device_realize_c_in, Resources.device_migrate_c_in,
          Resources.device_class_c_in)
      ),
      (.device, made("hw/virtio/\(name)-trace.c", Resources.trace_c_in)),
      (.pci, made("hw/virtio/\(name)-pci.c", Resources.pci_c_in)),
      (
        .test,
        made(
          "tests/qtest/\(name)-test.c", Resources.test_messages_c_in, Resources.test_server_c_in,
          Resources.test_cases_c_in, Resources.test_restart_c_in, Resources.test_status_c_in)
      ),
    ]
  }

  /// The files as they stand among a version's artefacts, where the interface's header is one by itself.
  var sources: [Artefact] {
    files.filter { $0.step != .header }.map {
      Artefact(path: "qemu/\($0.artefact.path)", contents: $0.artefact.contents)
    }
  }

  /// Where QEMU has the header of the interface.
  var standardHeader: String { "include/standard-headers/\(UAPIHeader.include(names))" }

  /// One step from a tree without the device to one that has it: a patch of the series.
  enum Step: String, CaseIterable, Sendable {
    case documentation, header, names, device, pci, test
  }
}
