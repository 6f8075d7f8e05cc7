/// A device of one version, whole: what `Spec` writes down and everything else is made from.
public struct Definition: Sendable {
  public let version: SpecVersion
  /// Prefix of every C name, in snake case: `virtio_ipsec`.
  public let prefix: StaticString
  public let title: StaticString
  public let summary: StaticString
  /// Byte order of registers.
  public let order: FieldOrder
  public let identity: Identity
  public let registers: [Register]
  public let queues: QueueTopology
  /// Feature bits; the raw values are the bit numbers.
  public let features: [any Enumeration]
  /// Which feature needs which others.
  public let dependencies: [FeatureDependency]
  /// What is an error without which feature.
  public let featureUses: [FeatureUse]
  public let enumerations: [any Enumeration.Type]
  public let constants: [ConstantGroup]
  public let messages: [any Message.Type]
  /// Control commands, data requests and notifications, each under the queue that carries it.
  public let services: [Service]
  /// What both sides do, where no layout can say it.
  public let statements: [Statement]
  public let errata: [Erratum]
  public let quirks: [Quirk]
  /// What the fields are called in another definition that means the same.
  public let counterparts: [Counterpart]

  public init(
    version: SpecVersion, prefix: StaticString, title: StaticString, summary: StaticString, order: FieldOrder,
    identity: Identity, registers: [Register], queues: QueueTopology, features: [any Enumeration],
    dependencies: [FeatureDependency] = [], featureUses: [FeatureUse] = [], enumerations: [any Enumeration.Type],
    constants: [ConstantGroup] = [], messages: [any Message.Type], services: [Service], statements: [Statement] = [],
    errata: [Erratum] = [], quirks: [Quirk] = [], counterparts: [Counterpart] = []
  ) {
    self.version = version
    self.prefix = prefix
    self.title = title
    self.summary = summary
    self.order = order
    self.identity = identity
    self.registers = registers
    self.queues = queues
    self.features = features
    self.dependencies = dependencies
    self.featureUses = featureUses
    self.enumerations = enumerations
    self.constants = constants
    self.messages = messages
    self.services = services
    self.statements = statements
    self.errata = errata
    self.quirks = quirks
    self.counterparts = counterparts
  }
}

/// The numbers by which a driver finds the device.
public struct Identity: Sendable {
  /// Virtio device ID.
  public var deviceID: Int
  /// PCI vendor ID.
  public let pciVendor: Int
  /// PCI device ID of virtio device ID 0.
  public let pciBase: Int

  public init(deviceID: Int, pciVendor: Int = 0x1af4, pciBase: Int = 0x1040) {
    self.deviceID = deviceID
    self.pciVendor = pciVendor
    self.pciBase = pciBase
  }
}

/// One way in which the device is used, and the queue that carries it.
public struct Service: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  /// Names of the queues.
  public let queues: [StaticString]
  public let summary: StaticString
  public let commands: [Command]

  public init(_ name: StaticString, on queues: [StaticString], _ summary: StaticString, _ commands: [Command]) {
    self.name = name
    self.queues = queues
    self.summary = summary
    self.commands = commands
  }
}

/// Numbers that belong together but are no enumeration: limits, and pairs whose numbers repeat.
public struct ConstantGroup: Sendable {
  /// Name in the interface, in snake case.
  public let name: StaticString
  public let summary: StaticString
  public let constants: [Constant]

  public init(_ name: StaticString, _ summary: StaticString, _ constants: [Constant]) {
    self.name = name
    self.summary = summary
    self.constants = constants
  }
}

/// A named number.
public struct Constant: Sendable {
  /// Name in the interface without the device's prefix, in upper case.
  public let name: StaticString
  public let value: UInt64
  public let summary: StaticString

  public init(_ name: StaticString, _ value: UInt64, _ summary: StaticString) {
    self.name = name
    self.value = value
    self.summary = summary
  }
}

/// A feature and those without which it is not to be offered or accepted.
public struct FeatureDependency: Sendable {
  public let feature: any Enumeration
  public let needs: [any Enumeration]

  public init(_ feature: any Enumeration, needs: [any Enumeration]) {
    self.feature = feature
    self.needs = needs
  }
}

/// A rule of behaviour.
public struct Statement: Sendable {
  /// Stable identifier.
  public let id: StaticString
  public let text: StaticString

  public init(_ id: StaticString, _ text: StaticString) {
    self.id = id
    self.text = text
  }
}

/// A known defect of a published version, and what this project does instead.
public struct Erratum: Sendable {
  /// Stable identifier.
  public let id: StaticString
  /// What is affected, by its name in the interface: `sa_params.flags`, `features`, `queues`.
  public let place: StaticString
  public let defect: StaticString
  public let resolution: StaticString
  /// The rule that reports the defect; nil where no rule can see it.
  public let rule: StaticString?

  public init(
    _ id: StaticString, at place: StaticString, rule: StaticString? = nil, _ defect: StaticString,
    instead resolution: StaticString
  ) {
    self.id = id
    self.place = place
    self.defect = defect
    self.resolution = resolution
    self.rule = rule
  }
}

/// A habit of a published implementation that contradicts the interface; a switch for each, off unless asked for.
public struct Quirk: Sendable {
  /// Stable identifier.
  public let name: String
  public let summary: String

  public init(_ name: String, _ summary: String) {
    self.name = name
    self.summary = summary
  }
}

/// What a field is called in another definition, or that it has no counterpart there.
public struct Counterpart: Sendable {
  /// `message.field` in this definition.
  public let place: StaticString
  /// The other definition's name for it; nil for none.
  public let counterpart: StaticString?
  /// What differs in meaning, if anything does.
  public let note: StaticString?

  public init(_ place: StaticString, _ counterpart: StaticString?, _ note: StaticString? = nil) {
    self.place = place
    self.counterpart = counterpart
    self.note = note
  }
}
