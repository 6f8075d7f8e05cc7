public import Wire

extension Layout {
  /// The definition as plain values.
  public init(_ definition: Definition) {
    let naming = Naming(prefix: "\(definition.prefix)".uppercased() + "_", version: definition.version)
    var collector = Collector(naming: naming)
    let structures = definition.messages.map { collector.structure($0) }
    let registers = definition.registers.map { collector.register($0, order: definition.order) }
    let services = definition.services.map { collector.service($0) }

    self.version = "\(definition.version)"
    self.prefix = "\(definition.prefix)"
    self.title = "\(definition.title)"
    self.summary = "\(definition.summary)"
    self.identity = Identity(
      deviceID: definition.identity.deviceID, ownDeviceID: nil, pciVendor: definition.identity.pciVendor,
      versionRegister: definition.version.register, pciBase: definition.identity.pciBase)
    self.registers = registers
    self.queues = Queues(definition.queues, naming)
    self.features = definition.features.map { feature in
      let number = naming.number(feature)
      let needs = definition.dependencies.filter { naming.number($0.feature).name == number.name }.flatMap(\.needs)
      return Feature(
        name: number.name, bit: Int(number.value), summary: number.summary, needs: needs.map { naming.number($0).name },
        isForeign: !number.name.hasPrefix(naming.prefix))
    }
    self.featureUses = definition.featureUses.map { FeatureUse($0, naming) }
    self.enumerations = definition.enumerations.map { naming.group($0) }
    self.constants = definition.constants.map { group in
      NumberGroup(
        name: "\(group.name)", summary: "\(group.summary)",
        numbers: group.constants.map {
          Number(name: naming.full("\($0.name)"), value: $0.value, summary: "\($0.summary)")
        })
    }
    self.bitLayouts = collector.bitLayouts
    self.structures = structures
    self.groups = collector.groups
    self.attributeSets = collector.attributeSets
    self.services = services
    self.statements = definition.statements.map { Statement(id: "\($0.id)", text: "\($0.text)") }
    self.errata = definition.errata.map {
      Erratum(
        id: "\($0.id)", place: "\($0.place)", defect: "\($0.defect)", resolution: "\($0.resolution)",
        rule: $0.rule.map { "\($0)" })
    }
    self.quirks = definition.quirks.map { Quirk(name: $0.name, summary: $0.summary) }
    self.counterparts = definition.counterparts.map {
      Counterpart(place: "\($0.place)", counterpart: $0.counterpart.map { "\($0)" }, note: $0.note.map { "\($0)" })
    }
  }
}

/// How the names of one version are formed.
struct Naming {
  /// `VIRTIO_IPSEC_`.
  let prefix: String
  let version: SpecVersion

  /// The full C name; one that virtio itself defines stands as it is.
  func full(_ name: String) -> String { name.hasPrefix("VIRTIO_") ? name : prefix + name }

  func number(_ enumerator: any Enumeration) -> Layout.Number {
    let entry = enumerator.entry
    return Layout.Number(name: full(entry.name(in: version)), value: value(of: enumerator), summary: entry.summary)
  }

  func group(_ type: any Enumeration.Type) -> Layout.NumberGroup {
    Layout.NumberGroup(name: "\(type.name)", summary: "\(type.summary)", numbers: cases(of: type).map(number))
  }

  private func cases<E: Enumeration>(of type: E.Type) -> [any Enumeration] {
    E.allCases.filter { $0.entry.exists(in: version) }
  }

  private func value<E: Enumeration>(of enumerator: E) -> UInt64 { UInt64(enumerator.rawValue) }
}

extension Layout.FeatureUse {
  init(_ featureUse: FeatureUse, _ naming: Naming) {
    let use: Use =
      switch featureUse.use {
      case .above(let value, let field): .above(Layout.Reference(field), value: value)
      case .equal(let value, let field): .equal(Layout.Reference(field), value: value)
      case .enumerator(let enumerator): .enumerator(name: naming.number(enumerator).name)
      }
    self.init(feature: naming.number(featureUse.feature).name, use: use)
  }
}

extension Layout.Queues {
  init(_ topology: QueueTopology, _ naming: Naming) {
    self.init(
      kinds: topology.queues.map { queue in
        Layout.QueueKind(
          name: "\(queue.name)", summary: "\(queue.summary)", isPaired: queue.isPaired,
          features: queue.features.map { naming.number($0).name })
      },
      defaultDataQueues: topology.defaultDataQueues, maximumPairs: topology.maximumPairs,
      defaultSize: topology.defaultSize, maximumSize: topology.maximumSize)
  }
}
