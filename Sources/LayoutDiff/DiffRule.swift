/// A kind of difference.
public struct DiffRule: Hashable, Sendable {
  /// Stable identifier.
  public let id: String
  /// One sentence that says what differs.
  public let summary: String
  var isDocumentation = false
  /// Whether what it finds is called what it was, where it breaks sources.
  var keepsName: Bool { [.fieldMoved, .fieldShape, .fieldOrder].contains(self) }

  /// Every rule: this table is the place to add one.
  public static let all: [DiffRule] = [
    deviceID, pciID, versionNumber,
    registerAdded, registerRemoved, registerMoved, registerShape, registerAccess, registerReset, registerCount,
    registerFeature, registerMeaning, registerTorn, registerRenamed,
    featureAdded, featureRemoved, featureMoved, featureReused, featureRenamed, featureNeeds, featureUse,
    queueAdded, queueRemoved, queueOrder, queuePairing, queuePresence, queueLimits,
    queueRenamed,
    numberAdded, numberRemoved, numberValue, numberRenamed, numbersRenamed,
    structureAdded, structureRemoved, structureSize, structurePacking, structureRenamed,
    fieldAdded, fieldRemoved, fieldMoved, fieldShape, fieldOrder, fieldMeaning, fieldReused, fieldReserved,
    reservedUsed, fieldRange, fieldBound, fieldRenamed,
    bitsAdded, bitsRemoved, bitsMoved, bitsMeaning, bitsReused, bitsReserved, bitsUsed, bitsRenamed,
    commandAdded, commandRemoved, commandCode, commandReused, commandFeature, commandQueue, commandMacro,
    commandRenamed, serviceAdded, serviceRemoved, serviceRenamed,
    chainParts, chainCondition, chainCount, chainLimit, chainRenamed,
    attributeAdded, attributeRemoved, attributeType, attributeEncoding, attributeMacro, attributeRenamed,
    prefix, featureForeign,
    behaviour, documentation,
  ]

  static let deviceID = DiffRule(id: "device-id", summary: "The virtio device ID is another.")
  static let pciID = DiffRule(id: "pci-id", summary: "The PCI vendor or device ID is another.")
  static let versionNumber = DiffRule(id: "version-number", summary: "The number in the version register is another.")

  static let registerAdded = DiffRule(id: "register-added", summary: "A register is new.")
  static let registerRemoved = DiffRule(id: "register-removed", summary: "A register is gone.")
  static let registerMoved = DiffRule(id: "register-moved", summary: "A register stands elsewhere.")
  static let registerShape = DiffRule(id: "register-shape", summary: "A register's width, byte order or bits differ.")
  static let registerAccess = DiffRule(
    id: "register-access", summary: "The driver may do something else with a register.")
  static let registerReset = DiffRule(id: "register-reset", summary: "A register has another value after reset.")
  static let registerCount = DiffRule(
    id: "register-count", summary: "There are as many of a register as another one says.")
  static let registerFeature = DiffRule(id: "register-feature", summary: "A register depends on another feature.")
  static let registerMeaning = DiffRule(
    id: "register-meaning", summary: "A register holds something else: a number, a code, bits.")
  static let registerTorn = DiffRule(
    id: "register-torn", summary: "A 64-bit register is two of 32 bits on the other side.")
  static let registerRenamed = DiffRule(id: "register-renamed", summary: "A register has another name.")

  static let featureAdded = DiffRule(id: "feature-added", summary: "A feature bit is new.")
  static let featureRemoved = DiffRule(id: "feature-removed", summary: "A feature bit is gone.")
  static let featureMoved = DiffRule(id: "feature-moved", summary: "A feature has another bit.")
  static let featureReused = DiffRule(id: "feature-reused", summary: "A feature bit means something else.")
  static let featureRenamed = DiffRule(id: "feature-renamed", summary: "A feature has another name.")
  static let featureNeeds = DiffRule(id: "feature-needs", summary: "A feature needs other features.")
  static let featureUse = DiffRule(id: "feature-use", summary: "A value or an enumerator needs another feature.")

  static let queueAdded = DiffRule(id: "queue-added", summary: "A kind of queue is new.")
  static let queueRemoved = DiffRule(id: "queue-removed", summary: "A kind of queue is gone.")
  static let queueOrder = DiffRule(id: "queue-order", summary: "Queues come in another order.")
  static let queuePairing = DiffRule(
    id: "queue-pairing", summary: "A queue is there once instead of for each pair, or the reverse.")
  static let queuePresence = DiffRule(id: "queue-presence", summary: "A queue depends on other features.")
  static let queueLimits = DiffRule(id: "queue-limits", summary: "Numbers or sizes of queues differ.")
  static let queueRenamed = DiffRule(id: "queue-renamed", summary: "A kind of queue has another name.")

  static let numberAdded = DiffRule(id: "number-added", summary: "An enumerator or constant is new.")
  static let numberRemoved = DiffRule(id: "number-removed", summary: "An enumerator or constant is gone.")
  static let numberValue = DiffRule(id: "number-value", summary: "An enumerator or constant has another value.")
  static let numberRenamed = DiffRule(id: "number-renamed", summary: "An enumerator or constant has another name.")
  static let numbersRenamed = DiffRule(
    id: "numbers-renamed", summary: "An enumeration or a group of constants has another name.")

