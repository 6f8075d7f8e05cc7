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
