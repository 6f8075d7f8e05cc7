extension Layout {
  /// The order of an integer's bytes.
  public enum Order: String, Codable, Sendable, CaseIterable {
    case little, big
    /// The guest's own, known at run time only.
    case guest
  }

  /// What the driver may do with a register.
  public enum Access: String, Codable, Sendable, CaseIterable {
    case readOnly = "read-only"
    case writeOnly = "write-only"
    case readWrite = "read-write"
  }

  /// A structure of fixed size.
  public struct Structure: Codable, Hashable, Sendable {
    /// Name in snake case, without the device's prefix.
    public var name: String
    public var summary: String
    /// Size in bytes.
    public var size: Int
    /// Whether C needs a packed structure.
    public var isPacked: Bool
    public var fields: [Field]
    public var bounds: [Bound] = []
  }

  /// Fields of a structure that together are at most another field, in the chains that have that field.
  public struct Bound: Codable, Hashable, Sendable {
    public var terms: [Reference]
    public var limit: Reference
    /// Unless this holds, the terms are 0.
    public var condition: Condition?
  }

  /// A field of a structure.
  public struct Field: Codable, Hashable, Sendable {
    public var name: String
    /// Offset in bytes from the start of the structure.
    public var offset: Int
    /// Size in bytes of the integer, of an element of the array, or of the nested structure.
    public var width: Int
    /// Number of elements; nil where the field is no array.
    public var count: Int?
    public var order: Order
    public var type: FieldType
    public var summary: String
    /// The least and the greatest number that are allowed in a request; nil for all.
    public var least: UInt64?
    public var most: UInt64?

    /// Size in bytes.
    public var size: Int { width * (count ?? 1) }
    /// Offset of the first byte behind the field.
    public var end: Int { offset + size }
  }

  /// What a field holds. Names are those of enumerations, bit layouts and structures of the same layout.
  public enum FieldType: Codable, Hashable, Sendable {
    case number
    case reserved
    case code(enumeration: String)
    case bits(layout: String)
    case structure(name: String)
  }

  /// How an integer is divided into bits.
  public struct BitLayout: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    /// Size in bytes of the integer.
    public var width: Int
    public var ranges: [BitRange]
  }

  /// Bits within an integer.
  public struct BitRange: Codable, Hashable, Sendable {
    public var name: String
    /// The least significant of the bits.
    public var low: Int
    /// Number of bits.
    public var width: Int
    public var summary: String
    public var isReserved: Bool
    /// What the bits enumerate, if anything.
    public var enumeration: String?

    /// The bits' mask in place.
    public var mask: UInt64 { (width == 64 ? .max : (1 << UInt64(width)) - 1) << UInt64(low) }
  }

  /// A register of the configuration space.
  public struct Register: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    /// Offset in bytes, of the first where there are several; `stride` bytes more for each that `counter` counts.
    public var offset: Int
    public var stride: Int
    public var counter: String?
    /// Size in bytes.
    public var width: Int
    public var order: Order
    public var access: Access
    /// The register that says how many of this one there are; nil for exactly one.
    public var count: String?
    /// Full C name of the feature without which the register is not there; nil for one that always is.
    public var feature: String?
    public var reset: UInt64?
    public var type: FieldType
  }

  /// The virtqueues.
  public struct Queues: Codable, Hashable, Sendable {
    public var kinds: [QueueKind]
    public var defaultDataQueues: Int
    public var maximumPairs: Int
    public var defaultSize: Int
    public var maximumSize: Int
  }

  /// One kind of virtqueue, in the order of the queues' indices.
  public struct QueueKind: Codable, Hashable, Sendable {
    public var name: String
    public var summary: String
    /// Whether there is one for each pair.
    public var isPaired: Bool
    /// Full C names of the features of which one must be negotiated; empty for a queue that always is.
    public var features: [String]
  }
}
