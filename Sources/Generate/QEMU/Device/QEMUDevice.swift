public import Model

/// A device in QEMU whose back end speaks vhost-user: its sources, and what they say of a layout.
///
/// Only what complies with virtio 1.0 or later has one, since QEMU asks nothing else of such a back end; and only what
/// has pairs of queues, a register that says how many, and a control queue.
public struct QEMUDevice: Sendable {
  let layout: Layout
  let names: CNames
  let release: QEMURelease
  let control: Control
  let pairs: Pairs

  /// Where control commands are told apart.
  struct Control: Sendable {
    let queue: String
    let header: Layout.Structure
    let commands: [Layout.Command]
  }

  /// The register, and the bits of it, that say how many pairs of queues there are.
  struct Pairs: Sendable {
    let register: Layout.Register
    let layout: Layout.BitLayout
    let bits: Layout.BitRange
  }

  /// - Returns: nil for a layout that QEMU cannot have a device of.
  public init?(_ layout: Layout, for release: QEMURelease) {
    guard layout.features.contains(where: { $0.name == "VIRTIO_F_VERSION_1" }),
      layout.queues.kinds.contains(where: \.isPaired), let pairs = Pairs(layout), let control = Control(layout)
    else { return nil }
    self.layout = layout
    self.release = release
    self.control = control
    self.pairs = pairs
    names = CNames(layout)
  }

  /// `vhost-user-ipsec-la`: as the title names the device.
  var name: String {
    let title = layout.title.prefix { $0 != " " }
    return "vhost-user-" + (title.hasPrefix("virtio-") ? title.dropFirst(7) : title)
  }

  /// `vhost_user_ipsec_la`.
  var prefix: String { name.replacing("-", with: "_") }

  /// `VHostUserIpsecLa`.
  var type: String {
    "VHostUser" + name.split(separator: "-").dropFirst(2).map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
  }
}

extension QEMUDevice.Pairs {
  init?(_ layout: Layout) {
    for register in layout.registers where register.access == .readOnly && register.count == nil {
      guard case .bits(let name) = register.type, let bits = layout.bitLayout(name),
        let range = bits.ranges.first(where: { $0.name == "max_pairs" })
      else { continue }
      self.init(register: register, layout: bits, bits: range)
      return
    }
    return nil
  }
}

extension QEMUDevice.Control {
  init?(_ layout: Layout) {
    guard let queue = layout.queues.kinds.first, !queue.isPaired,
      let service = layout.services.first(where: { $0.queues == [queue.name] }),
      case .structure(let name)? = service.commands.first?.readable.first, let header = layout.structure(name),
      header.fields.count >= 2, service.commands.allSatisfy({ $0.codes.count == 2 })
    else { return nil }
    self.init(queue: queue.name, header: header, commands: service.commands)
  }
}
