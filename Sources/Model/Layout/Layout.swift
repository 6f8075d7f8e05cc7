/// One version of a device as plain values: what generators, rules and the diff work on.
///
/// It is made from a `Definition` and written as `layout.json`; nothing in it refers back to Swift types.
public struct Layout: Codable, Hashable, Sendable {
  /// Version of the JSON format; a reader refuses one that it does not know.
  public static let currentFormat = 1

  public var format = Layout.currentFormat
  /// `major.minor`.
  public var version: String
  /// Prefix of every C name, in snake case.
  public var prefix: String
  public var title: String
  public var summary: String
  public var identity: Identity
  public var registers: [Register]
  public var queues: Queues
  public var features: [Feature]
  /// What is an error without which feature, commands aside, which say so themselves.
  public var featureUses: [FeatureUse]
  public var enumerations: [NumberGroup]
  /// Numbers that are no enumeration; values may repeat.
  public var constants: [NumberGroup]
  public var bitLayouts: [BitLayout]
  public var structures: [Structure]
  /// Parts that several chains share.
  public var groups: [Group]
  public var attributeSets: [AttributeSet]
  public var services: [Service]
  /// What both sides do, where no layout can say it.
  public var statements: [Statement]
  public var errata: [Erratum]
  public var quirks: [Quirk]
  public var counterparts: [Counterpart]

  /// The numbers by which a driver finds the device.
  public struct Identity: Codable, Hashable, Sendable {
    /// Virtio device ID.
    public var deviceID: Int
    /// The version's own, where another was asked for.
    public var ownDeviceID: Int?
    public var pciVendor: Int
    /// Value that a version register has for this version.
    public var versionRegister: UInt32
    /// PCI device ID of virtio device ID 0.
    public var pciBase: Int

    /// PCI device ID; nil beyond virtio device ID 63, where PCI's end.
    public var pciDevice: Int? { deviceID <= 63 ? pciBase + deviceID : nil }
  }

  /// A feature bit.
  public struct Feature: Codable, Hashable, Sendable {
    /// Full C name.
    public var name: String
    public var bit: Int
    public var summary: String
    /// Full C names of the features without which this one is not to be offered or accepted.
    public var needs: [String]
    /// Whether virtio itself defines the bit, so that this device's headers do not.
    public var isForeign: Bool
  }

  /// A use of the interface that is an error unless a feature was negotiated.
  public struct FeatureUse: Codable, Hashable, Sendable {
    /// Full C name of the feature.
    public var feature: String
    public var use: Use

    /// What is used.
    public enum Use: Codable, Hashable, Sendable {
      /// A field, or bits of it, with more than a value.
      case above(Reference, value: UInt64)
      /// A field, or bits of it, with a value.
      case equal(Reference, value: UInt64)
      /// An enumerator by its full C name, wherever a number, a type of attribute or a set names it.
      case enumerator(name: String)
    }
  }

  /// A rule of behaviour.
  public struct Statement: Codable, Hashable, Sendable {
    public var id: String
    public var text: String
  }

  /// Named numbers that belong together.
  public struct NumberGroup: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    public var numbers: [Number]
  }

  /// A named number.
  public struct Number: Codable, Hashable, Sendable {
    /// Full C name.
    public var name: String
    public var value: UInt64
    public var summary: String
  }

  /// A known defect of this version, and what is done instead.
  public struct Erratum: Codable, Hashable, Sendable {
    public var id: String
    public var place: String
    public var defect: String
    public var resolution: String
    /// The rule that reports it; nil where no rule can see it.
    public var rule: String?
  }

  /// A habit of a published implementation that contradicts the interface.
  public struct Quirk: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
  }

  /// What a field is called in another definition.
  public struct Counterpart: Codable, Hashable, Sendable {
    public var place: String
    public var counterpart: String?
    public var note: String?
  }
}
