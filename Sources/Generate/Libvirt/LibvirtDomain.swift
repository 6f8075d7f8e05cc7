import Model

/// What libvirt is told of a device in QEMU: a domain that has it, and a page about what that takes.
///
/// The domain has the device on PCI, so only a device that PCI has an ID for has one.
struct LibvirtDomain {
  let device: QEMUDevice
  let pciDevice: Int

  /// - Returns: nil for a device that PCI has no ID for.
  init?(_ device: QEMUDevice) {
    guard let pciDevice = device.layout.identity.pciDevice else { return nil }
    self.device = device
    self.pciDevice = pciDevice
  }

  var artefacts: [Artefact] {
    let facts = device.facts.merging(facts) { $1 }
    return [
      Artefact(
        path: "libvirt/\(device.name).xml", contents: Template(PackageResources.domain_xml_in).filled(with: facts)),
      Artefact(
        path: "libvirt/\(device.name).md", contents: Template(PackageResources.domain_md_in).filled(with: facts)),
    ]
  }

  /// Of all sockets, since their folder is what permissions and profiles name.
  private static let sockets = "/run/ipsec-la"
  /// Those of the domain, and the device's pairs of queues.
  private static let processors = 2
  /// libvirt gives away slots from 1 on, and the chipset has those from 0x1a on.
  private static let slot = "0x10"

  /// What the templates ask for besides what QEMU's do.
  private var facts: [String: String] {
    let command = Banner.command(device.layout)
    let macro = device.names.prefix.uppercased()
    return [
      // A comment in XML has no two dashes in it.
      "made-by": command.replacing(" --", with: ", "),
      "vcpus": "\(Self.processors)",
      "slot": Self.slot,
      "socket": "\(Self.sockets)/ipsec0.sock",
      "sockets": "\(Self.sockets)/*.sock",
      "max-descriptors": "\(QEMUDevice.maximumQueues * QEMUDevice.descriptorsPerQueue)",
      "pci-vendor": String(device.layout.identity.pciVendor, radix: 16),
      "pci-id": String(pciDevice, radix: 16),
      "RESOURCE": macro,
      "TRAIT": "\(macro)_\(device.layout.version.replacing(".", with: "_"))",
    ]
  }
}
