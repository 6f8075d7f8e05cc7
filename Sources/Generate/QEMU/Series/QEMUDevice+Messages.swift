extension QEMUDevice {
  /// What a patch of the series does, and why.
  func message(of step: Step) -> (subject: String, body: String) {
    switch step {
    case .documentation:
      (
        "docs: describe \(name)",
        """
        The page says what the device is, how it is set up with a back end, and which limits vhost-user puts on it. It \
        comes first so that the patches that follow can be read against it.
        """
      )
    case .header:
      (
        "standard-headers: import \(UAPIHeader.include(names))",
        """
        This is what scripts/update-linux-headers.sh makes of the UAPI header, which is generated from the same \
        definition and is not in Linux. It carries the device ID, too, as \(names.deviceID) has no place in \
        virtio_ids.h yet.
        """
      )
    case .names:
      (
        "virtio: name \(names.prefix.dashed) and its features",
        """
        QEMU aborts at start when a device has no name in virtio.c, and a query of its status aborts it when \
        virtio-qmp.c has no features for its ID. The IDs of virtio devices can be chosen by a property of the device \
        that follows: one that nobody knows the features of is no reason to abort.
        """
      )
    case .device:
      (
        "hw/virtio: add \(name)",
        """
        A front end for back ends that serve the device over vhost-user. It builds on vhost_dev itself, as \
        vhost-user-blk does: the base class for vhost-user devices aborts when a back end dies, and cannot connect to \
        the next one. Requests in flight survive a back end that is started again; the back end's state goes along \
        with a migration.

        While the event for control commands is traced, the guest's notifications for that queue pass through QEMU, \
        which names what became available.
        """
      )
    case .pci:
      (
        "hw/virtio: add \(name)-pci",
        """
        The device on PCI, without a legacy interface, and with as many MSI-X vectors as it has queues, and one for \
        its configuration. On virtio-mmio it needs nothing of its own.
        """
      )
    case .test:
      (
        "tests/qtest: test \(name)",
        """
        The test is a back end that speaks just enough. Properties that cannot be served are refused; the \
        configuration space and the features reach the guest, on PCI and on virtio-mmio, and QMP names them; a back \
        end that comes back is started again, with what the guest wrote, and one that had forgotten it leaves a device \
        that needs a reset; and a control command that is traced by its name reaches the back end all the same.
        """
      )
    }
  }
}