  static let structureAdded = DiffRule(id: "structure-added", summary: "A structure is new.")
  static let structureRemoved = DiffRule(id: "structure-removed", summary: "A structure is gone.")
  static let structureSize = DiffRule(
    id: "structure-size", summary: "A structure has another size, which moves what follows it.")
  static let structurePacking = DiffRule(
    id: "structure-packing", summary: "A structure is packed, or no longer: its alignment differs.")
  static let structureRenamed = DiffRule(id: "structure-renamed", summary: "A structure has another name.")

  static let fieldAdded = DiffRule(id: "field-added", summary: "A field is new, where no reserved bytes were.")
  static let fieldRemoved = DiffRule(id: "field-removed", summary: "A field is gone, and no reserved bytes are there.")
  static let fieldMoved = DiffRule(id: "field-moved", summary: "A field stands elsewhere.")
  static let fieldShape = DiffRule(id: "field-shape", summary: "A field's width or number of elements differs.")
  static let fieldOrder = DiffRule(id: "field-order", summary: "A field's bytes are in another order.")
  static let fieldMeaning = DiffRule(
    id: "field-meaning", summary: "A field holds something else: a number, a code, bits.")
  static let fieldReused = DiffRule(id: "field-reused", summary: "A field's place means something else.")
  static let fieldReserved = DiffRule(id: "field-reserved", summary: "A field has become reserved bytes.")
  static let reservedUsed = DiffRule(id: "reserved-used", summary: "Reserved bytes are put to use.")
  static let fieldRange = DiffRule(id: "field-range", summary: "Other numbers are allowed in a field.")
  static let fieldBound = DiffRule(
    id: "field-bound", summary: "Fields that together are at most another field are others.")
  static let fieldRenamed = DiffRule(id: "field-renamed", summary: "A field has another name.")

  static let bitsAdded = DiffRule(id: "bits-added", summary: "Bits have a meaning where none were described.")
  static let bitsRemoved = DiffRule(id: "bits-removed", summary: "Bits are no longer described.")
  static let bitsMoved = DiffRule(id: "bits-moved", summary: "Bits stand elsewhere in their integer.")
  static let bitsMeaning = DiffRule(id: "bits-meaning", summary: "Bits enumerate something else.")
  static let bitsReused = DiffRule(id: "bits-reused", summary: "Bits mean something else.")
  static let bitsReserved = DiffRule(id: "bits-reserved", summary: "Bits have become reserved.")
  static let bitsUsed = DiffRule(id: "bits-used", summary: "Reserved bits are put to use.")
  static let bitsRenamed = DiffRule(id: "bits-renamed", summary: "Bits have another name.")

  static let commandAdded = DiffRule(id: "command-added", summary: "A command is new.")
  static let commandRemoved = DiffRule(id: "command-removed", summary: "A command is gone.")
  static let commandCode = DiffRule(id: "command-code", summary: "A command has another class or code.")
  static let commandReused = DiffRule(id: "command-reused", summary: "A command's numbers mean another command.")
  static let commandFeature = DiffRule(id: "command-feature", summary: "A command depends on another feature.")
  static let commandQueue = DiffRule(id: "command-queue", summary: "A service is on other queues.")
  static let commandMacro = DiffRule(id: "command-macro", summary: "A command's numbers have other C names.")
  static let commandRenamed = DiffRule(id: "command-renamed", summary: "A command has another name.")
  static let serviceAdded = DiffRule(id: "service-added", summary: "A service is new.")
  static let serviceRemoved = DiffRule(id: "service-removed", summary: "A service is gone.")
  static let serviceRenamed = DiffRule(id: "service-renamed", summary: "A service has another name.")

  static let chainParts = DiffRule(id: "chain-parts", summary: "A chain has other parts, or in another order.")
  static let chainCondition = DiffRule(
    id: "chain-condition", summary: "A part is there under another condition, or always.")
  static let chainCount = DiffRule(id: "chain-count", summary: "Another field says how many or how long.")
  static let chainLimit = DiffRule(id: "chain-limit", summary: "Bytes have another limit.")
  static let chainRenamed = DiffRule(id: "chain-renamed", summary: "A part of chains has another name.")

  static let attributeAdded = DiffRule(id: "attribute-added", summary: "An attribute is new.")
  static let attributeRemoved = DiffRule(id: "attribute-removed", summary: "An attribute is gone.")
  static let attributeType = DiffRule(id: "attribute-type", summary: "An attribute has another type.")
  static let attributeEncoding = DiffRule(
    id: "attribute-encoding", summary: "Attributes have another header or alignment.")
  static let attributeMacro = DiffRule(id: "attribute-macro", summary: "An attribute's type has another C name.")
  static let attributeRenamed = DiffRule(id: "attribute-renamed", summary: "An attribute has another name.")

  static let prefix = DiffRule(id: "prefix", summary: "Every C name has another prefix.")
  static let featureForeign = DiffRule(
    id: "feature-foreign", summary: "A feature is virtio's own on one side, and the device's on the other.")

  static let behaviour = DiffRule(
    id: "behaviour", summary: "A rule of behaviour is new, gone or another; what is not executed, a person judges.")
  static let documentation = DiffRule(id: "documentation", summary: "A text differs.", isDocumentation: true)
}
