extension Layout {
  /// One way in which the device is used, and the queues that carry it.
  public struct Service: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    public var queues: [String]
    public var commands: [Command]
  }

  /// What one descriptor chain asks for.
  public struct Command: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    /// The numbers in the first fields of the chain that tell which command it is.
    public var codes: [Number]
    /// Full C name of the feature without which the device answers with an error.
    public var feature: String?
    /// What the device reads, then what it writes.
    public var readable: [Part]
    public var writable: [Part]
  }

  /// Parts that several chains share.
  public struct Group: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    public var parts: [Part]
  }

  /// One link of the grammar of chains; `Wire.Part` says what each means.
  public indirect enum Part: Codable, Hashable, Sendable {
    case structure(name: String)
    case bytes(name: String, length: Length, summary: String)
    case optional(when: Condition, part: Part)
    case repeated(name: String, count: Reference, parts: [Part])
    case measured(by: Reference, parts: [Part])
    case group(name: String)
    case attributes(name: String)
    case slack
  }

  /// How many bytes.
  public enum Length: Codable, Hashable, Sendable {
    case field(Reference, limit: Int)
    case rest
  }

  /// When an optional part is there.
  public indirect enum Condition: Codable, Hashable, Sendable {
    case equals(Reference, value: UInt64)
    case context(name: String, value: UInt64, summary: String)
    case all([Condition])
    case any([Condition])
  }

  /// A field of a structure, or bits of it.
  public struct Reference: Codable, Hashable, Sendable, CustomStringConvertible {
    public var structure: String
    public var field: String
    public var bits: String?

    public init(structure: String, field: String, bits: String? = nil) {
      self.structure = structure
      self.field = field
      self.bits = bits
    }

    public var description: String { ([structure, field] + (bits.map { [$0] } ?? [])).joined(separator: ".") }
  }

  /// A set of type-length-value attributes.
  public struct AttributeSet: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    /// The structure in front of each value: type, then length in bytes.
    public var header: String
    /// Alignment in bytes of each header.
    public var alignment: Int
    /// Bit of the type that lets a receiver ignore a type it does not know.
    public var ignorableBit: Int
    public var attributes: [Attribute]
  }

  /// One attribute, at most once in a set.
  public struct Attribute: Codable, Hashable, Sendable {
    /// The type, with its full C name.
    public var type: Number
    /// Name in snake case.
    public var name: String
    public var parts: [Part]
  }
}
