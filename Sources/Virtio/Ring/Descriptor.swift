/// Flags of a descriptor, split and packed (VIRTQ_DESC_F_*).
struct DescriptorFlags: OptionSet {
  let rawValue: UInt16
  static let next = Self(rawValue: 1)
  static let write = Self(rawValue: 2)
  static let indirect = Self(rawValue: 4)
  /// Packed ring only.
  static let available = Self(rawValue: 0x0080)
  /// Packed ring only.
  static let used = Self(rawValue: 0x8000)
}

/// A descriptor as read from the ring: 16 bytes.
///
///     split   addr le64 @0   len le32 @8   flags le16 @12   next le16 @14
///     packed  addr le64 @0   len le32 @8   id le16 @12      flags le16 @14
struct Descriptor {
  static let byteCount = 16

  var address: UInt64
  var byteCount: UInt32
  var flags: DescriptorFlags
  /// Index of the next descriptor in a split ring, buffer ID in a packed one.
  var link: UInt16
}

/// A piece of guest memory that the driver offers.
public struct Buffer: Sendable, Hashable {
  /// Guest-physical address.
  public var address: UInt64
  /// Size in bytes.
  public var byteCount: UInt32

  public init(address: UInt64, byteCount: UInt32) {
    self.address = address
    self.byteCount = byteCount
  }
}

/// A request that the device has given back.
public struct Completion: Sendable, Hashable {
  /// What the driver passed when it added the chain.
  public let token: UInt64
  /// Bytes that the device wrote, from the first writable byte on.
  public let byteCount: UInt32
}
